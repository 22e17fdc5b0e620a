import type { Chance } from '@cadre/demo/chance';
import {
  emptyChain,
  historyDigest,
  type ChainEnd,
  type LedgerEntry,
  type RegulationRecord,
  type SettlementRecord,
} from '@cadre/domain/ledger';
import {
  headLine,
  linkLine,
  personLine,
  regulationLine,
  withEnd,
  type MadeExport,
  type MadePerson,
} from './make-export';
import { REDONE, redo } from './corrupt-redone';
import { rehashed, type Link } from './redo';

type Chain = 'entry' | 'settlement';

/**
 * What was done, to which entries or settlements of whom (null: to no person), and the file afterwards: complete, with
 * an end that fits.
 */
export interface Corruption {
  what: string;
  person: string | null;
  chain: Chain;
  places: number[];
  /** Line of the file, where the harm lies in no chain. */
  line: number;
  lines: string[];
}

const CHAIN_KINDS = [
  'changed',
  'byte',
  'removed',
  'duplicated',
  'forged',
  'swapped',
  'cut',
  'rewritten',
  'resealed',
];
/** What can be done; the facts are a settlement's. */
export const HARMS = [
  ...CHAIN_KINDS.flatMap((kind) => [`entry ${kind}`, `settlement ${kind}`]),
  'settlement facts',
  'settlement refusals',
  'regulation text',
  'regulation column',
  'countersignature changed',
  'countersignature removed',
  'countersignature duplicated',
  'history row',
  'history day',
  'history removed',
  'history added',
  'history resealed',
  ...REDONE,
];

/** Does a harm somewhere in the sealed part of a ledger, as somebody would who then makes the rest of the file fit. */
export function corrupt(
  what: string,
  made: MadeExport,
  sealed: readonly { entries: number; settlements: number }[],
  chance: Chance,
): Corruption {
  if (REDONE.includes(what)) return redo(what, made, sealed, chance);
  const [subject, kind] = what.split(' ') as [string, string];
  const body = made.lines.slice(0, -1);
  const place =
    subject === 'regulation'
      ? harmRegulation(body, kind, chance)
      : subject === 'countersignature'
        ? harmCountersignature(body, kind, chance)
        : subject === 'history'
          ? harmHistory(made, sealed, kind, body, chance)
          : harmChain(made, sealed, subject as Chain, kind, body, chance);
  return { what, ...place, lines: withEnd(body, made.people.length) };
}

type Place = Omit<Corruption, 'what' | 'lines'>;
const inNoChain = (at: number): Place => ({ person: null, chain: 'entry', places: [], line: at + 1 });

function harmRegulation(body: string[], kind: string, chance: Chance): Place {
  const own = body.findIndex((line) => line.startsWith('{"regulation"'));
  const { regulation } = JSON.parse(body[own]!) as { regulation: RegulationRecord };
  if (kind === 'column') {
    const columns: Partial<RegulationRecord>[] = [
      { unitId: 'another' },
      { effectiveFrom: '2024-01-01' },
      { effectiveTo: '2026-12-31' },
      { state: 'draft' },
      { recordedAt: new Date('2022-01-01T00:00:00Z') },
    ];
    body[own] = regulationLine(chance.pick(columns));
    return inNoChain(own);
  }
  const [digit, at] = chance.pick(
    Array.from(regulation.text.matchAll(/\d/g), (match) => [match[0], match.index] as const),
  );
  const text = `${regulation.text.slice(0, at)}${(Number(digit) + 1) % 10}${regulation.text.slice(at + 1)}`;
  body[own] = regulationLine({ text });
  return inNoChain(own);
}

