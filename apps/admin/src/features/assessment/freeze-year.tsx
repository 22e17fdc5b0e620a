import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import {
  canFreezeYear,
  yearName,
  type FreezeProgress,
  type FreezeView,
  type YearView,
} from '@cadre/domain/assessment';
import { instantOf } from '@cadre/domain/core';
import { ProgressLine } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Modal } from 'antd';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { download, fileAddress } from '../../shared/download';
import { Failed, QueryView } from '../../shared/failure';
import { freezeWords } from './freeze.words';

/** How often a freeze that is under way is asked how far it has come, in ms. */
const ASK_EVERY = 1_000;

/** 定格: what it will hold and what it does, before; by whom, when and the file, afterwards. */
export function FreezeYear({ year }: { readonly year: YearView }) {
  const say = freezeWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const actor = useActor();
  const [open, setOpen] = useState(false);
  const query = useQuery({
    ...api.assessment.freezing.queryOptions({ assessmentYearId: year.id }),
    enabled: open,
    meta: { live: ['feed:changed', 'credit:changed'] },
  });
  const name = format.text(yearName(year));
  const freeze = useMutation(
    api.assessment.freeze.mutationOptions({
      onSuccess: () => {
        sayDone(say('done', { name, no: query.data?.snapshotNo ?? year.snapshotNo + 1 }));
        void queries.invalidateQueries(api.assessment.pathFilter());
      },
    }),
  );
  const isFrozen = year.state === 'frozen';
  const progress = useQuery({
    ...api.assessment.freezeProgress.queryOptions({ assessmentYearId: year.id }),
    enabled: open && !isFrozen,
    refetchInterval: ({ state }) => (freeze.isPending || isUnderWay(state.data) ? ASK_EVERY : false),
  });
  if (!isFrozen && !canFreezeYear(actor, year.id)) return null;
  const number = isFrozen ? year.snapshotNo : year.snapshotNo + 1;
  return (
    <>
      <Button
        type={isFrozen ? 'default' : 'primary'}
        disabled={!isFrozen && !year.cutOffReached}
        onClick={() => {
          freeze.reset();
          setOpen(true);
        }}
      >
        {isFrozen
          ? say('about')
          : year.cutOffReached
            ? say('open', { name })
            : say('notYet', { cutOff: format.moment(year.cutOffAt) })}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        width={620}
        title={say(isFrozen ? 'titleDone' : 'title', { name, no: number })}
        footer={
          isFrozen ? null : (
            <>
              <Button onClick={() => setOpen(false)}>{say(freeze.isPending ? 'close' : 'cancel')}</Button>
              <Button
                type="primary"
                loading={freeze.isPending}
                disabled={!query.data}
                onClick={() => freeze.mutate({ assessmentYearId: year.id })}
              >
                {say('go', { no: number })}
              </Button>
            </>
          )
        }
      >
        <QueryView query={query} rows={4}>
          {(view) => <Content year={year} view={view} />}
        </QueryView>
        {!isFrozen && (freeze.isPending || isUnderWay(progress.data)) && (
          <div className="mt-4 flex flex-col gap-1">
            <ProgressLine
              label={say('underWay')}
              value={progress.data?.written ?? 0}
              max={Math.max(progress.data?.people ?? 1, 1)}
              {...(progress.data ? { figure: say('figure', { ...progress.data }) } : {})}
            />
            <p className="text-small text-ink-2">{say(freeze.isPending ? 'leave' : 'resume')}</p>
          </div>
        )}
        <Failed error={freeze.error} />
      </Modal>
    </>
  );
}

/** Lines have been written and the year is not closed yet: somebody's freeze goes on, or has been interrupted. */
const isUnderWay = (progress: FreezeProgress | undefined): boolean => (progress?.written ?? 0) > 0;

function Content({ year, view }: { readonly year: YearView; readonly view: FreezeView }) {
  const say = freezeWords.use();
  const format = useFormat();
  const language = useLanguage();
  const { done, snapshotNo: no } = view;
  const file = useMutation({
    mutationFn: () => download(fileAddress(`/api/v1/assessment-years/${year.id}/table.xlsx`, { language })),
  });
  const people = (count: number): string => say('count', { people: count });
  const open = [
    ...(view.unsettled > 0 ? [say('unsettled', { count: view.unsettled })] : []),
    ...(view.notHeld > 0 ? [say('notHeld', { count: view.notHeld })] : []),
  ];
  const rows = [
    {
      key: 'people',
      label: say('people'),
      children: say('peopleValue', { people: view.people, day: format.day(instantOf(view.day)) }),
    },
    { key: 'met', label: say('met'), children: people(view.met) },
    { key: 'missed', label: say('missed'), children: people(view.missed) },
    ...(view.running > 0 ? [{ key: 'running', label: say('running'), children: people(view.running) }] : []),
    ...(view.nothingAsked > 0
      ? [{ key: 'none', label: say('nothingAsked'), children: people(view.nothingAsked) }]
      : []),
    ...(done
      ? [
          { key: 'by', label: say('by'), children: done.by },
          { key: 'at', label: say('at'), children: format.moment(done.at) },
          { key: 'no', label: say('number'), children: say('numberValue', { no }) },
        ]
      : []),
  ];
  return (
    <div className="flex flex-col gap-4">
      <Descriptions size="small" column={1} items={rows} />
      {done ? (
        <>
          <Button className="self-start" loading={file.isPending} onClick={() => file.mutate()}>
            {say('fileGet')}
          </Button>
          <Failed error={file.error} />
        </>
      ) : (
        <>
          {open.length === 0 ? (
            <p className="flex items-center gap-2 text-met">
              <CircleCheck aria-hidden size="1.2em" strokeWidth={1.75} />
              {say('settled')}
            </p>
          ) : (
            open.map((line) => (
              <p
                key={line}
                role="alert"
                className="flex items-start gap-2 rounded-card bg-wait-soft p-3 text-wait"
              >
                <CircleAlert aria-hidden size="1.2em" strokeWidth={1.75} className="mt-0.5 shrink-0" />
                {line}
              </p>
            ))
          )}
          <div>
            <p className="font-semibold">{say('what')}</p>
            <ul className="list-disc ps-5">
              <li>{say('whatFrozen', { cutOff: format.moment(year.cutOffAt), no })}</li>
              <li>{say('whatAfter')}</li>
              <li>{say('late', { count: view.late.length })}</li>
              <li>{say('whatCycle')}</li>
            </ul>
          </div>
        </>
      )}
      <Late late={view.late} />
      <p className="text-small text-ink-2">{say('versions')}</p>
    </div>
  );
}

/** The sessions that came too late, by name. */
function Late({ late }: Pick<FreezeView, 'late'>) {
  const say = freezeWords.use();
  const format = useFormat();
  if (late.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer">{say('lateList', { count: late.length })}</summary>
      <ul className="mt-1 max-h-48 list-disc overflow-y-auto ps-5">
        {late.map(({ sessionId, title, startsAt, settledAt, people }) => (
          <li key={sessionId}>
            {title}
            <span className="block text-small text-ink-2">
              {say('lateLine', {
                day: format.day(startsAt),
                moment: format.moment(settledAt),
                people: say('count', { people }),
              })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
