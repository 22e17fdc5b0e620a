import { useApi, useAppClient } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import {
  changeKinds,
  previewName,
  unmetAmong,
  type ChangeKind,
  type FlipRow,
  type PreviewAnswer,
  type PreviewView,
} from '@cadre/domain/regulation';
import { sayDone } from '@cadre/ui/feedback';
import { AppTable, EmptyState, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Progress, Segmented, Select } from 'antd';
import { CircleAlert, GitCompareArrows } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { fileAddress } from '../../shared/download';
import { Failed, QueryView } from '../../shared/failure';
import { Sideways } from '../../shared/sideways';
import { fileExport } from '../../shared/table-export';
import { ChangeTag, Reasons, SideText } from './preview-look';
import { previewWords } from './preview.words';
import { DraftNotice } from './regulation-look';
import { PreviewPersonPanel } from './regulation-preview-person';

/** How the preview of a draft stands; read again whenever it moves on. */
export function usePreview(draftId: string) {
  const api = useApi();
  useFollow({ kind: 'network' });
  return useQuery({
    ...api.regulation.preview.queryOptions({ draftId }),
    meta: { live: ['regulation:previewed', 'regulation:changed'] },
  });
}

/** `换成第 2 版，286 人中 12 人由达标变为未达标……` */
export function useHeadline() {
  const say = previewWords.use();
  return ({ version, people, peopleChanged, tallies: { loses, gains } }: PreviewView): string => {
    if (people === 0) return say('nobody');
    if (peopleChanged === 0) return say('same', { version, people });
    return loses.people + gains.people === 0
      ? say('steady', { version, people })
      : say('headline', {
          version,
          people,
          loses: loses.people,
          gains: gains.people,
          lost: say(`unmet.${unmetAmong(loses)}`),
          gained: say(`unmet.${unmetAmong(gains)}`),
        });
  };
}

/** 换版预演: who changes state when the draft takes the place of what is in force, with the reason. */
export function RegulationPreview({ draftId }: { readonly draftId: string }) {
  const query = usePreview(draftId);
  return (
    <QueryView query={query}>
      {(answer) => (
        <div className="flex flex-col gap-4">
          <Control draftId={draftId} answer={answer} />
          {answer.result && <Result key={answer.result.id} run={answer.result} />}
        </div>
      )}
    </QueryView>
  );
}

const bases = ['last', 'current'] as const;

/** Starts, shows how far it is, and stops. */
function Control({ draftId, answer }: { readonly draftId: string; readonly answer: PreviewAnswer }) {
  const say = previewWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const [chosen, setBasis] = useState<'last' | 'current' | null>(null);
  const again = () => queries.invalidateQueries(api.regulation.preview.pathFilter());
  const start = useMutation(api.regulation.startPreview.mutationOptions({ onSuccess: again }));
  const cancel = useMutation(
    api.regulation.cancelPreview.mutationOptions({
      onSuccess: () => {
        sayDone(say('stopped'));
        return again();
      },
    }),
  );
  const { running, result, cycles, suggested, mayRun } = answer;
  const told = result?.peopleWithFacts === 0 ? null : result;
  const reckoned = bases.find((one) => cycles[one].from === told?.cycle.from);
  const basis = chosen ?? reckoned ?? suggested;
  const starter = mayRun && !running && (
    <div className="flex max-w-full flex-wrap items-center justify-center gap-2">
      <span className="text-small text-ink-2">
        {basis === suggested &&
          cycles[basis].hasFacts &&
          say(suggested === 'last' ? 'whyLast' : 'whyCurrent')}
      </span>
      <Select<'last' | 'current'>
        aria-label={say('basis')}
        style={{ maxWidth: '100%' }}
        value={basis}
        onChange={setBasis}
        popupMatchSelectWidth={false}
        options={bases.map((value) => ({
          value,
          label: cycles[value].hasFacts
            ? say(value, cycles[value])
            : say('emptyCycle', { cycle: say(value, cycles[value]) }),
        }))}
      />
      <Button
        type={result && !result.isOutdated ? 'default' : 'primary'}
        loading={start.isPending}
        onClick={() => start.mutate({ draftId, basis })}
      >
        {say(result ? 'again' : 'run')}
      </Button>
    </div>
  );
  return (
    <>
      {running && (
        <section className="flex flex-col gap-2 rounded-card border border-line bg-surface px-4 py-3">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span role="status" className="font-semibold">
              {say('running', { done: running.peopleDone, people: running.people })}
            </span>
            {mayRun && (
              <Popconfirm
                title={say('stopAsk')}
                description={say('stopText')}
                okText={say('stop')}
                onConfirm={() => cancel.mutate({ runId: running.id })}
              >
                <Button size="small" loading={cancel.isPending}>
                  {say('stop')}
                </Button>
              </Popconfirm>
            )}
          </div>
          <Progress
            aria-label={say('progress')}
            percent={running.people === 0 ? 0 : Math.floor((100 * running.peopleDone) / running.people)}
            status="active"
          />
          <span className="text-small text-ink-2">{say(running.isStuck ? 'stuck' : 'leave')}</span>
        </section>
      )}
      {!running && !result ? (
        <div className="rounded-card border border-line bg-surface py-4">
          <EmptyState icon={GitCompareArrows} title={say('none')} action={starter}>
            {say('noneText')}
          </EmptyState>
        </div>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p className="max-w-[48em] text-ink-2">{say('lead')}</p>
          {starter}
        </div>
      )}
      <Failed error={start.error ?? cancel.error} />
    </>
  );
}