/** Of a countersignature that a later root lists. */
function harmCountersignature(body: string[], kind: string, chance: Chance): Place {
  const all = body.flatMap((line, at) => (line.startsWith('{"countersignature"') ? [at] : []));
  const at = chance.pick(all.slice(0, -1));
  const line = body[at]!;
  if (kind === 'removed') body.splice(at, 1);
  else if (kind === 'duplicated') body.splice(at, 0, line);
  else
    body[at] = chance.pick([
      line.replace(/"signedAt":"2/, '"signedAt":"1'),
      line.replace(/"rootNumber":(\d+)/, (_, number: string) => `"rootNumber":${Number(number) + 1}`),
      line.replace(/"role":"alliance"/, '"role":"base"'),
      line.replace(/("signature":".)./, (_, start: string) => `${start}_`),
    ]);
  return inNoChain(at);
}

/** Of somebody whom a root covers: a row that was known from the first day is another, unknown until much later, gone, or new. */
function harmHistory(
  { people, roots }: MadeExport,
  sealed: readonly { settlements: number }[],
  kind: string,
  body: string[],
  chance: Chance,
): Place {
  const { person } =
    people[chance.pick(people.map((_, at) => at).filter((at) => sealed[at]!.settlements > 0))]!;
  const { affiliations, posts, grades } = person.record;
  const [post, ...others] = posts;
  const rows = {
    row: {
      posts: [
        { ...post!, ...chance.pick([{ postLevel: 'bureau-head' }, { from: '2021-01-01' }]) },
        ...others,
      ],
    },
    day: { posts: [{ ...post!, recordedOn: '2099-01-01' }, ...others] },
    removed: { affiliations: affiliations.slice(1) },
    added: { grades: [...grades, { grade: 'researcher-1', from: '2022-01-01', to: null }] },
    resealed: { posts: [{ ...post!, postLevel: 'bureau-head' }, ...others] },
  }[kind]!;
  const record = { ...person.record, ...rows };
  const at = body.indexOf(personLine(person));
  body[at] = personLine({ ...person, record });
  if (kind === 'resealed') {
    const { seals } = JSON.parse(body[at + 1]!) as { seals: [root: number, ...unknown[]][] };
    const anew = seals.map((row) => [
      ...row.slice(0, 5),
      historyDigest(record, roots[row[0] - 1]!.histories!.day),
    ]);
    body[at + 1] = `${JSON.stringify({ seals: anew })}\n`;
  }
  return { person: person.no, chain: 'entry', places: [], line: at + 1 };
}

/** The chain with another link in its place, and all hashes from it on made anew. */
function rechained(links: readonly Link[], changed: Link): Link[] {
  const chain: Link[] = [];
  for (const link of links) {
    const own = link.seq === changed.seq ? changed : link;
    chain.push(
      link.seq < changed.seq
        ? link
        : rehashed({ ...own, previousHash: chain.at(-1)?.hash ?? link.previousHash }),
    );
  }
  return chain;
}

/** Makes the ends that were recorded with the roots fit another chain. */
function reseal(body: string[], links: readonly Link[], other: readonly Link[]): void {
  const hashes = new Map(links.map(({ hash }, index) => [hash, other[index]!.hash]));
  body.forEach((line, at) => {
    if (line.startsWith('{"seals"')) body[at] = line.replace(/\w{64}/g, (hash) => hashes.get(hash) ?? hash);
  });
}

/** A file in which somebody's entry was changed, and everything after it made to fit; `alsoRecords`: the seals' ends too. */
export function rewrite(
  { lines, people }: MadeExport,
  victim: MadePerson,
  seq: number,
  change: Partial<LedgerEntry>,
  alsoRecords: boolean,
): string[] {
  const body = lines.slice(0, -1);
  const other = rechained(victim.entries, { ...victim.entries[seq - 1]!, ...change });
  const begin = body.indexOf(linkLine('entry', victim.entries[0]!));
  body.splice(begin, other.length, ...other.map((link) => linkLine('entry', link)));
  body[body.indexOf(headLine(victim.head))] = headLine({ ...victim.head, hash: other.at(-1)!.hash });
  if (alsoRecords) reseal(body, victim.entries, other);
  return withEnd(body, people.length);
}

/** So that an amount, or what was found of the facts, is another. */
const altered = (link: Link, chance: Chance): Link =>
  'amount' in link
    ? { ...link, amount: link.amount + chance.between(1, 9) * 1_000 }
    : { ...link, revision: link.revision + chance.between(1, 9) };

function harmChain(
  { people }: MadeExport,
  sealed: readonly { entries: number; settlements: number }[],
  chain: Chain,
  kind: string,
  body: string[],
  chance: Chance,
): Place {
  const sealedTo = (index: number): number => sealed[index]![chain === 'entry' ? 'entries' : 'settlements'];
  const index = chance.pick(people.map((_, one) => one).filter((one) => sealedTo(one) >= 3));
  const victim = people[index]!;
  const links: readonly Link[] = chain === 'entry' ? victim.entries : victim.settlements;
  const lineOf = (one: Link): string => linkLine(chain, one);
  const at = chance.between(0, sealedTo(index) - 2);
  const seq = at + 1;
  const link = links[at]!;
  const place = body.indexOf(lineOf(link));
  const done = (...places: number[]): Place => ({ person: victim.person.no, chain, places, line: place + 1 });
  const replaceChain = (kept: readonly Link[]): void => {
    const end: ChainEnd = kept.at(-1) ?? emptyChain();
    const { seq: length, hash } = end;
    body.splice(body.indexOf(lineOf(links[0]!)), links.length, ...kept.map(lineOf));
    const head =
      chain === 'entry'
        ? { ...victim.head, seq: length, hash }
        : { ...victim.head, settled: { seq: length, hash } };
    body[body.indexOf(headLine(victim.head))] = headLine(head);
  };
  switch (kind) {
    case 'changed':
      body[place] = lineOf(altered(link, chance));
      return done(seq);
    case 'byte': {
      const line = Buffer.from(body[place]!);
      const byte = chance.between(chain === 'entry' ? 9 : 14, line.length - 3);
      line[byte] = line[byte]! === 48 ? 49 : 48;
      body[place] = line.toString();
      return done(seq);
    }
    case 'removed':
      body.splice(place, 1);
      return done(seq);
    case 'duplicated':
      body.splice(place + 1, 0, body[place]!);
      return done(seq);
    case 'forged':
      body.splice(place + 1, 0, lineOf(rehashed(altered(link, chance))));
      return done(seq);
    case 'swapped':
      [body[place], body[place + 1]] = [body[place + 1]!, body[place]!];
      return done(seq, seq + 1);
    case 'cut':
      replaceChain(links.slice(0, at));
      return done(seq);
    case 'rewritten':
    case 'resealed': {
      const other = rechained(links, altered(link, chance));
      replaceChain(other);
      if (kind === 'resealed') reseal(body, links, other);
      return done(...links.slice(at).map((one) => one.seq));
    }
    case 'refusals': {
      const record = link as SettlementRecord;
      body[place] = lineOf({
        ...record,
        refusals: record.refusals.length > 0 ? [] : [{ activity: '', reason: 'no-rule-fits' }],
      });
      return done(seq);
    }
    default:
      body[place] = body[place]!.replace(/"(classHours|playedMinutes|passed|days)":/, '"other":');
      return done(seq);
  }
}
