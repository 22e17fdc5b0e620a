import type { CreditLedgerRepository } from '@cadre/db/credit';
import { ChainMovedError } from '@cadre/db/credit';
import { isDuplicateKey, type Database, type Tx } from '@cadre/db/core';
import type { PersonRepository } from '@cadre/db/identity';
import { toCivilDate, type AppError, type Id } from '@cadre/domain/core';
import { lastDayOf, settle, type Activity, type Regulation } from '@cadre/domain/credit';
import type { Person } from '@cadre/domain/identity';
import {
  digestOf,
  hashOf,
  isInClosedCycle,
  sumsByMeasure,
  type ChainHead,
  type FactSource,
  type LedgerEntry,
  type SettlementRecord,
} from '@cadre/domain/ledger';
import type { Ports } from '../core';
import { toCreditPerson } from './credit-person';
import type { RegulationsInForce, RegulationService } from './regulation.service';

/** How many people one transaction settles: enough to be fast, few enough to be run again cheaply. */
const BATCH = 64;
/** A chain that has moved, or a source settled meanwhile, is read anew so many times before the job gives up. */
const ATTEMPTS = 8;

/** One source with what it means for each of its people. */
export interface SourceFacts {
  source: FactSource;
  title: string;
  people: readonly { personId: Id; activities: readonly Activity[] }[];
}

export interface SettlementOutcome {
  /** People for whom something was written. */
  settled: Id[];
  /** People settled before from the same facts. */
  unchanged: Id[];
  /** People whose unit no regulation governs on that day: they wait, visibly. */
  waiting: Id[];
}

interface Task {
  source: FactSource;
  title: string;
  person: Person;
  regulation: Regulation;
  activities: readonly Activity[];
  factsDigest: string;
}

/** Who ordered it, and whether what was settled from the same facts is looked at again. */
interface Order {
  by: Id | null;
  afresh: boolean;
}

export interface SettlementDeps extends Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  ledger: Pick<
    CreditLedgerRepository,
    'append' | 'headsOf' | 'latestSettlements' | 'listEntriesByIds' | 'listSettlements'
  >;
  people: Pick<PersonRepository, 'listByIds'>;
  regulation: Pick<RegulationService, 'open'>;
}

export type SettlementService = ReturnType<typeof createSettlementService>;

/**
 * The one way into the ledger. A source is settled once per person and regulation: the unique index on its revision
 * decides, however many ask at once; settling the same facts again writes nothing, changed facts reverse and re-enter.
 * What moves a cycle that is over is a correction, and carries the person's next correction number.
 */
