import type { CourseRepository } from '@cadre/db/catalog';
import type { CreditChain, CreditLedgerRepository } from '@cadre/db/credit';
import type { AssessmentYearRepository } from '@cadre/db/assessment';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { RoomEventRepository } from '@cadre/db/live';
import type { SessionRepository } from '@cadre/db/training';
import { scopesOf, type PersonActor } from '@cadre/domain/access';
import { feedTargetOf, readsCreditsOfYear, type FeedFigures } from '@cadre/domain/assessment';
import { AppError, toCivilDate, type Bilingual, type CivilDate, type Id } from '@cadre/domain/core';
import {
  isInCycle,
  PersonEvaluation,
  resultsOf,
  type CountedEntry,
  type Evaluation,
  type Governing,
  type LedgerView,
  type Regulation,
  type TargetResult,
} from '@cadre/domain/credit';
import { homeUnitOn, servedUntilOn, type Person } from '@cadre/domain/identity';
import { foldRoomEvents, heldInterval } from '@cadre/domain/live';
import {
  canReadCredits,
  digestOf,
  findChainFault,
  GENESIS_HASH,
  type ChainCheck,
  type LedgerEntry,
  type SettlementRecord,
  type Standings,
  type Statement,
  type Why,
} from '@cadre/domain/ledger';
import type { Ports } from '../core';
import { courseTitlesOf } from '../training/course-titles';
import { toCreditPerson } from './credit-person';
import { withVersionsBefore } from './governing-versions';
import type { RegulationService } from './regulation.service';
import { correctionOf, explainSettlement, lineOf, type CountedOf } from './explain-settlement';
import { SESSION_KIND } from './session-activity';
import { createStatementMoves } from './statement-moves';
import { breakdownOf, flagsOn, openedTargets, standingOf, type EvaluatedPerson } from './statement-standing';

export interface StatementDeps extends Pick<Ports, 'clock'> {
  ledger: Pick<
    CreditLedgerRepository,
    | 'chainsOf'
    | 'keepStatements'
    | 'listEntries'
    | 'listEntriesOf'
    | 'listSettlements'
    | 'findSettlement'
    | 'openChains'
  >;
  people: Pick<PersonRepository, 'findById' | 'getById'>;
  units: Pick<UnitRepository, 'listByIds'>;
  assessmentYears: Pick<AssessmentYearRepository, 'list'>;
  roomEvents: Pick<RoomEventRepository, 'listBySubjects'>;
  courses: Pick<CourseRepository, 'listByIds'>;
  sessions: Pick<SessionRepository, 'listByIds'>;
  regulation: RegulationService;
}

export type StatementService = ReturnType<typeof createStatementService>;

/** Changes when kept standings of an older release can no longer be read. */
const STATEMENT_SHAPE = 11;

/** A person and the regulations that govern. */
interface Ruled {
  readonly person: Person;
  readonly inForce: readonly Governing[];
}

/** By what a person's record is read: the regulations, and the last day of service of whoever is out of it. */
interface Read extends Ruled {
  readonly servedUntil: CivilDate | null;
}

const toView = (entry: LedgerEntry): LedgerView => {
  const { reverses, ...rest } = entry;
  return { ...rest, recordedOn: toCivilDate(entry.recordedAt), ...(reverses === null ? {} : { reverses }) };
};

