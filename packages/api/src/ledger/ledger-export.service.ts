import { createHash } from 'node:crypto';
import type { Database } from '@cadre/db/core';
import type { CreditLedgerRepository, RegulationRepository } from '@cadre/db/credit';
import type { PersonRepository } from '@cadre/db/identity';
import type { SealRepository } from '@cadre/db/ledger';
import type { BaseRepository } from '@cadre/db/network';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, toCivilDate, type CivilDate, type Id } from '@cadre/domain/core';
import type { Person } from '@cadre/domain/identity';
import {
  canExportLedger,
  canReadLedger,
  canonicalJson,
  countersignatureLineOf,
  type ChainHead,
  type LedgerEntry,
  type SealedHead,
  type SettlementRecord,
} from '@cadre/domain/ledger';
import { allow, createAuditTrail, type AuditTrailDeps } from '../core';
import type { EvaluatedPerson, StatementService } from '../credit';

/** The form of the lines; see packages/ledger-verifier/README.md. */
const FORMAT = 3;
/** People read at once. */
const BATCH = 50;

type Seals = Map<
  Id,
  [root: number, entries: number, settlements: number, hash: string, settledHash: string, history?: string][]
>;

export interface LedgerExportDeps extends AuditTrailDeps {
  bases: Pick<BaseRepository, 'listByIds'>;
  database: Pick<Database, 'transaction'>;
  ledger: Pick<
    CreditLedgerRepository,
    'headsOf' | 'listEntriesOf' | 'listSettlementsOf' | 'listPeopleWithRecords' | 'listChainedPeople'
  >;
  people: Pick<PersonRepository, 'listByIds'>;
  regulations: Pick<RegulationRepository, 'list'>;
  seals: Pick<SealRepository, 'listAllRoots' | 'listKeys' | 'listCountersignatures' | 'listHeadsAfter'>;
  statement: Pick<StatementService, 'evaluateOf'>;
}

export type LedgerExportService = ReturnType<typeof createLedgerExportService>;

/**
 * The whole ledger as lines that an auditor can check without the server: regulations, keys, signed roots, and per
 * person the record of units, posts and grades, facts, entries and what they amount to. Names and identity numbers stay here.
 */
