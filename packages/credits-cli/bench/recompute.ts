import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  evaluate,
  parseRegulation,
  settle,
  type Activity,
  type CreditPerson,
  type LedgerView,
} from '@cadre/domain/credit';

/**
 * The pure part of a recompute: settles five years of twelve activities a year and evaluates each year at its end, person
 * after person, under the demonstration regulation; every third person was at sessions alone and meets the targets.
 * `pnpm bench [people …]`, in this package, prints time and memory for each number of people.
 */
const YEARS = [2023, 2024, 2025, 2026, 2027];
const counts = process.argv.slice(2).map(Number);

const text = readFileSync('../demo/regulations/demo-2026.json', 'utf8');
const parsed = parseRegulation(text);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
const { regulation } = parsed;

function activityOf(person: number, year: number, month: number): Activity {
  const id = `${person}-${year}-${month}`;
  const occurredOn = `${year}-${String(month).padStart(2, '0')}-${String(1 + (person % 28)).padStart(2, '0')}`;
  return month % 2 === 0 || person % 3 === 0
    ? {
        id,
        source: { kind: 'session', id },
        kind: 'session',
        occurredOn,
        mode: person % 5 === 0 ? 'online' : 'hall',
        halfDays: 2,
        classHours: 8,
        heldMinutes: 360,
        presentMinutes: 240 + ((person * 7 + month) % 120),
      }
    : {
        id,
        source: { kind: 'lesson', id },
        kind: 'lesson',
        occurredOn,
        subject: id,
        lengthMinutes: 5 + ((person + month) % 50),
        playedMinutes: 5 + ((person + month) % 50),
      };
}

function recompute(index: number): number {
  const person: CreditPerson = {
    id: `p${index}`,
    history: [{ from: '2020-01-01', grade: index % 4 === 0 ? 'researcher-4' : 'principal-1' }],
  };
  const entries: LedgerView[] = [];
  let met = 0;
  for (const year of YEARS) {
    for (let month = 1; month <= 12; month += 1) {
      const activity = activityOf(index, year, month);
      for (const entry of settle([activity], regulation, person).entries)
        entries.push(Object.assign(entry, { recordedOn: entry.occurredOn }));
    }
    const { targets } = evaluate(entries, regulation, person, `${year}-12-31`);
    met += targets.filter((target) => target.met).length;
  }
  return met;
}

const cores = availableParallelism();
console.log(`people × 5 years × 12 activities, one thread (${cores} cores)`);
for (const people of counts.length > 0 ? counts : [1_000, 10_000, 100_000]) {
  const before = process.cpuUsage();
  let met = 0;
  let peak = 0;
  for (let index = 0; index < people; index += 1) {
    met += recompute(index);
    if (index % 1_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  const used = process.cpuUsage(before);
  const seconds = (used.user + used.system) / 1e6;
  console.log(
    [
      `${people} people`,
      `${people * 60} activities`,
      `${seconds.toFixed(1)} s CPU`,
      `${((seconds * 1000) / people).toFixed(3)} ms a person`,
      `${(seconds / cores).toFixed(1)} s a core`,
      `heap at most ${Math.round(peak / 1024 / 1024)} MB`,
      `${met} targets met`,
    ].join(' · '),
  );
}