/** Reads what the ledger amounts to. Today's standings are kept beside the chain and go with every new entry. */
export function createStatementService(deps: StatementDeps) {
  const { clock, ledger, people, units, assessmentYears, roomEvents } = deps;
  const { courses, sessions, regulation: regulations } = deps;
  const moves = createStatementMoves(deps);
  /** Evaluated on a day, which is `asOf` unless said otherwise, with the history known at the end of `asOf`. */
  const evaluateAll = (
    views: readonly LedgerView[],
    { person, inForce }: Ruled,
    asOf: CivilDate,
    { on = asOf, decidedThrough = on }: { on?: CivilDate; decidedThrough?: CivilDate } = {},
  ) => {
    const creditPerson = toCreditPerson(person, asOf);
    return inForce.map(({ rules, before }) => {
      const whole = PersonEvaluation.of(views, rules, creditPerson, on, decidedThrough, before);
      return { rules, evaluation: resultsOf(whole), whole };
    });
  };

  /**
   * What is read of a person as of a day, from the entries recorded by the end of it: of whoever is out of service what
   * was done until the last day of it, as it stood on that day, also where it was recorded later.
   */
  const evaluateRead = (entries: readonly LedgerEntry[], read: Read, asOf: CivilDate): EvaluatedPerson => {
    const views = entries.map(toView);
    const { servedUntil } = read;
    if (servedUntil === null) return evaluateAll(views, read, asOf);
    const served = views
      .filter(({ occurredOn }) => occurredOn <= servedUntil)
      .map((view) => ({ ...view, recordedOn: [view.recordedOn, servedUntil].sort()[0]! }));
    return evaluateAll(served, read, asOf, { on: servedUntil });
  };

  /** What a kept statement was computed from besides the entries: the day, the person's history, the rules. */
  const stampOf = (person: Person, inForce: readonly Governing[], asOf: CivilDate): string =>
    digestOf([
      STATEMENT_SHAPE,
      asOf,
      toCreditPerson(person, asOf),
      inForce.map(({ rules, before }) => [rules, ...before].map(({ id, version }) => [id, version])),
    ]);

  /**
   * The regulations that govern people on a day, which may be another one for each, in the units and with the regulations
   * known at the end of `known`.
   */
  const governing = async (
    persons: readonly Person[],
    dayOf: (person: Person) => CivilDate,
    known: CivilDate,
    open = () => regulations.open(),
  ): Promise<Ruled[]> => {
    const unitIds = new Map(persons.map((person) => [person.id, homeUnitOn(person, known)]));
    const moved = persons.filter((person) => unitIds.get(person.id) !== person.unitId);
    const [inForce, earlierUnits] = await Promise.all([
      open(),
      moved.length === 0 ? [] : units.listByIds([...new Set(moved.map(({ id }) => unitIds.get(id)!))]),
    ]);
    const paths = new Map(earlierUnits.map((unit) => [unit.id, unit.path]));
    return Promise.all(
      persons.map(async (person) => {
        const unitPath = paths.get(unitIds.get(person.id)!) ?? person.unitPath;
        const governs = (day: CivilDate): Promise<Regulation[]> => inForce.governing(unitPath, day, known);
        const rules = await governs(dayOf(person));
        return {
          person,
          inForce: await withVersionsBefore(rules, governs),
        };
      }),
    );
  };

  /** By what people's records are read as of a day: those out of service by the last day of it. */
  const reading = async (persons: readonly Person[], asOf: CivilDate): Promise<Read[]> => {
    const ruled = await governing(persons, (person) => servedUntilOn(person, asOf) ?? asOf, asOf);
    return ruled.map((one) => ({ ...one, servedUntil: servedUntilOn(one.person, asOf) }));
  };

  const keptOf = (chain: CreditChain | undefined, stamp: string): Standings | null => {
    const kept = chain?.statement;
    return kept?.['stamp'] === stamp ? (kept['standings'] as Standings) : null;
  };

  /** Today's standings of several people, in their order. */
  const current = async (persons: readonly Person[]): Promise<Standings[]> => {
    const asOf = toCivilDate(clock.now());
    const [reads, chains] = await Promise.all([
      reading(persons, asOf),
      ledger.chainsOf(persons.map((person) => person.id)),
    ]);
    const stamps = reads.map(({ person, inForce }) => stampOf(person, inForce, asOf));
    const missing = reads.filter(({ person }, index) => !keptOf(chains.get(person.id), stamps[index]!));
    const entries = groupByPerson(
      missing.length === 0 ? [] : await ledger.listEntriesOf(missing.map(({ person }) => person.id)),
    );
    const unopened = missing.filter(({ person }) => !chains.has(person.id)).map(({ person }) => person.id);
    if (unopened.length > 0) await ledger.openChains(unopened);

    const fresh: { personId: Id; seq: number; statement: Record<string, unknown> }[] = [];
    const answers = reads.map((read, index): Standings => {
      const { person, servedUntil } = read;
      const kept = keptOf(chains.get(person.id), stamps[index]!);
      if (kept) return kept;
      const own = entries.get(person.id) ?? [];
      const standings: Standings = {
        personId: person.id,
        asOf,
        servedUntil,
        chain: endOf(own),
        standings: evaluateRead(own, read, asOf).map((one) => standingOf(one, servedUntil)),
      };
      fresh.push({ personId: person.id, seq: own.length, statement: { stamp: stamps[index]!, standings } });
      return standings;
    });
    await ledger.keepStatements(fresh);
    return answers;
  };

  const getReadable = async (actor: PersonActor, personId: Id): Promise<Person> => {
    const person = await people.findById(personId);
    if (!person || !(canReadCredits(actor, person) || (await isAssessedBy(actor, person))))
      throw new AppError('NOT_FOUND');
    return person;
  };

  /** Whether the actor holds an assessment year to whose units the person belongs. */
  const isAssessedBy = async (actor: PersonActor, person: Person): Promise<boolean> => {
    const held = scopesOf(actor, 'assessment-officer').flatMap((scope) =>
      scope.kind === 'assessment-year' ? [scope.assessmentYearId] : [],
    );
    return (
      held.length > 0 &&
      (await assessmentYears.list(held)).some((year) => readsCreditsOfYear(actor, year, person))
    );
  };

  /** The courses of the sessions that were settled, by session. */
  const coursesOf = async (records: readonly SettlementRecord[]): Promise<Map<Id, Bilingual>> => {
    const ids = records.filter(({ source }) => source.kind === SESSION_KIND).map(({ source }) => source.id);
    const held = await sessions.listByIds([...new Set(ids)]);
    const titles = await courseTitlesOf(held, courses);
    return new Map(
      held.flatMap(({ id, courseId }) => {
        const title = titles.get(courseId);
        return title ? [[id, title] as const] : [];
      }),
    );
  };

  /** How a settlement corrected a closed cycle, with the name of whoever caused it. */
  const namedCorrection = async (...about: Parameters<typeof correctionOf>): Promise<Why['correction']> => {
    const correction = correctionOf(...about);
    const by = correction?.by ? await people.findById(correction.by) : null;
    return correction && { ...correction, by: by?.name ?? null };
  };

  /** What the room of a session has recorded of a person; null for what is no session. */
  const attendanceOf = async ({ source, personId }: SettlementRecord): Promise<Why['attendance']> => {
    if (source.kind !== SESSION_KIND) return null;
    const [events, [session]] = await Promise.all([
      roomEvents.listBySubjects(source.id, [personId]),
      sessions.listByIds([source.id]),
    ]);
    const log = foldRoomEvents(events);
    const attended = log.attendances.get(personId);
    return {
      sessionId: source.id,
      held: session ? heldInterval(session, session, clock.now()) : null,
      checkedInAt: attended?.checkedInAt ?? null,
      checkedOutAt: attended?.checkedOutAt ?? null,
      endedByClose: attended?.checkOutReason === 'room-closed',
      disputed: log.disputes.has(personId),
    };
  };

  /** The day asked for, today without one; of a day to come nothing is recorded yet. */
  const dayOf = (asOf: CivilDate | undefined): CivilDate => {
    const today = toCivilDate(clock.now());
    if (asOf !== undefined && asOf > today) throw new AppError('STATEMENT_OF_FUTURE_DAY', { asOf, today });
    return asOf ?? today;
  };

  const statementOf = async (person: Person, asOf: CivilDate): Promise<Statement> => {
    const [[read], entries, settlements] = await Promise.all([
      reading([person], asOf),
      ledger.listEntries(person.id),
      ledger.listSettlements(person.id),
    ]);
    const recorded = recordedBy(entries, asOf);
    const { servedUntil, inForce } = read!;
    const evaluated = evaluateRead(recorded, read!, asOf);
    // What counted stays said also of what was done after the service.
    const whole = servedUntil === null ? evaluated : evaluateAll(recorded.map(toView), read!, asOf);
    const counted = countedOf(whole);
    const known = recordedBy(settlements, asOf);
    const courseTitles = await coursesOf(known);
    const lines = await Promise.all(
      known.map(async (record) =>
        lineOf(
          record,
          entries,
          counted,
          await regulations.read(record.regulation.id, record.regulation.version),
          known,
          inForce.map(({ rules }) => rules),
          courseTitles.get(record.source.id) ?? null,
        ),
      ),
    );
    const begun = evaluated.flatMap(({ evaluation }) => evaluation.targets.map(({ cycle }) => cycle.from));
    const moments = [...recorded, ...known].map(({ recordedAt }) => recordedAt.getTime());
    return {
      personId: person.id,
      asOf,
      servedUntil,
      ...(await moves.personOf(read!, asOf, [`${asOf.slice(0, 4)}-01-01`, ...begun].sort()[0]!)),
      lastRecordedAt: moments.length === 0 ? null : new Date(Math.max(...moments)),
      chain: endOf(recorded),
      standings: evaluated.map((one) => {
        const standing = standingOf(one, servedUntil);
        const opened = openedTargets(one);
        return {
          ...standing,
          ...breakdownOf(one),
          targets: standing.targets.map((target, index) => ({ ...target, opened: opened[index] ?? [] })),
        };
      }),
      lines: lines.sort(
        (a, b) =>
          (b.occurredOn ?? '').localeCompare(a.occurredOn ?? '') ||
          b.recordedAt.getTime() - a.recordedAt.getTime() ||
          b.settlement.seq - a.settlement.seq,
      ),
    };
  };

  return {
    current,

    /**
     * Several people's evaluations on a day under the regulations that govern them, from the entries given. Nothing is said
     * by a regulation that cannot be read.
     */
    async evaluateOf(
      persons: readonly Person[],
      asOf: CivilDate,
      entries: readonly LedgerEntry[],
    ): Promise<Map<Id, EvaluatedPerson>> {
      const own = groupByPerson(entries);
      return new Map(
        (
          await governing(
            persons,
            () => asOf,
            asOf,
            () => regulations.open(() => undefined),
          )
        ).map((ruled) => [
          ruled.person.id,
          evaluateAll((own.get(ruled.person.id) ?? []).map(toView), ruled, asOf),
        ]),
      );
    },

    /**
     * The figures of several people for an assessment: of each target the cycle that holds `referenceDate`, from the
     * entries recorded up to and including `until`. With `decided`, cycles that end by that day are taken as over.
     */
    async figuresOf(
      persons: readonly Person[],
      referenceDate: CivilDate,
      until: Date,
      decided: CivilDate | null,
    ): Promise<Map<Id, FeedFigures>> {
      const asOf = toCivilDate(until);
      const [people, entries] = await Promise.all([
        governing(persons, () => [asOf, referenceDate].sort()[0]!, asOf),
        ledger.listEntriesOf(persons.map((person) => person.id)).then(groupByPerson),
      ]);
      return new Map(
        people.map((ruled) => {
          const recorded = (entries.get(ruled.person.id) ?? []).filter((entry) => entry.recordedAt <= until);
          const evaluated = evaluateAll(recorded.map(toView), ruled, asOf, {
            decidedThrough: decided ?? asOf,
          });
          return [ruled.person.id, figuresAt(evaluated, referenceDate, recorded)];
        }),
      );
    },

    /** One's own standings today: what the rings show. */
    async myStandings(actor: PersonActor): Promise<Standings> {
      const [own] = await current([await people.getById(actor.personId)]);
      return own as Standings;
    },

    /** Standings and every settled source of one's own, as of a day (today unless given). */
    async myStatement(actor: PersonActor, asOf: CivilDate | undefined): Promise<Statement> {
      return statementOf(await people.getById(actor.personId), dayOf(asOf));
    },

    /** The same for a person one is responsible for. */
    async statementOfPerson(
      actor: PersonActor,
      personId: Id,
      asOf: CivilDate | undefined,
    ): Promise<Statement> {
      return statementOf(await getReadable(actor, personId), dayOf(asOf));
    },

    /** Why a source earned what it did, or did not: facts, steps, clauses and ledger entries. */
    async why(actor: PersonActor, settlementId: Id): Promise<Why> {
      const record = await ledger.findSettlement(settlementId);
      if (!record) throw new AppError('NOT_FOUND');
      const person = await getReadable(actor, record.personId);
      const asOf = toCivilDate(clock.now());
      const [rules, entries, settlements, [ruled], attendance, courseTitles] = await Promise.all([
        regulations.read(record.regulation.id, record.regulation.version),
        ledger.listEntries(person.id),
        ledger.listSettlements(person.id),
        governing([person], (one) => servedUntilOn(one, asOf) ?? asOf, asOf),
        attendanceOf(record),
        coursesOf([record]),
      ]);
      const counted = countedOf(evaluateAll(entries.map(toView), ruled!, asOf));
      const explained = explainSettlement(
        record,
        entries,
        counted,
        rules,
        settlements,
        ruled!.inForce.map((one) => one.rules),
        courseTitles.get(record.source.id) ?? null,
      );
      return {
        ...explained,
        attendance,
        correction: await namedCorrection(record, entries, rules, settlements),
      };
    },

    /**
     * Recomputes a person's entries and settlements against the recorded ends of their chains, and says where the
     * entries ended on a day (today unless given): so it says what a statement as of that day does.
     */
    async checkChain(actor: PersonActor, personId: Id, asOf?: CivilDate): Promise<ChainCheck> {
      const person = await getReadable(actor, personId);
      const day = dayOf(asOf);
      const [entries, settlements, chains] = await Promise.all([
        ledger.listEntries(person.id),
        ledger.listSettlements(person.id),
        ledger.chainsOf([person.id]),
      ]);
      const head = chains.get(person.id) ?? null;
      const [ofEntries, ofSettlements] = [
        findChainFault(entries, head),
        findChainFault(settlements, head && head.settled),
      ];
      const fault =
        (ofEntries && { kind: ofEntries.kind, of: 'entry' as const, seq: ofEntries.seq }) ??
        (ofSettlements && { kind: ofSettlements.kind, of: 'settlement' as const, seq: ofSettlements.seq });
      const { seq, hash } = endOf(recordedBy(entries, day));
      return { intact: fault === null, entries: seq, head: hash, fault };
    },
  };
}

