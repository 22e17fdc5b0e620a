import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import {
  canExportLedger,
  canVerifyLedger,
  type LedgerState,
  type VerificationResult,
  type VerificationView,
} from '@cadre/domain/ledger';
import { EmptyState, ProgressLine, Section, StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { ShieldCheck } from 'lucide-react';
import { download } from '../../shared/download';
import { Failed, QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { EXPORT_PATH, startLedgerExport, useLedgerExport } from './ledger-export';
import { ledgerWords } from './ledger.words';
import { verifyWords } from './ledger-verify.words';

const LOOK_AGAIN_MILLIS = 1_000;
const isUnderWay = ({ state }: VerificationView): boolean => state === 'waiting' || state === 'running';

/** Goes through the whole ledger on order, says what was found, and hands it out to be checked elsewhere. */
export function LedgerVerify({ state }: { readonly state: LedgerState }) {
  const say = ledgerWords.use();
  const api = useApi();
  const actor = useActor();
  const { queries } = useAppClient();
  const query = useQuery({
    ...api.ledger.verifications.queryOptions(),
    refetchInterval: ({ state: { data } }) => (data?.some(isUnderWay) ? LOOK_AGAIN_MILLIS : false),
  });
  const start = useMutation(
    api.ledger.startVerification.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(api.ledger.verifications.queryFilter()),
    }),
  );
  return (
    <div className="flex flex-col gap-4">
      <QueryView query={query}>
        {(runs) => {
          const [newest, ...earlier] = runs;
          const underWay = newest !== undefined && isUnderWay(newest);
          return (
            <>
              <Section
                title={say('verifyTitle')}
                aside={
                  canVerifyLedger(actor) && (
                    <Button
                      type="primary"
                      disabled={underWay}
                      loading={start.isPending}
                      onClick={() => start.mutate()}
                    >
                      {say('verify')}
                    </Button>
                  )
                }
              >
                <div className="flex flex-col gap-4">
                  <p className="max-w-[48em] text-ink-2">{say('verifyLead')}</p>
                  <Failed error={start.error} />
                  {newest === undefined ? (
                    <EmptyState icon={ShieldCheck} title={say('verifyNone')} />
                  ) : (
                    <div className="max-w-3xl">
                      <Verification run={newest} />
                    </div>
                  )}
                </div>
              </Section>
              {earlier.length > 0 && <Earlier runs={earlier} />}
            </>
          );
        }}
      </QueryView>
      {canExportLedger(actor) ? (
        <Export people={state.people} />
      ) : (
        <Section title={say('exportTitle')}>
          <p className="max-w-[48em] text-ink-2">{say('exportOthers')}</p>
        </Section>
      )}
    </div>
  );
}

function Verification({ run }: { readonly run: VerificationView }) {
  const say = ledgerWords.use();
  const format = useFormat();
  if (isUnderWay(run))
    return (
      <div className="flex flex-col gap-2">
        <ProgressLine
          label={run.state === 'waiting' ? say('verifyWaiting') : say('verifying')}
          value={run.peopleDone}
          max={Math.max(run.people, 1)}
          figure={say('verifyFigure', {
            done: run.peopleDone,
            people: run.people,
            entries: run.entriesDone,
          })}
        />
        <p className="text-small text-ink-2">{say('verifyLeave')}</p>
      </div>
    );
  if (run.result === null) return <p className="text-refusal">{say('verifyFailed')}</p>;
  return (
    <div className="flex flex-col gap-3">
      <Verdict result={run.result} />
      <Words result={run.result} />
      <p className="text-small text-ink-2">
        {say('resultBy', {
          by: run.byName,
          started: format.moment(run.startedAt),
          finished: run.finishedAt ? format.moment(run.finishedAt) : '',
        })}
      </p>
      {run.result.faultCount > 0 && <Faults result={run.result} />}
    </div>
  );
}

function Verdict({ result }: { readonly result: VerificationResult }) {
  const say = ledgerWords.use();
  return (
    <div>
      <StateTag tone={result.faultCount === 0 ? 'met' : 'refusal'}>
        {result.faultCount === 0 ? say('intact') : say('broken', { count: result.faultCount })}
      </StateTag>
    </div>
  );
}

/** The result in sentences. */
function Words({ result }: { readonly result: VerificationResult }) {
  const say = ledgerWords.use();
  const lines = [
    say('resultSums', {
      people: result.people,
      settlements: result.settlements,
      entries: result.entries,
      roots: result.roots,
      rebuilt: result.rebuilt,
      signatures: result.countersignatures,
    }),
    result.newestRoot === null
      ? say('resultNoRoot')
      : say('resultRoot', { number: result.newestRoot, day: result.newestDay ?? '' }),
    ...(result.unsealedPeople > 0
      ? [
          say('resultUnsealed', {
            people: result.unsealedPeople,
            settlements: result.unsealedSettlements,
            entries: result.unsealedEntries,
          }),
        ]
      : []),
    ...(result.notCountersigned > 0
      ? [say('resultNotCountersigned', { count: result.notCountersigned })]
      : []),
    ...(result.inFull > 0 ? [say('resultDerived', { inFull: result.inFull })] : []),
    ...(result.factsOnly > 0 ? [say('resultFactsOnly', { factsOnly: result.factsOnly })] : []),
    ...(result.sumsOnly > 0 ? [say('resultSumsOnly', { sumsOnly: result.sumsOnly })] : []),
    ...(result.notDerived > 0 ? [say('resultNotDerived', { count: result.notDerived })] : []),
  ];
  return (
    <>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="text-small text-ink-2">{say('resultCaveat')}</p>
    </>
  );
}