export function createSettlementService(deps: SettlementDeps) {
  const { clock, newId, publisher, database, ledger, people, regulation: regulations } = deps;

  const write = async (
    tasks: readonly Task[],
    { by, afresh }: Order,
    tx: Tx,
  ): Promise<{ settled: Id[]; unchanged: Id[] }> => {
    const settled: Id[] = [];
    const unchanged: Id[] = [];
    const recordedAt = clock.now();
    const today = toCivilDate(recordedAt);
    const heads = await ledger.headsOf([...new Set(tasks.map((task) => task.person.id))], tx);
    const before = new Map<Id, ChainHead>(heads);
    const latest = await latestOf(tasks, tx);
    const work = { settlements: [] as SettlementRecord[], entries: [] as LedgerEntry[] };

    const appendEntry = (personId: Id, draft: Unlinked<LedgerEntry>): Id => {
      const head = heads.get(personId)!;
      const entry = { ...draft, id: newId(), personId, seq: head.seq + 1, previousHash: head.hash };
      const hash = hashOf(entry);
      work.entries.push({ ...entry, hash });
      heads.set(personId, {
        ...head,
        seq: entry.seq,
        hash,
        corrections: entry.correction ?? head.corrections,
      });
      return entry.id;
    };
    const appendSettlement = (personId: Id, draft: Unlinked<SettlementRecord>): void => {
      const head = heads.get(personId)!;
      const { seq, hash: previousHash } = head.settled;
      const settlement = { ...draft, id: newId(), personId, seq: seq + 1, previousHash };
      const hash = hashOf(settlement);
      work.settlements.push({ ...settlement, hash });
      heads.set(personId, { ...head, settled: { seq: settlement.seq, hash } });
    };

    for (const task of tasks) {
      const previous = latest.get(keyOf(task));
      const reference = { id: task.regulation.id, version: task.regulation.version };
      const isKnown =
        previous?.record.factsDigest === task.factsDigest &&
        previous.record.regulation.version === reference.version;
      if (isKnown && !afresh) {
        unchanged.push(task.person.id);
        continue;
      }
      const person = toCreditPerson(task.person, today);
      const result = settle(task.activities, task.regulation, person);
      const taken = previous?.standing ?? [];
      if (isKnown && isSameWorth(result.entries, taken)) {
        unchanged.push(task.person.id);
        continue;
      }
      const revision = (previous?.record.revision ?? 0) + 1;
      const late = [...taken, ...result.entries].some((entry) =>
        isInClosedCycle(entry.occurredOn, task.regulation, person, today),
      );
      const correction = late ? heads.get(task.person.id)!.corrections + 1 : null;
      const stamp = { revision, correction, recordedAt, by };
      const reversals = taken.map(({ id, personId: _p, seq: _s, previousHash: _h, hash: _own, ...entry }) =>
        appendEntry(task.person.id, { ...entry, ...stamp, amount: -entry.amount, reverses: id }),
      );
      const entryIds = result.entries.map((entry) =>
        appendEntry(task.person.id, {
          ...entry,
          source: { ...entry.source },
          regulation: reference,
          about: { ...entry.about },
          factsDigest: task.factsDigest,
          reverses: null,
          ...stamp,
        }),
      );
      appendSettlement(task.person.id, {
        source: task.source,
        regulation: reference,
        revision,
        title: task.title,
        activities: plain(task.activities),
        factsDigest: task.factsDigest,
        entryIds: [...reversals, ...entryIds],
        correction,
        refusals: plain(result.refusals),
        explanations: plain(result.explanations),
        recordedAt,
      });
      settled.push(task.person.id);
    }
    const moves = [...heads]
      .map(([personId, to]) => ({ personId, from: before.get(personId)!, to }))
      .filter(({ from, to }) => from.settled.seq !== to.settled.seq);
    if (work.settlements.length > 0) await ledger.append({ ...work, moves }, tx);
    return { settled, unchanged };
  };

  /** The newest settlement of each task's source with those of its entries that still stand. */
  const latestOf = async (tasks: readonly Task[], tx: Tx) => {
    const found = new Map<string, { record: SettlementRecord; standing: LedgerEntry[] }>();
    for (const group of groupBy(tasks, (task) => `${task.source.kind}/${task.regulation.id}`)) {
      const [{ source, regulation }] = group as [Task, ...Task[]];
      const sources = { kind: source.kind, ids: [...new Set(group.map((task) => task.source.id))] };
      const personIds = [...new Set(group.map((task) => task.person.id))];
      const records = await ledger.latestSettlements(personIds, sources, regulation.id, tx);
      const entries = await ledger.listEntriesByIds(
        records.flatMap((record) => record.entryIds),
        tx,
      );
      for (const record of records)
        found.set(keyOf({ source: record.source, regulation, person: { id: record.personId } }), {
          record,
          standing: entries.filter((entry) => entry.reverses === null && record.entryIds.includes(entry.id)),
        });
    }
    return found;
  };

  const writeBatch = async (tasks: readonly Task[], order: Order) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await database.transaction((tx) => write(tasks, order, tx));
      } catch (error) {
        const lostRace = error instanceof ChainMovedError || isDuplicateKey(error);
        if (!lostRace || attempt === ATTEMPTS) throw error;
      }
    }
  };

  const tasksOf = async (
    { source, title, people: those }: SourceFacts,
    persons: ReadonlyMap<Id, Person>,
    inForce: RegulationsInForce,
  ) => {
    const tasks: Task[] = [];
    const waiting: Id[] = [];
    for (const { personId, activities } of those) {
      const person = persons.get(personId);
      const [first] = activities;
      if (!person || !first) continue;
      const governing = await inForce.settling(person, lastDayOf(first));
      if (governing.length === 0) waiting.push(personId);
      const factsDigest = digestOf(activities);
      for (const regulation of governing)
        tasks.push({ source, title, person, regulation, activities, factsDigest });
    }
    return { tasks, waiting };
  };

  const writeAll = async (tasks: readonly Task[], order: Order) => {
    const settled: Id[] = [];
    const unchanged: Id[] = [];
    for (let start = 0; start < tasks.length; start += BATCH) {
      const written = await writeBatch(tasks.slice(start, start + BATCH), order);
      settled.push(...written.settled);
      unchanged.push(...written.unchanged);
    }
    if (settled.length > 0) publisher.publish({ type: 'credit:changed', personIds: [...new Set(settled)] });
    return { settled, unchanged };
  };

  return {
    /**
     * After a transfer: what the person has done in cycles that still run is settled under the rules of the new unit as
     * well. What is settled there already, and what lies in a cycle that is over, stays as it is.
     */
    async settleTransferred(personId: Id): Promise<{ settled: number }> {
      const unreadable: AppError[] = [];
      const [[person], records, inForce] = await Promise.all([
        people.listByIds([personId]),
        ledger.listSettlements(personId),
        regulations.open((left) => unreadable.push(left)),
      ]);
      if (!person) return { settled: 0 };
      const today = toCivilDate(clock.now());
      const credited = toCreditPerson(person, today);
      const sourceOf = ({ source }: Pick<Task, 'source'>): string => `${source.kind}/${source.id}`;
      const known = new Set(records.map((record) => `${sourceOf(record)}/${record.regulation.id}`));
      const newest = new Map(records.map((record) => [sourceOf(record), record]));
      const tasks: Task[] = [];
      for (const { source, title, activities } of newest.values()) {
        const facts = {
          source,
          title,
          people: [{ personId, activities: activities as unknown as Activity[] }],
        };
        const prepared = await tasksOf(facts, new Map([[personId, person]]), inForce);
        tasks.push(
          ...prepared.tasks.filter(
            (task) =>
              !known.has(`${sourceOf(task)}/${task.regulation.id}`) &&
              task.activities.every(
                (activity) => !isInClosedCycle(lastDayOf(activity), task.regulation, credited, today),
              ),
          ),
        );
      }
      const { settled } = await writeAll(tasks, { by: null, afresh: false });
      if (unreadable[0]) throw unreadable[0];
      return { settled: settled.length };
    },

    /**
     * Settles several sources, each for its people, in batches of one transaction each. `afresh` also where facts and
     * regulation are those of before and only the person's post or grade has changed. Refused, after all others have
     * settled, where a regulation cannot be read: the same again then settles what is left.
     */
    async settleSources(
      sources: readonly SourceFacts[],
      by: Id | null = null,
      { afresh = false }: { afresh?: boolean } = {},
    ): Promise<SettlementOutcome> {
      const ids = [...new Set(sources.flatMap((facts) => facts.people.map((who) => who.personId)))];
      const unreadable: AppError[] = [];
      const [found, inForce] = await Promise.all([
        people.listByIds(ids),
        regulations.open((left) => unreadable.push(left)),
      ]);
      const persons = new Map(found.map((person) => [person.id, person]));
      const waiting: Id[] = [];
      const tasks: Task[] = [];
      for (const facts of sources) {
        const prepared = await tasksOf(facts, persons, inForce);
        tasks.push(...prepared.tasks);
        waiting.push(...prepared.waiting);
      }
      const written = await writeAll(tasks, { by, afresh });
      if (unreadable[0]) throw unreadable[0];
      return { ...written, waiting };
    },
  };
}

/** A link of a chain before it has its place there. */
type Unlinked<Link extends LedgerEntry | SettlementRecord> = Omit<
  Link,
  'id' | 'personId' | 'seq' | 'previousHash' | 'hash'
>;

const isSameWorth = (
  would: Parameters<typeof sumsByMeasure>[0],
  stands: Parameters<typeof sumsByMeasure>[0],
): boolean => JSON.stringify(sumsByMeasure(would)) === JSON.stringify(sumsByMeasure(stands));

const keyOf = (task: { source: FactSource; regulation: { id: string }; person: { id: Id } }): string =>
  `${task.person.id}/${task.source.kind}/${task.source.id}/${task.regulation.id}`;

/** Plain JSON of rule results, as the database keeps them. */
const plain = (values: readonly unknown[]): Record<string, unknown>[] =>
  JSON.parse(JSON.stringify(values)) as Record<string, unknown>[];

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}