function figuresAt(
  evaluated: EvaluatedPerson,
  referenceDate: CivilDate,
  recorded: readonly LedgerEntry[],
): FeedFigures {
  return {
    targets: evaluated.flatMap(({ rules, evaluation }) =>
      [...underOwnRules(rules, [...evaluation.targets, ...evaluation.earlier]), ...evaluation.owed]
        .filter(({ result: { cycle } }) => isInCycle(referenceDate, cycle))
        .map(({ result, rules: own }) => feedTargetOf(result, own)),
    ),
    flags: evaluated.flatMap(({ rules, evaluation }) => flagsOn(referenceDate, evaluation, rules)),
    ledger: endOf(recorded),
  };
}

const underOwnRules = (rules: Regulation, results: readonly TargetResult[]): Evaluation['owed'] =>
  results.map((result) => ({ rules, result }));

/** What of a chain was recorded by the end of a day. */
const recordedBy = <Link extends { readonly recordedAt: Date }>(
  chain: readonly Link[],
  day: CivilDate,
): Link[] => chain.filter(({ recordedAt }) => toCivilDate(recordedAt) <= day);

/** Where entries end: the number and the hash of the last. */
const endOf = (entries: readonly LedgerEntry[]): Statement['chain'] => ({
  seq: entries.length,
  hash: entries.at(-1)?.hash ?? GENESIS_HASH,
});

function groupByPerson(entries: readonly LedgerEntry[]): Map<Id, LedgerEntry[]> {
  const grouped = new Map<Id, LedgerEntry[]>();
  for (const entry of entries) {
    const own = grouped.get(entry.personId);
    if (own) own.push(entry);
    else grouped.set(entry.personId, [entry]);
  }
  return grouped;
}

/** How much of each entry counts today, by the entry's id. */
function countedOf(evaluated: EvaluatedPerson): CountedOf {
  const counted = new Map<Id, CountedEntry & { readonly rules: Regulation }>();
  for (const { rules, evaluation } of evaluated)
    for (const item of evaluation.counted) {
      const { id } = item.entry as LedgerView;
      if (id !== undefined) counted.set(id, { ...item, rules });
    }
  return counted;
}
