import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canWriteRegulationFor, canWriteRegulations, type RegulationFile } from '@cadre/domain/regulation';
import { Page, RefusalNotice } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Select, Upload } from 'antd';
import { FileClock, FileUp } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { z } from 'zod';
import { Failed, QueryView } from '../../shared/failure';
import { JsonEditor, type JsonEditorHandle } from '../../shared/json-editor';
import { useUnsaved } from '../../shared/unsaved';
import { AuthorFaults, AuthorNotes, DraftNotice, RuleText, type AuthorFault } from './regulation-look';
import { regulationWords } from './regulation.words';

const route = getRouteApi('/signed-in/credit/regulations/draft');

/**
 * Writes a draft: a new regulation, the next version of one, or one's own draft again. Whoever may not write there reads
 * the text, and why it cannot be changed.
 */
export function RegulationDraftPage() {
  const say = regulationWords.use();
  const api = useApi();
  const { code = '', version = 0 } = route.useSearch();
  const isNew = code === '';
  const format = useFormat();
  const mayWrite = canWriteRegulations(useActor());
  const query = useQuery({ ...api.regulation.read.queryOptions({ code, version }), enabled: !isNew });
  return (
    <Page
      title={say('draftTitle')}
      lead={say('draftLead')}
      trail={<Link to="/credit/regulations">{say('title')}</Link>}
    >
      {!mayWrite && (
        <RefusalNotice what={say('draftNoRole')} {...(isNew ? {} : { next: say('draftNoRoleNext') })} />
      )}
      {!isNew && (
        <QueryView query={query}>
          {(file) =>
            mayWrite && file.may.write ? (
              <DraftForm key={file.draft?.revision} file={file} />
            ) : (
              <>
                {mayWrite && (
                  <RefusalNotice
                    what={say('draftOtherUnit', { unit: format.text(file.unit) })}
                    next={say('draftNoRoleNext')}
                  />
                )}
                <RuleText text={file.text} />
              </>
            )
          }
        </QueryView>
      )}
      {isNew && mayWrite && <DraftForm file={null} />}
    </Page>
  );
}

/** The text of the next version, to begin with: the same rules under the next number. */
function nextVersion({ text, versions }: RegulationFile): string {
  const highest = Math.max(...versions.map(({ version }) => version));
  return text.replace(/("version"\s*:\s*)\d+/, `$1${highest + 1}`);
}

/** What of a draft is kept until it is saved, with the revision it was typed in. */
const unsavedDraft = z.object({
  text: z.string(),
  unitId: z.string().nullable(),
  revision: z.number().nullable(),
});

const NO_FAULTS: readonly AuthorFault[] = [];

function DraftForm({ file }: { readonly file: RegulationFile | null }) {
  const say = regulationWords.use();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const { queries } = useAppClient();
  const unitField = useId();
  const lacksText = useId();
  const editor = useRef<JsonEditorHandle>(null);
  const own = file?.may.submit ? file.draft : null;
  const actor = useActor();
  const [saved] = useState(() => ({
    text: file ? (own ? file.text : nextVersion(file)) : '',
    unitId: file?.unitId ?? null,
    revision: own?.revision ?? null,
  }));
  const unsaved = useUnsaved(`regulation:${actor.personId}:${own?.id ?? file?.code ?? ''}`, unsavedDraft);
  const [unitId, setUnitId] = useState(unsaved.found?.unitId ?? saved.unitId);
  const [text, setText] = useState(unsaved.found?.text ?? saved.text);
  const units = useQuery(api.directory.units.queryOptions());
  const writable = (units.data ?? []).filter(({ path }) => canWriteRegulationFor(actor, path));
  const save = useMutation(
    api.regulation.saveDraft.mutationOptions({
      onSuccess: (answer) => {
        if (!answer.ok) return;
        unsaved.settle();
        sayDone(say('draftSaved'));
        void queries.invalidateQueries(api.regulation.pathFilter());
        void navigate({
          to: '/credit/regulations/$code/$version',
          params: { code: answer.code, version: String(answer.version) },
        });
      },
    }),
  );
  const faults = save.data?.ok === false ? save.data.errors : NO_FAULTS;
  const lacks = unitId === null ? say('draftLacksUnit') : text.trim() === '' ? say('draftLacksText') : null;
  const keep = (typed: { readonly text: string; readonly unitId: string | null }): void => {
    if (typed.text === saved.text && typed.unitId === saved.unitId) unsaved.settle();
    else unsaved.keep({ ...typed, revision: saved.revision });
  };
  const replaceText = (next: string): void => {
    setText(next);
    keep({ text: next, unitId });
    save.reset();
  };
  const chooseUnit = (next: string): void => {
    setUnitId(next);
    keep({ text, unitId: next });
  };
  const drop = (): void => {
    setUnitId(saved.unitId);
    setText(saved.text);
    unsaved.settle();
    save.reset();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (unitId === null) return;
        save.mutate(
          { draftId: own?.id ?? null, revision: own?.revision ?? null, unitId, text },
          {
            onSuccess: (answer) => {
              const first = answer.ok ? undefined : answer.errors[0];
              if (first) editor.current?.goTo(first.line);
            },
          },
        );
      }}
    >
      {unsaved.found && (
        <DraftNotice icon={FileClock} isFine={false} look={say('unsavedDrop')} onLook={drop}>
          {say(unsaved.found.revision === saved.revision ? 'unsaved' : 'unsavedOlder')}
        </DraftNotice>
      )}
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="flex w-full max-w-md flex-col gap-1">
          <label htmlFor={unitField}>{say('draftUnit')}</label>
          <Select<string>
            id={unitField}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={units.data && say('draftUnitChoose')}
            value={units.data ? unitId : null}
            onChange={chooseUnit}
            loading={units.isLoading}
            options={writable.map(({ id, name }) => ({ value: id, label: format.text(name) }))}
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {lacks !== null && (
            <span id={lacksText} className="text-small text-ink-2">
              {lacks}
            </span>
          )}
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending}
            disabled={lacks !== null}
            aria-describedby={lacks === null ? undefined : lacksText}
          >
            {say('draftSave')}
          </Button>
        </div>
      </div>
      {faults.length > 0 && <AuthorFaults faults={faults} onLine={(line) => editor.current?.goTo(line)} />}
      {own && file && text === file.text && (
        <AuthorNotes notes={file.notes} onLine={(line) => editor.current?.goTo(line)} />
      )}
      <Failed error={save.error} />
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span aria-hidden>{say('draftText')}</span>
          <Upload
            accept=".json,application/json"
            showUploadList={false}
            beforeUpload={(picked) => {
              void picked.text().then(replaceText);
              return false;
            }}
          >
            <Button icon={<FileUp aria-hidden size="1.15em" strokeWidth={1.75} />}>{say('draftFile')}</Button>
          </Upload>
        </div>
        <JsonEditor
          ref={editor}
          label={say('draftText')}
          height="max(24rem, calc(100vh - 22rem))"
          value={text}
          faults={faults}
          onChange={replaceText}
        />
      </div>
    </form>
  );
}