function Result({ run }: { readonly run: PreviewView }) {
  const say = previewWords.use();
  const format = useFormat();
  const headline = useHeadline();
  const further = [
    ...(['starts', 'ends', 'amount'] as const).map((kind) => ({ kind, people: run.tallies[kind].people })),
    { kind: 'same' as const, people: run.people - run.peopleChanged },
  ].filter(({ people }) => people > 0);
  const [replaced] = run.replaces;
  const rests = [
    say('span', run.cycle),
    replaced === undefined ? say('againstNone') : say('against', { version: replaced }),
    ...(run.peopleWithFacts === undefined ? [] : [say('withFacts', { people: run.peopleWithFacts })]),
    say('ran', { by: run.by, when: format.moment(run.startedAt) }),
  ];
  return (
    <>
      <section className="flex flex-col gap-1.5 rounded-card border border-line bg-surface px-4 py-3">
        {run.isOutdated && (
          <p role="alert" className="flex items-center gap-2 font-semibold text-wait">
            <CircleAlert aria-hidden size="1.2em" strokeWidth={1.75} />
            {say('outdated')}
          </p>
        )}
        {run.peopleWithFacts === 0 && run.people > 0 && (
          <p role="alert" className="flex items-center gap-2 font-semibold text-wait">
            <CircleAlert aria-hidden size="1.2em" strokeWidth={1.75} className="shrink-0" />
            {say('noFacts')}
          </p>
        )}
        <p className="text-lead font-semibold">{headline(run)}</p>
        {run.peopleChanged > 0 && further.length > 0 && (
          <p>
            {say(run.tallies.loses.people + run.tallies.gains.people === 0 ? 'among' : 'rest', {
              list: further
                .map(({ kind, people }) => say(`further.${kind}`, { people }))
                .join(say('listComma')),
            })}
          </p>
        )}
        <p className="text-small text-ink-2">{rests.join(' · ')}</p>
      </section>
      {run.peopleChanged > 0 && <Flips run={run} />}
    </>
  );
}

type Show = ChangeKind | 'all';