export function createLedgerExportService(deps: LedgerExportDeps) {
  const { bases, database, ledger, people, regulations, seals, statement, clock, newId } = deps;
  const trail = createAuditTrail(deps);

  const sealsByPerson = async (): Promise<Seals> => {
    const found: Seals = new Map();
    for (const { rootNumber, heads } of await seals.listHeadsAfter(0))
      for (const { personId, seq, hash, settled, history } of heads) {
        const own = found.get(personId) ?? [];
        found.set(personId, own);
        const ends = [rootNumber, seq, settled.seq, hash, settled.hash] as const;
        own.push(history === undefined ? [...ends] : [...ends, history]);
      }
    return found;
  };

  /**
   * What the people stand at. Of somebody whose records cannot be reckoned with, since they were changed into what they never
   * are, and by a regulation that can no longer be read, nothing is said: all that is written all the same, and shows it.
   */
  const standingsOf = async (
    persons: readonly Person[],
    asOf: CivilDate,
    entries: readonly LedgerEntry[],
  ): Promise<Map<Id, EvaluatedPerson>> => {
    try {
      return await statement.evaluateOf(persons, asOf, entries);
    } catch {
      if (persons.length <= 1) return new Map();
      const found = new Map<Id, EvaluatedPerson>();
      for (const person of persons) {
        const own = entries.filter(({ personId }) => personId === person.id);
        for (const [id, value] of await standingsOf([person], asOf, own)) found.set(id, value);
      }
      return found;
    }
  };

  /** Everybody with a record, a chain or a seal, in order: what was removed from one of the three shows in the others. */
  const everybody = async (sealed: Seals): Promise<Id[]> => {
    const chained: Id[] = [];
    for (let page: Id[] = []; ;) {
      page = await ledger.listChainedPeople(page.at(-1) ?? null, 1_000);
      if (page.length === 0) break;
      chained.push(...page);
    }
    return [...new Set([...chained, ...(await ledger.listPeopleWithRecords()), ...sealed.keys()])].sort();
  };

  const linesOf = (
    person: Person,
    sealed: Seals,
    head: ChainHead,
    settlements: readonly SettlementRecord[],
    entries: readonly LedgerEntry[],
    evaluated: EvaluatedPerson | undefined,
    asOf: CivilDate,
  ): string[] => [
    lineOf({ person: { id: person.id, no: person.personNo, record: recordOf(person) } }),
    lineOf({ seals: sealed.get(person.id) ?? [] }),
    ...settlements.map(({ hash, ...covered }) => `{"settlement":${coveredOf(covered)},"hash":"${hash}"}\n`),
    ...entries.map(({ hash, ...covered }) => `{"entry":${coveredOf(covered)},"hash":"${hash}"}\n`),
    lineOf({ head: { seq: head.seq, hash: head.hash, settled: head.settled } }),
    ...(evaluated ?? []).map(({ rules, evaluation }) =>
      lineOf({
        standing: {
          asOf,
          regulation: { id: rules.id, version: rules.version },
          targets: [...evaluation.earlier, ...evaluation.targets].map((result) => ({
            target: result.target,
            from: result.cycle.from,
            to: result.cycle.to,
            state: result.state,
            makesUp: result.makesUp !== undefined,
            alternatives: result.alternatives.map((leaves) =>
              leaves.map(({ measure, required, earned, met }) => ({ measure, required, earned, met })),
            ),
          })),
        },
      }),
    ),
  ];

  async function* lines(): AsyncGenerator<string> {
    const whole = createHash('sha256');
    const hashed = (line: string): string => {
      whole.update(line);
      return line;
    };
    const now = clock.now();
    const asOf = toCivilDate(now);
    const [roots, keys, texts, sealed] = await Promise.all([
      seals.listAllRoots(),
      seals.listKeys(),
      regulations.list(),
      sealsByPerson(),
    ]);
    const signatures = await seals.listCountersignatures(roots.map((root) => root.number));
    const signers = await bases.listByIds(signatures.flatMap(({ baseId }) => (isText(baseId) ? baseId : [])));
    const names = Object.fromEntries(signers.map(({ id, name }) => [id, name.zh]));
    yield hashed(lineOf({ export: { format: FORMAT, madeAt: now, bases: names } }));
    for (const { id: _id, ...key } of keys) yield hashed(lineOf({ key }));
    for (const { id: _id, ...root } of roots) yield hashed(lineOf({ root }));
    for (const signature of signatures)
      yield hashed(`{"countersignature":${coveredOf(countersignatureLineOf(signature))}}\n`);
    for (const { id: _id, ...regulation } of texts) yield hashed(`{"regulation":${coveredOf(regulation)}}\n`);

    const ids = await everybody(sealed);
    const count = { settlements: 0, entries: 0 };
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH);
      // Records after the heads: what settles meanwhile is cut off at the head that was read.
      const heads = await ledger.headsOf(batch);
      const [persons, settlements, entries] = await Promise.all([
        people.listByIds(batch),
        ledger.listSettlementsOf(batch),
        ledger.listEntriesOf(batch),
      ]);
      const again = await ledger.headsOf(batch);
      const evaluated = await standingsOf(persons, asOf, entries);
      for (const id of batch) {
        const head = heads.get(id)!;
        const moved = again.get(id)!.settled.seq > head.settled.seq;
        const own = entries.filter((entry) => entry.personId === id && (!moved || entry.seq <= head.seq));
        const records = settlements.filter(
          ({ personId, seq }) => personId === id && (!moved || seq <= head.settled.seq),
        );
        count.settlements += records.length;
        count.entries += own.length;
        const person = persons.find((candidate) => candidate.id === id) ?? unknownPerson(id);
        const standing = moved ? undefined : evaluated.get(id);
        for (const line of linesOf(person, sealed, head, records, own, standing, asOf)) yield hashed(line);
      }
    }
    yield lineOf({ end: { people: ids.length, ...count, sha256: whole.digest('hex') } });
  }

  /** A root with its keys and the heads it covers; null when there is no such root. */
  const rootFile = async (number: number | null): Promise<string | null> => {
    const [roots, keys, parts] = await Promise.all([
      seals.listAllRoots(),
      seals.listKeys(),
      seals.listHeadsAfter(0),
    ]);
    const chosen = number === null ? roots.at(-1) : roots.find((root) => root.number === number);
    if (!chosen) return null;
    const { id: _id, ...root } = chosen;
    const heads = new Map<Id, SealedHead>();
    for (const part of parts)
      if (part.rootNumber <= chosen.number) for (const head of part.heads) heads.set(head.personId, head);
    const known = new Map((await people.listByIds([...heads.keys()])).map((person) => [person.id, person]));
    return lineOf({
      root,
      keys: keys.filter((key) => key.fromRoot <= chosen.number).map(({ id: _key, ...key }) => key),
      heads: [...heads.values()].map(({ personId, seq, hash, settled, history }) => [
        personId,
        seq,
        hash,
        settled.seq,
        settled.hash,
        (known.get(personId) ?? unknownPerson(personId)).personNo,
        ...(history === undefined ? [] : [history]),
      ]),
    });
  };

  return {
    /** The file's lines, one after another, each with its end. */
    lines,

    /** The same for an auditor or an assessment officer; that it left the house is noted. */
    async download(actor: PersonActor): Promise<AsyncGenerator<string>> {
      allow(canExportLedger(actor));
      const file = { id: newId() };
      await database.transaction((tx) => trail.created(actor, 'ledger:exported', 'ledger-export', file, tx));
      return lines();
    },

    /**
     * The newest root with its keys and the heads it covers, to be kept apart from the server. Null before the first.
     */
    async newestRoot(): Promise<string | null> {
      return rootFile(null);
    },

    /** The same for those who read the ledger, of any root (null: the newest). */
    async downloadRoot(actor: PersonActor, number: number | null): Promise<string> {
      allow(canReadLedger(actor));
      const file = await rootFile(number);
      if (file === null) throw new AppError('NOT_FOUND');
      return file;
    },
  };
}

/** What the hash covers. What canonical JSON does not know, such as no number at all, was never written: nothing fits it. */
function coveredOf(covered: object): string {
  try {
    return canonicalJson(covered);
  } catch {
    return JSON.stringify(covered, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  }
}

/** What was changed past the product may be anything. */
const isText = (value: unknown): value is string => typeof value === 'string';

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

/** The history of a person, each row with the days on which it and its end became known. */
const recordOf = ({ affiliations, posts, grades }: Person) => ({ affiliations, posts, grades });

/** Somebody whose record is gone while their chain, or a seal of it, is there. */
const unknownPerson = (id: Id): Person => ({
  id,
  personNo: id,
  name: '',
  birthDate: null,
  unitId: id,
  unitPath: [id],
  affiliations: [],
  posts: [],
  grades: [],
  status: 'left',
  demo: false,
});