function Faults({ result }: { readonly result: VerificationResult }) {
  const say = ledgerWords.use();
  const own = verifyWords.use();
  const language = useLanguage();
  const placeOf = ({ person, seq, settlement, to }: VerificationResult['faults'][number]): string => {
    if (person === null) return say('faultNowhere');
    const from = settlement ?? seq;
    if (from === null) return say('faultPerson', { person });
    const isSettlement = settlement !== null;
    return to === null || to === from
      ? say(isSettlement ? 'faultSettlement' : 'faultPlace', { person, seq: from })
      : say(isSettlement ? 'faultSettlements' : 'faultPlaces', { person, seq: from, to });
  };
  const kindOf = (kind: string): string => {
    const kinds = {
      changed: say('kinds.changed'),
      missing: say('kinds.missing'),
      inserted: say('kinds.inserted'),
      'broken-link': say('kinds.broken-link'),
      truncated: say('kinds.truncated'),
      facts: say('kinds.facts'),
      correction: say('kinds.correction'),
      seal: say('kinds.seal'),
      history: own('history'),
      root: say('kinds.root'),
      key: say('kinds.key'),
      regulation: say('kinds.regulation'),
      countersignature: say('kinds.countersignature'),
      file: say('kinds.file'),
      rederived: say('kinds.rederived'),
    };
    return kinds[kind as keyof typeof kinds] ?? kind;
  };
  const unlisted = result.faultCount - result.faults.length;
  return (
    <section aria-label={say('faults')} className="flex flex-col gap-2">
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line">
        {result.faults.map((fault, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2">
            <span className="font-semibold">
              {!fault.personId ? (
                placeOf(fault)
              ) : (
                <TextLink to="/credit/people/$personId" params={{ personId: fault.personId }}>
                  {placeOf(fault)}
                </TextLink>
              )}
            </span>
            {fault.personName && <span>{fault.personName}</span>}
            <span className="text-refusal">{kindOf(fault.kind)}</span>
            <span className="text-small text-ink-2" lang={fault.english ? language : 'zh'}>
              {language === 'en' ? (fault.english ?? fault.says) : fault.says}
            </span>
          </li>
        ))}
      </ul>
      {unlisted > 0 && <p className="text-ink-2">{say('faultsMore', { count: unlisted })}</p>}
      <h3 className="font-semibold">{own('next')}</h3>
      <ol className="list-decimal pl-5">
        {(['nextKeep', 'nextCompare', 'nextFind'] as const).map((step) => (
          <li key={step}>{own(step)}</li>
        ))}
      </ol>
    </section>
  );
}

function Earlier({ runs }: { readonly runs: readonly VerificationView[] }) {
  const say = ledgerWords.use();
  const format = useFormat();
  return (
    <Section title={say('earlier')}>
      <Table<VerificationView>
        size="small"
        rowKey="id"
        dataSource={runs}
        pagination={false}
        columns={[
          { key: 'when', title: say('when'), width: 200, render: (_, run) => format.moment(run.startedAt) },
          { key: 'who', title: say('who'), width: 140, render: (_, run) => run.byName },
          {
            key: 'result',
            title: say('result'),
            render: (_, run) => (run.result ? <Verdict result={run.result} /> : say('verifyFailed')),
          },
        ]}
      />
    </Section>
  );
}

/** One page that runs from a USB stick, without a server. */
const VERIFIER_PATH = '/admin/verify-ledger.html';

function Export({ people }: { readonly people: number }) {
  const say = ledgerWords.use();
  const current = useLedgerExport();
  const root = useMutation({ mutationFn: () => download('/api/v1/ledger/root.json') });
  const size = (current.bytes / 1e6).toFixed(1);
  return (
    <Section title={say('exportTitle')}>
      <div className="flex max-w-3xl flex-col items-start gap-3">
        <p className="text-ink-2">{say('exportLead')}</p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button loading={current.phase === 'running'} onClick={() => void startLedgerExport()}>
            {say('exportStart')}
          </Button>
          <Button loading={root.isPending} onClick={() => root.mutate()}>
            {say('exportNewestRoot')}
          </Button>
          <a href={EXPORT_PATH} download className="text-primary underline underline-offset-4">
            {say('exportLink')}
          </a>
          <a href={VERIFIER_PATH} download className="text-primary underline underline-offset-4">
            {say('exportVerifier')}
          </a>
        </div>
        {current.phase === 'running' && (
          <div className="w-full">
            <ProgressLine
              label={say('exporting')}
              value={current.people}
              max={Math.max(people, 1)}
              figure={say('exportFigure', { done: current.people, people, size })}
            />
            <p className="mt-1 text-small text-ink-2">{say('exportLeave')}</p>
          </div>
        )}
        {current.phase === 'done' && (
          <StateTag tone="met">{say('exportDone', { people: current.people, size })}</StateTag>
        )}
        {current.phase === 'failed' && <p className="text-refusal">{say('exportFailed')}</p>}
        <Failed error={root.error} />
      </div>
    </Section>
  );
}
