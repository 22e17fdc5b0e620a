import { useApi, useAppClient } from '@cadre/client/api';
import {
  sharedDifferences,
  type ExampleOutcome,
  type RegulationFile,
  type ToldDifference,
} from '@cadre/domain/regulation';
import { sayTooLong, Section, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { Failed } from '../../shared/failure';
import { JsonEditor, type JsonEditorHandle } from '../../shared/json-editor';
import { AuthorFaults, type AuthorFault } from './regulation-look';
import { regulationWords } from './regulation.words';

/** The confirmed examples, run on this version, and a place to try others. */
export function RegulationBench({ file }: { readonly file: RegulationFile }) {
  const say = regulationWords.use();
  const format = useFormat();
  const [facts, setFacts] = useState(file.firstFacts);
  const bench = useRef<HTMLDivElement>(null);
  const { shared, own } = sharedDifferences(file.examples.map(({ differences }) => differences));
  return (
    <div className="flex flex-col gap-4">
      <Section title={say('examples')}>
        {file.examplesSince !== null && (
          <p className="text-ink-2">{say('examplesSince', { day: format.day(file.examplesSince, 0) })}</p>
        )}
        {file.examples.length === 0 ? (
          <p className="text-ink-2">{say('examplesNone')}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {shared.length > 0 && (
              <li className="flex flex-col gap-1 py-3">
                <p>{say('sharedDifferences')}</p>
                <ul className="ps-4">
                  {shared.map(({ about, was, is }) => (
                    <li key={about.map(({ zh }) => zh).join()} className="list-disc">
                      {say('sharedDifference', {
                        about: about.map(format.text).join(' › '),
                        was: format.text(was),
                        is: format.text(is),
                      })}
                    </li>
                  ))}
                </ul>
              </li>
            )}
            {file.examples.map((example, index) => (
              <Example
                key={example.id}
                file={file}
                example={example}
                own={own[index] ?? example.differences}
                onTry={() => {
                  setFacts(example.facts);
                  bench.current?.scrollIntoView({ block: 'start' });
                }}
              />
            ))}
          </ul>
        )}
      </Section>
      <div ref={bench} className="scroll-mt-16">
        <Bench file={file} facts={facts} onFacts={setFacts} />
      </div>
    </div>
  );
}

function Example({
  file: { code, version, may },
  example,
  own,
  onTry,
}: {
  readonly file: RegulationFile;
  readonly example: ExampleOutcome;
  /** What it differs in besides what all that differ have in common. */
  readonly own: readonly ToldDifference[];
  readonly onTry: () => void;
}) {
  const say = regulationWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const accept = useMutation(
    api.regulation.acceptResult.mutationOptions({
      onSuccess: () => {
        sayDone(say('accepted', { title: example.title }));
        void queries.invalidateQueries(api.regulation.pathFilter());
      },
    }),
  );
  const format = useFormat();
  const isShared = example.differences.length > 0 && own.length === 0;
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex items-baseline gap-3 max-sm:flex-col max-sm:gap-1">
        <StateTag tone={example.holds ? 'met' : isShared ? 'wait' : 'refusal'}>
          {say(example.holds ? 'holds' : isShared ? 'differsShared' : 'differs')}
        </StateTag>
        <span className="min-w-0 grow">
          {example.title}
          {example.since !== null && (
            <span className="ms-3 text-ink-2">{say('resultSince', { version: example.since })}</span>
          )}
        </span>
        <Button size="small" onClick={onTry}>
          {say('tryExample')}
        </Button>
      </div>
      {example.errors.length > 0 && <AuthorFaults title={say('factsUnfit')} faults={example.errors} />}
      {own.length > 0 && (
        <table className="w-full border-collapse text-small">
          <thead>
            <tr className="text-ink-2">
              {(['at', 'expected', 'found'] as const).map((key) => (
                <th key={key} scope="col" className="py-1 pe-4 text-start font-medium">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {own.map(({ about, cycles, was, is }) => (
              <tr key={JSON.stringify([about, was, is])} className="border-t border-line align-top">
                <td className="w-2/5 py-1 pe-4 wrap-anywhere">
                  {about.map(format.text).join(' › ')}
                  {cycles.length > 0 && (
                    <span className="text-ink-2">
                      {say('inCycles', { cycles: cycles.join(say('cycleJoin')) })}
                    </span>
                  )}
                </td>
                <td className="py-1 pe-4 wrap-anywhere">{format.text(was)}</td>
                <td className="py-1 wrap-anywhere">{format.text(is)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {example.differences.length > 0 && may.submit && (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            size="small"
            loading={accept.isPending}
            onClick={() => accept.mutate({ code, version, exampleId: example.id })}
          >
            {say('accept', { version })}
          </Button>
          <span className="text-small text-ink-2">{say('acceptHint')}</span>
        </div>
      )}
      <Failed error={accept.error} />
    </li>
  );
}

const NO_FAULTS: readonly AuthorFault[] = [];

const LONGEST_TITLE = 120;

function Bench({
  file: { code, version, may },
  facts,
  onFacts,
}: {
  readonly file: RegulationFile;
  readonly facts: string;
  readonly onFacts: (facts: string) => void;
}) {
  const say = regulationWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const editor = useRef<JsonEditorHandle>(null);
  const [title, setTitle] = useState('');
  const wrongTitle = sayTooLong(title, LONGEST_TITLE);
  const run = useMutation(api.regulation.tryFacts.mutationOptions());
  const keep = useMutation(
    api.regulation.keepExample.mutationOptions({
      onSuccess: () => {
        sayDone(say('kept', { title }));
        setTitle('');
        void queries.invalidateQueries(api.regulation.pathFilter());
      },
    }),
  );
  const faults = run.data?.ok === false ? run.data.errors : NO_FAULTS;
  return (
    <Section title={say('bench')}>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="flex flex-col gap-2">
          <p className="text-ink-2">{say('benchHint')}</p>
          <JsonEditor
            ref={editor}
            label={say('facts')}
            height="30rem"
            value={facts}
            faults={faults}
            onChange={(next) => {
              onFacts(next);
              run.reset();
            }}
          />
          <div>
            <Button
              type="primary"
              loading={run.isPending}
              disabled={facts.trim() === ''}
              onClick={() => run.mutate({ code, version, facts })}
            >
              {say('run')}
            </Button>
          </div>
          <Failed error={run.error} />
        </div>
        <div role="status" className="flex min-w-0 flex-col gap-3">
          {faults.length > 0 && (
            <AuthorFaults faults={faults} onLine={(line) => editor.current?.goTo(line)} />
          )}
          {run.data?.ok && (
            <>
              <h3 className="font-semibold">{say('result')}</h3>
              <pre className="overflow-x-auto font-[inherit] whitespace-pre-wrap">
                {format.text(run.data.told)}
              </pre>
              {may.write && (
                <form
                  className="flex flex-wrap items-center gap-2 border-t border-line pt-3"
                  onSubmit={(event) => {
                    event.preventDefault();
                    keep.mutate({ code, version, facts, title });
                  }}
                >
                  <Input
                    aria-label={say('exampleTitle')}
                    placeholder={say('exampleTitle')}
                    className="min-w-40 flex-1"
                    status={wrongTitle === undefined ? '' : 'error'}
                    value={title}
                    onChange={({ target }) => setTitle(target.value)}
                  />
                  <Button
                    htmlType="submit"
                    loading={keep.isPending}
                    disabled={title.trim() === '' || wrongTitle !== undefined}
                  >
                    {say('keep')}
                  </Button>
                  {wrongTitle !== undefined && (
                    <p role="alert" className="w-full text-small text-refusal">
                      {wrongTitle}
                    </p>
                  )}
                  <Failed error={keep.error} />
                </form>
              )}
            </>
          )}
        </div>
      </div>
    </Section>
  );
}