function Flips({ run }: { readonly run: PreviewView }) {
  const say = previewWords.use();
  const format = useFormat();
  const language = useLanguage();
  const api = useApi();
  const [state, setState] = useTableState();
  const counts = {
    all: changeKinds.reduce((sum, kind) => sum + run.tallies[kind].changes, 0),
    ...Object.fromEntries(changeKinds.map((kind) => [kind, run.tallies[kind].changes])),
  } as Record<Show, number>;
  const [show, setShow] = useState<Show>('all');
  const [unitId, setUnitId] = useState<string | null>(null);
  const [opened, setOpened] = useState<FlipRow | null>(null);
  const change = show === 'all' ? null : show;
  const query = useQuery({
    ...api.regulation.previewFlips.queryOptions({
      runId: run.id,
      change,
      unitId,
      page: state.page,
      pageSize: state.pageSize,
    }),
    placeholderData: keepPreviousData,
  });
  const firstPage = (): void => setState({ ...state, page: 1 });
  const columns: AppColumn<FlipRow>[] = [
    { key: 'name', title: say('person'), width: 78, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 88, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 120, render: (row) => format.text(row.unit) },
    {
      key: 'target',
      title: say('target'),
      width: 110,
      render: (row) => format.text(previewName(row.targetName, run.english)),
    },
    { key: 'change', title: say('change'), width: 116, render: (row) => <ChangeTag of={row} /> },
    {
      key: 'before',
      title: say('before'),
      width: 140,
      render: (row) => <SideText side={row.before} asOf={run.cycle.to} english={run.english} />,
    },
    {
      key: 'after',
      title: say('after'),
      width: 140,
      render: (row) => <SideText side={row.after} asOf={run.cycle.to} english={run.english} />,
    },
    { key: 'reason', title: say('reason'), width: 360, render: (row) => <Reasons reasons={row.reasons} /> },
  ];
  const filters: ReactNode = (
    <>
      <Sideways>
        <Segmented<Show>
          value={show}
          onChange={(next) => {
            setShow(next);
            firstPage();
          }}
          options={(['all', ...changeKinds] as const)
            .filter((kind) => kind === 'all' || counts[kind] > 0)
            .map((value) => ({
              value,
              label: say(`kinds.${value}`, {
                count: counts[value],
                lost: say(`unmet.${unmetAmong(run.tallies.loses)}`),
              }),
            }))}
        />
      </Sideways>
      <Select<string>
        aria-label={say('unit')}
        style={{ minWidth: 180 }}
        showSearch={{ optionFilterProp: 'label' }}
        value={unitId ?? ''}
        onChange={(next) => {
          setUnitId(next === '' ? null : next);
          firstPage();
        }}
        options={[
          { value: '', label: say('anyUnit') },
          ...run.units
            .filter((unit) => unit.changes > 0)
            .map((unit) => ({
              value: unit.unitId,
              label: say('unitCount', { unit: format.text(unit.unit), count: unit.changes }),
            })),
        ]}
      />
    </>
  );
  const exported = (keys: readonly string[]): string =>
    fileAddress(`/api/v1/regulation-previews/${run.id}/table.xlsx`, {
      columns: keys.join(','),
      change,
      unitId,
      language,
    });
  return (
    <QueryView query={query}>
      {({ items, total }) => (
        <>
          <AppTable
            name="regulation-preview"
            label={say('table')}
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            total={total}
            state={state}
            onState={setState}
            loading={query.isFetching}
            filters={filters}
            withoutSearch
            onOpen={setOpened}
            exports={fileExport(exported)}
            empty={<EmptyState icon={GitCompareArrows} title={say('tableNone')} />}
          />
          <PreviewPersonPanel run={run} row={opened} onClose={() => setOpened(null)} />
        </>
      )}
    </QueryView>
  );
}

/** One line for whoever decides about a draft: what its preview says, or that there is none. */
export function PreviewNotice({
  draftId,
  onLook,
}: {
  readonly draftId: string;
  readonly onLook: () => void;
}) {
  const say = previewWords.use();
  const headline = useHeadline();
  const { data } = usePreview(draftId);
  if (!data) return null;
  const { running, result } = data;
  const isFine = result !== null && !result.isOutdated;
  return (
    <DraftNotice icon={GitCompareArrows} isFine={isFine} look={say('look')} onLook={onLook}>
      {running
        ? say('noticeRunning', { done: running.peopleDone, people: running.people })
        : isFine
          ? say('notice', { said: headline(result) })
          : say(result ? 'noticeOutdated' : 'noticeNone')}
    </DraftNotice>
  );
}
