import { useApi } from '@cadre/client/api';
import { refusalOf } from '@cadre/client/refusal';
import { wordRefusal } from '@cadre/client/wording';
import type { DayPart } from '@cadre/domain/core';
import { instantOf } from '@cadre/domain/core';
import {
  CLASH_CODES,
  wouldTimeHelp,
  type AssessPlacementInput,
  type ClashView,
  type PlacementVerdict,
} from '@cadre/domain/training';
import { classNames, StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { trainingWords } from './training.words';

/** How long a target must stand still before the server is asked, in ms. */
const pause = 120;

/** What is asked for, once it has stood still for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(key, revive) as Value), pause);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const revive = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && ISO.test(value) ? new Date(value) : value;

export interface Assessment {
  readonly verdict: PlacementVerdict | null;
  readonly asking: boolean;
}

/** May a session stand there? Asked again whenever the wish or the timetable changes; null asks nothing. */
export function useAssessment(wish: AssessPlacementInput | null): Assessment {
  const api = useApi();
  const settled = useSettled(wish);
  const isAsked = settled !== null && settled.startsAt < settled.endsAt;
  const query = useQuery({
    ...api.training.assessPlacement.queryOptions(settled ?? ({} as AssessPlacementInput), {
      enabled: isAsked,
    }),
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    meta: { live: ['session:changed', 'class:changed', 'network:changed'] },
  });
  const isCurrent = JSON.stringify(settled) === JSON.stringify(wish) && !query.isPlaceholderData;
  return {
    verdict: wish !== null && isAsked && isCurrent ? (query.data ?? null) : null,
    asking: wish !== null && (!isCurrent || query.isFetching),
  };
}

/** What the verdict names already: a refusal by the same code would be the same news a second time. */
const codesOf = ({ refusals, clashes }: PlacementVerdict) => [
  ...refusals.map(({ code }) => code),
  ...clashes.map(({ kind }) => CLASH_CODES[kind]),
];

/**
 * A refusal stands beside what was asked for, and goes once something else is asked for or the verdict is another. What
 * the verdict says as well is left to it.
 */
export function useRefusalOf<Refusal>(
  error: Refusal | null,
  wish: unknown,
  { verdict }: Assessment,
): Refusal | null {
  const key = JSON.stringify([wish, verdict]);
  const [refused, setRefused] = useState<{ error: Refusal; key: string } | null>(null);
  if (error !== (refused?.error ?? null)) setRefused(error === null ? null : { error, key });
  if (refused?.key !== key) return null;
  return verdict && codesOf(verdict).some((code) => code === refusalOf(error).code) ? null : error;
}

/** The reason that weighs most, in a few words: for the cell under the pointer. */
export function useShortReason(): (verdict: PlacementVerdict) => string {
  const say = trainingWords.use();
  const language = useLanguage();
  const format = useFormat();
  return ({ verdict, refusals, clashes, warnings }) => {
    const [clash] = clashes;
    const [refusal] = refusals;
    if (clash?.rival) return clash.rival.title ?? format.span(clash.rival.startsAt, clash.rival.endsAt);
    if (clash?.halfDay) return `${clash.halfDay.people} / ${clash.halfDay.capacity}`;
    if (refusal) return wordRefusal(refusal, language).what;
    if (verdict === 'tight') return warnings.map((warning) => say(`verdict.warning.${warning}`)).join('，');
    return say('verdict.free');
  };
}

const TONES = { free: 'met', tight: 'wait', blocked: 'refusal' } as const;

export interface PlacementViewProps {
  readonly assessment: Assessment;
  /** Names of the instructors that were asked about. */
  readonly instructorName: (id: string) => string;
  readonly onTime: (startsAt: Date, endsAt: Date) => void;
  readonly onVenue: (venueId: string) => void;
}

/** The verdict in full: every reason, the rival's name, and what is free instead. */
export function PlacementView({ assessment, instructorName, onTime, onVenue }: PlacementViewProps) {
  const say = trainingWords.use();
  const format = useFormat();
  const language = useLanguage();
  const { verdict, asking } = assessment;
  if (!verdict)
    return (
      <p role="status" className="min-h-6 text-small text-ink-2">
        {asking ? say('verdict.asking') : ''}
      </p>
    );
  const { refusals, clashes, warnings, alternatives } = verdict;
  const isBlocked = verdict.verdict === 'blocked';
  const isTooSmall = refusals.some(({ code }) => code === 'VENUE_TOO_SMALL');
  return (
    <div
      className={classNames(
        'flex flex-col gap-2 rounded-card border border-line p-3',
        isBlocked ? 'bg-refusal-soft' : verdict.verdict === 'tight' ? 'bg-wait-soft' : 'bg-met-soft',
      )}
    >
      <div role="status" className="flex flex-col gap-1">
        <StateTag tone={TONES[verdict.verdict]}>{say(`verdict.${verdict.verdict}`)}</StateTag>
        {[
          ...refusals.map((refusal) => wordRefusal(refusal, language).what),
          ...clashes.map((clash) => clashText(clash)),
          ...(isBlocked ? [] : warnings.map((warning) => say(`verdict.warning.${warning}`))),
        ].map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {isBlocked && (
        <>
          {!wouldTimeHelp(refusals) ? null : alternatives.times.length > 0 ? (
            <Choices label={say('verdict.times')}>
              {alternatives.times.map(({ startsAt, endsAt }) => (
                <Button key={startsAt.toISOString()} size="small" onClick={() => onTime(startsAt, endsAt)}>
                  {say('verdict.take', { time: format.span(startsAt, endsAt) })}
                </Button>
              ))}
            </Choices>
          ) : (
            <p className="text-small text-ink-2">{say('verdict.none')}</p>
          )}
          {alternatives.venues.length === 0 && isTooSmall && (
            <p className="text-small text-ink-2">{say('verdict.noVenue')}</p>
          )}
          {alternatives.venues.length > 0 && (
            <Choices label={say('verdict.venues')}>
              {alternatives.venues.map((venue) => (
                <Button key={venue.id} size="small" onClick={() => onVenue(venue.id)}>
                  {say('verdict.takeVenue', { name: format.text(venue.name), capacity: venue.capacity })}
                </Button>
              ))}
            </Choices>
          )}
        </>
      )}
    </div>
  );

  function clashText(clash: ClashView): string {
    if (clash.halfDay) {
      const { date, part, people, capacity } = clash.halfDay;
      return say('verdict.clash.base', {
        day: format.weekday(instantOf(date)),
        part: partName(part),
        people,
        capacity,
      });
    }
    const { rival } = clash;
    const text = rival
      ? `${rival.title === null ? say('verdict.somebody') : say('verdict.titled', { title: rival.title })} ${format.span(rival.startsAt, rival.endsAt)}`
      : '';
    if (clash.kind === 'instructor')
      return say('verdict.clash.instructor', { name: instructorName(clash.resourceId), rival: text });
    return say(clash.kind === 'class' ? 'verdict.clash.class' : 'verdict.clash.venue', { rival: text });
  }

  function partName(part: DayPart): string {
    return say(`part.${part}`);
  }
}

function Choices({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div role="group" aria-label={label} className="flex flex-col items-start gap-1.5">
      <span className="text-small text-ink-2">{label}</span>
      {children}
    </div>
  );
}
