import { generateKeyPairSync, sign, createHash, type KeyObject } from 'node:crypto';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { createChance, type Chance } from '@cadre/demo/chance';
import { addDays, toCivilDate } from '@cadre/domain/core';
import {
  evaluate,
  lastDayOf,
  parseRegulation,
  settle,
  type Activity,
  type CreditPerson,
  type LedgerView,
  type Regulation,
} from '@cadre/domain/credit';
import type { Person } from '@cadre/domain/identity';
import {
  canonicalJson,
  countersignatureLineOf,
  countersignatureMessage,
  digestOf,
  emptyChain,
  GENESIS_HASH,
  hashOf,
  historiesRoot,
  historyDigest,
  isInClosedCycle,
  keyIdOf,
  keyMessage,
  merkleRoot,
  rootHashOf,
  rootMessage,
  sealedCountersignaturesOf,
  sealedRegulationsOf,
  type ChainHead,
  type Countersignature,
  type FactSource,
  type LedgerEntry,
  type LedgerRoot,
  type RegulationRecord,
  type SealedHead,
  type SettlementRecord,
} from '@cadre/domain/ledger';

/** A version of a regulation as the engine reads it and as an installation keeps it. */
interface Version {
  regulation: Regulation;
  record: RegulationRecord;
}

function versionOf(text: string): Version {
  const parsed = parseRegulation(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { id, version, effective } = parsed.regulation;
  const record: RegulationRecord = {
    id: `${id} ${version}`,
    code: id,
    version,
    unitId: 'unit',
    state: 'approved',
    effectiveFrom: effective.from,
    effectiveTo: null,
    text,
    recordedAt: new Date('2023-01-01T00:00:00Z'),
  };
  return { regulation: parsed.regulation, record };
}
const DEMONSTRATION = versionOf(DEMO_REGULATION_TEXT);

const RANKS = [
  'clerk-1',
  'section-deputy',
  'section-head',
  'researcher-4',
  'division-deputy',
  'division-head',
];
const FIRST_DAY = '2023-02-01';

/** One person as the export shows them, kept apart by kind of line. */
export interface MadePerson {
  person: { id: string; no: string; record: History };
  /** When each was recorded decides which root covers it. */
  settlements: SettlementRecord[];
  entries: LedgerEntry[];
  head: ChainHead;
  standing: string;
}

type History = Pick<Person, 'affiliations' | 'posts' | 'grades'>;

type Seal = [
  root: number,
  entries: number,
  settlements: number,
  hash: string,
  settledHash: string,
  history: string,
];

export interface MadeExport {
  lines: string[];
  root: string;
  /** The file of any root, as it would have been kept on its day. */
  rootFile: (number: number) => string;
  roots: LedgerRoot[];
  people: MadePerson[];
}

const dayOf = (chance: Chance, from: string, days: number): string => addDays(from, chance.between(0, days));

/** Somebody who may have been promoted, which became known some days later. */
function personOf(
  chance: Chance,
  number: number,
  asOf: string,
): { person: CreditPerson; made: MadePerson['person'] } {
  const first = chance.between(0, RANKS.length - 1);
  const joined = dayOf(chance, '2022-01-01', 900);
  const moved =
    chance.next() < 0.4 && first < RANKS.length - 1 ? dayOf(chance, addDays(joined, 30), 900) : asOf;
  const promoted = moved < asOf ? moved : null;
  const known = promoted === null ? null : [addDays(promoted, chance.between(0, 40)), asOf].sort()[0]!;
  const id = `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const post = (rank: number, from: string) => ({ postLevel: RANKS[rank]!, title: '职务', from, to: null });
  const record: History = {
    affiliations: [{ unitId: 'unit', kind: 'home', from: joined, to: null }],
    posts:
      promoted === null || known === null
        ? [post(first, joined)]
        : [
            { ...post(first, joined), to: addDays(promoted, -1), endRecordedOn: known },
            { ...post(first + 1, promoted), recordedOn: known },
          ],
    grades: [],
  };
  const rows = [
    ...record.posts,
    ...record.affiliations.map(({ unitId, ...held }) => ({ ...held, units: [unitId] })),
  ];
  const history = rows.map(({ from, to, ...row }) => ({
    from,
    ...(to === null ? {} : { to }),
    ...('units' in row ? { units: row.units } : { postLevel: row.postLevel }),
  }));
  return { person: { id, history }, made: { id, no: `P${String(number).padStart(6, '0')}`, record } };
}

/** Random facts of one source of every kind that the demonstration regulation knows, refused ones among them. */
function activitiesOf(chance: Chance, id: string, on: string): Activity[] {
  const kind = ['session', 'lesson', 'lesson', 'test', 'claim'][chance.between(0, 4)]!;
  const base = { id, source: { kind, id }, kind, title: '课' };
  switch (kind) {
    case 'session': {
      const heldMinutes = 180;
      const dates = chance.next() < 0.2 ? { dates: [on, addDays(on, 1)] } : { occurredOn: on };
      const halfDays = chance.between(1, 4);
      const leave = chance.next() < 0.2 ? { leaveHours: chance.between(1, 8) } : {};
      return [
        {
          ...base,
          ...dates,
          ...leave,
          halfDays,
          classHours: String(halfDays * 4),
          totalHours: '32',
          heldMinutes,
          presentMinutes: chance.between(120, 180),
          mode: chance.next() < 0.8 ? 'hall' : 'online',
        },
      ];
    }
    case 'claim': {
      const days = chance.between(1, 20);
      const span = chance.next() < 0.5 ? { occurredOn: on } : { from: on, to: addDays(on, days) };
      return [{ ...base, ...span, days, classHours: days * 8, approved: chance.next() < 0.9 }];
    }
    case 'test':
      return [{ ...base, occurredOn: on, subject: `T${chance.between(1, 20)}`, passed: chance.next() < 0.8 }];
    default:
      return Array.from({ length: chance.between(1, 4) }, (_, index) => ({
        ...base,
        id: `${id}-${index}`,
        occurredOn: addDays(on, index),
        subject: `L${chance.between(1, 60)}`,
        lengthMinutes: chance.between(5, 50),
        playedMinutes: chance.between(5, 50),
        completed: true,
      }));
  }
}

const json = (value: object): string => `${JSON.stringify(value)}\n`;

/** A ledger as the product would have exported it: random facts, late ones among them, under signed daily roots. */
export function makeExport(options: {
  seed: number;
  people: number;
  sources: number;
  roots: number;
  /** The texts of the regulation's versions, oldest first; the demonstration's first alone where none are given. */
  versions?: readonly string[];
}): MadeExport {
  const chance = createChance(options.seed);
  const versions = options.versions?.map(versionOf) ?? [DEMONSTRATION];
  const asOf = addDays(FIRST_DAY, 1_300);
  const everyDays = Math.floor(1_300 / (options.roots + 1));
  const people = Array.from({ length: options.people }, (_, index) =>
    personWithChain(chance, index + 1, options, asOf, versions),
  );
  const rootDays = Array.from({ length: options.roots }, (_, index) =>
    addDays(FIRST_DAY, (index + 1) * everyDays),
  );
  const { keys, roots, signatures, seals, rootFile } = sealed(people, rootDays, versions);
  const lines = [
    json({ export: { format: 3, madeAt: `${asOf}T00:00:00.000Z` } }),
    ...keys.map((key) => json({ key })),
    ...roots.map(({ id: _id, ...root }) => json({ root })),
    ...signatures.map(
      (signature) => `{"countersignature":${canonicalJson(countersignatureLineOf(signature))}}\n`,
    ),
    ...versions.map(({ record }) => regulationLine({}, record)),
    ...people.flatMap((made, index) => blockOf(made, seals[index]!)),
  ];
  return { people, lines: withEnd(lines, people.length), roots, rootFile, root: rootFile(roots.length) };
}

/** The line of a regulation, the demonstration's where none is given, with other columns where they are given. */
export const regulationLine = (
  changes: Partial<RegulationRecord> = {},
  record = DEMONSTRATION.record,
): string => {
  const { id: _id, ...line } = { ...record, ...changes };
  return `{"regulation":${canonicalJson(line)}}\n`;
};

/** A settlement or an entry as a line: what its hash covers, and the hash. */
export const linkLine = (name: 'settlement' | 'entry', { hash, ...covered }: { hash: string }): string =>
  `{"${name}":${canonicalJson(covered)},"hash":"${hash}"}\n`;

const blockOf = ({ person, settlements, entries, head, standing }: MadePerson, seals: Seal[]): string[] => [
  personLine(person),
  json({ seals }),
  ...settlements.map((settlement) => linkLine('settlement', settlement)),
  ...entries.map((entry) => linkLine('entry', entry)),
  headLine(head),
  standing,
];

export const personLine = (person: MadePerson['person']): string => json({ person });

export const headLine = ({ seq, hash, settled }: ChainHead): string => json({ head: { seq, hash, settled } });

/**
 * A ledger of at least so many entries, written piece by piece under one root: one random person's chain over and over
 * for different people. Gives the file of the root.
 */
export function makeLargeExport(entries: number, write: (text: string) => void): string {
  const asOf = addDays(FIRST_DAY, 1_300);
  const template = personWithChain(createChance(1), 1, { sources: 80 }, asOf, [DEMONSTRATION]);
  const copies = new Copies(template, asOf);
  const count = Math.ceil(entries / template.entries.length);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  // Twice, since roots stand before the people: once for the ends of the chains, once for their lines.
  const { keys, roots, rootFile } = sealed(
    numbers.map((number) => copies.endOf(number)),
    [asOf],
    [DEMONSTRATION],
  );
  const whole = createHash('sha256');
  const put = (text: string): void => {
    whole.update(text);
    write(text);
  };
  put(json({ export: { format: 3, madeAt: `${addDays(asOf, 1)}T00:00:00.000Z` } }));
  for (const key of keys) put(json({ key }));
  for (const { id: _id, ...root } of roots) put(json({ root }));
  put(regulationLine());
  for (const number of numbers) put(copies.blockOf(number));
  const written = {
    settlements: count * template.settlements.length,
    entries: count * template.entries.length,
  };
  write(json({ end: { people: count, ...written, sha256: whole.digest('hex') } }));
  return rootFile(1);
}

/** The canonical text of a link in which another person's number and another hash can be put. */
type Blanks = readonly string[];
const NUMBER = '<number>';
const PREVIOUS = '<previous>';

/** One person's chains as those of other people: the last digits of their ids differ, and so do all hashes. */
class Copies {
  readonly #template: MadePerson;
  readonly #asOf: string;
  readonly #entries: readonly Blanks[];
  readonly #settlements: readonly Blanks[];

  constructor(template: MadePerson, asOf: string) {
    this.#asOf = asOf;
    const mine = (id: string): string => id.slice(0, 30) + NUMBER;
    const personId = mine(template.person.id);
    const blanksOf = ({ hash: _hash, ...link }: LedgerEntry | SettlementRecord): Blanks =>
      canonicalJson({ ...link, previousHash: PREVIOUS }).split(new RegExp(`(${NUMBER}|${PREVIOUS})`));
    this.#template = template;
    this.#entries = template.entries.map((entry) =>
      blanksOf({
        ...entry,
        id: mine(entry.id),
        personId,
        reverses: entry.reverses === null ? null : mine(entry.reverses),
      }),
    );
    this.#settlements = template.settlements.map((settlement) =>
      blanksOf({ ...settlement, personId, entryIds: settlement.entryIds.map(mine) }),
    );
  }

  /** What a root covers of a copy. */
  endOf(number: number): Pick<MadePerson, 'person' | 'entries' | 'settlements'> {
    const { entries, settlements } = this.#template;
    const last = <Link>(links: readonly Link[], hash: string): Link[] =>
      links.slice(-1).map((link) => ({ ...link, hash }));
    return {
      person: this.#person(number),
      entries: last(entries, this.#chain('entry', this.#entries, number).hash),
      settlements: last(settlements, this.#chain('settlement', this.#settlements, number).hash),
    };
  }

  blockOf(number: number): string {
    const { entries, settlements, standing } = this.#template;
    const settled = this.#chain('settlement', this.#settlements, number);
    const chain = this.#chain('entry', this.#entries, number);
    const head = {
      seq: entries.length,
      hash: chain.hash,
      settled: { seq: settlements.length, hash: settled.hash },
    };
    const person = this.#person(number);
    const history = historyDigest(person.record, addDays(this.#asOf, -1));
    const seals: Seal[] = [[1, head.seq, head.settled.seq, head.hash, head.settled.hash, history]];
    return [personLine(person), json({ seals }), settled.lines, chain.lines, json({ head }), standing].join(
      '',
    );
  }

  #person(number: number): MadePerson['person'] {
    const last = this.#digits(number);
    const { person } = this.#template;
    return { ...person, id: person.id.slice(0, 30) + last, no: `P${last}` };
  }

  #chain(name: string, links: readonly Blanks[], number: number): { lines: string; hash: string } {
    const digits = this.#digits(number);
    let lines = '';
    let hash = GENESIS_HASH;
    for (const blanks of links) {
      let text = '';
      for (const part of blanks) text += part === NUMBER ? digits : part === PREVIOUS ? hash : part;
      hash = createHash('sha256').update(text).digest('hex');
      lines += `{"${name}":${text},"hash":"${hash}"}\n`;
    }
    return { lines, hash };
  }

  #digits(number: number): string {
    return String(number).padStart(6, '0');
  }
}

/** The last line of a file over the lines before it. */
export function withEnd(lines: readonly string[], people: number): string[] {
  const count = (name: string): number => lines.filter((line) => line.startsWith(`{"${name}"`)).length;
  const [settlements, entries] = [count('settlement'), count('entry')];
  const sha256 = createHash('sha256').update(lines.join('')).digest('hex');
  return [...lines, json({ end: { people, settlements, entries, sha256 } })];
}

function personWithChain(
  chance: Chance,
  number: number,
  { sources }: { sources: number },
  asOf: string,
  versions: readonly Version[],
): MadePerson {
  const { person, made: madePerson } = personOf(chance, number, asOf);
  const entries: LedgerEntry[] = [];
  const settlements: SettlementRecord[] = [];
  let head = emptyChain();
  let made = 0;
  const append = (
    draft: Omit<LedgerEntry, 'id' | 'personId' | 'seq' | 'previousHash' | 'hash'>,
  ): LedgerEntry => {
    made += 1;
    const id = `${person.id.slice(0, 24)}${String(made).padStart(6, '0')}${person.id.slice(30)}`;
    const covered = { ...draft, id, personId: person.id, seq: head.seq + 1, previousHash: head.hash };
    const entry = { ...covered, hash: hashOf(covered) };
    entries.push(entry);
    head = {
      ...head,
      seq: entry.seq,
      hash: entry.hash,
      corrections: entry.correction ?? head.corrections,
    };
    return entry;
  };
  const steps = Array.from({ length: sources }, (_, index) => {
    const on = dayOf(chance, FIRST_DAY, 1_265);
    return { id: `S${number}-${index}`, on, recorded: addDays(on, 25 + chance.between(0, 3)) };
  });
  const late = steps
    .filter(() => chance.next() < 0.15)
    .map((step) => ({ ...step, recorded: [addDays(step.recorded, chance.between(1, 60)), asOf].sort()[0]! }));
  const standing = new Map<string, { source: FactSource; revision: number; entries: LedgerEntry[] }>();
  for (const step of [...steps, ...late].sort((a, b) =>
    a.recorded < b.recorded ? -1 : a.recorded > b.recorded ? 1 : 0,
  )) {
    const before = standing.get(step.id);
    const activities = activitiesOf(chance, step.id, step.on);
    const source = before?.source ?? activities[0]!.source;
    const own = activities.map((activity) => ({ ...activity, source }));
    const { regulation } = versions.findLast(
      ({ record }) => record.effectiveFrom <= lastDayOf(activities[0]!),
    )!;
    const reference = { id: regulation.id, version: regulation.version };
    const recordedAt = new Date(`${step.recorded}T04:00:00Z`);
    const today = toCivilDate(recordedAt);
    const factsDigest = digestOf(own);
    const result = settle(own, regulation, person);
    const revision = (before?.revision ?? 0) + 1;
    const moved = [...(before?.entries ?? []), ...result.entries].some((entry) =>
      isInClosedCycle(entry.occurredOn, regulation, person, today),
    );
    const stamp = { revision, correction: moved ? head.corrections + 1 : null, recordedAt, by: null };
    const reversals = (before?.entries ?? []).map(
      ({ id, personId: _p, seq: _s, previousHash: _h, hash: _own, ...entry }) =>
        append({ ...entry, ...stamp, amount: -entry.amount, reverses: id }),
    );
    const written = result.entries.map((entry) =>
      append({
        ...entry,
        source,
        regulation: reference,
        about: { ...entry.about },
        factsDigest,
        reverses: null,
        ...stamp,
      }),
    );
    standing.set(step.id, { source, revision, entries: written });
    const settlement = {
      id: `${step.id}/${revision}`,
      personId: person.id,
      seq: head.settled.seq + 1,
      source,
      regulation: reference,
      revision,
      title: '课',
      activities: plain(own),
      factsDigest,
      entryIds: [...reversals, ...written].map(({ id }) => id),
      correction: stamp.correction,
      refusals: plain(result.refusals),
      explanations: plain(result.explanations),
      recordedAt,
      previousHash: head.settled.hash,
    };
    const hash = hashOf(settlement);
    settlements.push({ ...settlement, hash });
    head = { ...head, settled: { seq: settlement.seq, hash } };
  }
  const views = entries.map(({ reverses, ...entry }): LedgerView => ({
    ...entry,
    recordedOn: toCivilDate(entry.recordedAt),
    ...(reverses === null ? {} : { reverses }),
  }));
  const { regulation } = versions.at(-1)!;
  const { earlier, targets } = evaluate(views, regulation, person, asOf);
  return {
    person: madePerson,
    settlements,
    entries,
    head,
    standing: json({
      standing: {
        asOf,
        regulation: { id: regulation.id, version: regulation.version },
        targets: [...earlier, ...targets].map((target) => ({
          target: target.target,
          from: target.cycle.from,
          to: target.cycle.to,
          state: target.state,
          makesUp: target.makesUp !== undefined,
          alternatives: target.alternatives,
        })),
      },
    }),
  };
}

const plain = (values: readonly object[]): Record<string, unknown>[] =>
  JSON.parse(JSON.stringify(values)) as Record<string, unknown>[];

const signed = (key: KeyObject, message: string): string =>
  sign(null, Buffer.from(message), key).toString('base64url');

/** The alliance office confirms a root. */
function countersigned(root: LedgerRoot, { privateKey }: { privateKey: KeyObject }): Countersignature {
  const x = privateKey.export({ format: 'jwk' }).x!;
  const content = {
    rootNumber: root.number,
    rootHash: rootHashOf(root),
    role: 'alliance' as const,
    baseId: null,
    keyId: keyIdOf(x),
    signedAt: new Date(`${root.day}T17:00:00Z`),
  };
  const signature = signed(privateKey, countersignatureMessage(content));
  return { ...content, x, signature, id: '', by: '', recordedAt: content.signedAt };
}

/** Roots at the end of the given days; half-way the key changes. All but the first of each three are countersigned. */
function sealed(
  people: readonly Pick<MadePerson, 'person' | 'entries' | 'settlements'>[],
  days: readonly string[],
  versions: readonly Version[],
) {
  const office = generateKeyPairSync('ed25519');
  const signatures: Countersignature[] = [];
  const pairs = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const keys = pairs.map(({ privateKey }, index) => {
    const x = privateKey.export({ format: 'jwk' }).x!;
    const announcer = pairs[0]!.privateKey;
    const content = {
      number: index + 1,
      keyId: keyIdOf(x),
      x,
      fromRoot: index === 0 ? 1 : Math.ceil(days.length / 2) + 1,
      announcedBy: keyIdOf(announcer.export({ format: 'jwk' }).x!),
      announcedAt: new Date(`${FIRST_DAY}T00:00:00Z`),
    };
    return { ...content, signature: signed(announcer, keyMessage(content)) };
  });
  const seals: Seal[][] = people.map(() => []);
  const covered: (SealedHead | null)[] = people.map(() => null);
  const roots: LedgerRoot[] = [];
  days.forEach((day, index) => {
    const number = index + 1;
    const historyDay = addDays(day, -1);
    people.forEach(({ person, entries, settlements }, at) => {
      const byThen = ({ recordedAt }: { recordedAt: Date }): boolean => toCivilDate(recordedAt) <= day;
      const last = settlements.findLast(byThen);
      const history = historyDigest(person.record, historyDay);
      if (!last || (covered[at]?.settled.seq === last.seq && covered[at].history === history)) return;
      const { seq, hash } = entries.findLast(byThen) ?? emptyChain();
      covered[at] = { personId: person.id, seq, hash, settled: { seq: last.seq, hash: last.hash }, history };
      seals[at]!.push([number, seq, last.seq, hash, last.hash, history]);
    });
    const heads = covered.filter((head) => head !== null);
    const which = keys.findLastIndex((key) => key.fromRoot <= number);
    const content = {
      number,
      day,
      size: heads.length,
      root: merkleRoot(heads),
      histories: {
        day: historyDay,
        root: historiesRoot(heads.map(({ personId, history = '' }) => ({ personId, history }))),
      },
      regulations: sealedRegulationsOf(versions.map(({ record }) => record)),
      countersigned: sealedCountersignaturesOf(signatures, roots),
      previousRootHash: roots.length === 0 ? GENESIS_HASH : rootHashOf(roots.at(-1)!),
      keyId: keys[which]!.keyId,
      signedAt: new Date(`${day}T16:05:00Z`),
    };
    const root = { id: '', ...content, signature: signed(pairs[which]!.privateKey, rootMessage(content)) };
    roots.push(root);
    if (number % 3 !== 1) signatures.push(countersigned(root, office));
  });
  const rootFile = (number: number): string => {
    const { id: _id, ...root } = roots[number - 1]!;
    const heads = people.flatMap(({ person }, at) => {
      const last = seals[at]!.findLast(([own]) => own <= number);
      return last ? [[person.id, last[1], last[3], last[2], last[4], person.no, last[5]]] : [];
    });
    return JSON.stringify({ root, keys: keys.filter(({ fromRoot }) => fromRoot <= number), heads });
  };
  return { keys, roots, signatures, seals, rootFile };
}
