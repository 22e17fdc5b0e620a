import type { Chance } from '@cadre/demo/chance';
import { canonicalJson, hashOf, type LedgerEntry } from '@cadre/domain/ledger';
import { withEnd, type MadeExport, type MadePerson } from './make-export';

const lineOf = ({ hash, ...covered }: LedgerEntry): string =>
  `{"entry":${canonicalJson(covered)},"hash":"${hash}"}\n`;
const rehashed = (entry: LedgerEntry): LedgerEntry => ({ ...entry, hash: hashOf(entry) });

/** What was done to which entry of whom (null: to a regulation), and the file afterwards: complete, with an end that fits. */
export interface Corruption {
  what: string;
  person: string | null;
  seqs: number[];
  lines: string[];
}

const KINDS = [
  'changed',
  'byte',
  'removed',
  'duplicated',
  'forged',
  'swapped',
  'cut',
  'rewritten',
  'facts',
  'regulation',
] as const;

/** Does one random harm to the sealed part of one chain, or to the text of a regulation, as somebody would who then makes the rest of the file fit. */
export function corrupt(
  { lines, people }: MadeExport,
  sealedSeq: readonly number[],
  chance: Chance,
): Corruption {
  const candidates = people.map((_, index) => index).filter((index) => sealedSeq[index]! >= 3);
  const index = chance.pick(candidates);
  const victim = people[index]!;
  const at = chance.between(0, sealedSeq[index]! - 2);
  const seq = at + 1;
  const kind = chance.pick(KINDS);
  const body = lines.slice(0, -1);
  const place = body.indexOf(lineOf(victim.entries[at]!));
  const done = (seqs: number[]): Corruption => ({
    what: kind,
    person: victim.person.no,
    seqs,
    lines: withEnd(body, people.length),
  });
  const entry = victim.entries[at]!;
  const amount = entry.amount + chance.between(1, 9) * 1_000;
  switch (kind) {
    case 'changed':
      body[place] = lineOf({ ...entry, amount });
      return done([seq]);
    case 'byte': {
      const line = Buffer.from(body[place]!);
      const byte = chance.between(9, line.length - 3);
      line[byte] = line[byte]! === 48 ? 49 : 48;
      body[place] = line.toString('latin1') === body[place] ? line.toString() : Buffer.from(line).toString();
      return done([seq]);
    }
    case 'removed':
      body.splice(place, 1);
      return done([seq]);
    case 'duplicated':
      body.splice(place + 1, 0, body[place]!);
      return done([seq]);
    case 'forged':
      body.splice(place + 1, 0, lineOf(rehashed({ ...entry, amount })));
      return done([seq]);
    case 'swapped':
      [body[place], body[place + 1]] = [body[place + 1]!, body[place]!];
      return done([seq, seq + 1]);
    case 'cut':
      replaceChain(body, victim, victim.entries.slice(0, at));
      return done([seq]);
    case 'rewritten': {
      const chain = victim.entries.slice(0, at);
      for (const old of victim.entries.slice(at)) {
        const previousHash = chain.at(-1)?.hash ?? entry.previousHash;
        chain.push(rehashed({ ...old, previousHash, amount: old.seq === seq ? amount : old.amount }));
      }
      replaceChain(body, victim, chain);
      return done(Array.from({ length: victim.entries.length - at }, (_, step) => seq + step));
    }
    case 'facts': {
      const own = body.findIndex(
        (line) => line.startsWith('{"settlement"') && line.includes(entry.factsDigest),
      );
      body[own] = body[own]!.replace(/"(classHours|playedMinutes|passed|days)":/, '"other":');
      return done([seq]);
    }
    case 'regulation': {
      const own = body.findIndex((line) => line.startsWith('{"regulation"'));
      const { regulation } = JSON.parse(body[own]!) as { regulation: { text: string } };
      const [digit, at] = chance.pick(
        Array.from(regulation.text.matchAll(/\d/g), (match) => [match[0], match.index] as const),
      );
      const text = `${regulation.text.slice(0, at)}${(Number(digit) + 1) % 10}${regulation.text.slice(at + 1)}`;
      body[own] = `${JSON.stringify({ regulation: { ...regulation, text } })}\n`;
      return { ...done([]), person: null };
    }
  }
}

function replaceChain(body: string[], victim: MadePerson, chain: readonly LedgerEntry[]): void {
  const first = body.indexOf(lineOf(victim.entries[0]!));
  const last = chain.at(-1);
  const head = `${JSON.stringify({ head: { seq: chain.length, hash: last?.hash ?? '0'.repeat(64) } })}\n`;
  body.splice(first, victim.entries.length + 1, ...chain.map(lineOf), head);
}
