// The flip preview of a draft, end to end: 10 000 people (or as many as are given), twelve activities each in the last
// cycle. Beside it, what merely reading the same facts takes in the same run; a loaded machine slows both alike.
import { readFileSync } from 'node:fs';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { PersonActor } from '@cadre/domain/access';
import { parseRegulation, settle, type Activity, type CreditPerson } from '@cadre/domain/credit';
import type { Person, Unit } from '@cadre/domain/identity';
import { digestOf, GENESIS_HASH, hashOf, type SettlementRecord } from '@cadre/domain/ledger';
import type { RegulationDraft } from '@cadre/domain/regulation';
import { systemClock } from '../src/clocks';
import { jobHandlers } from '../src/jobs/job-handlers';
import { startJobRunner } from '../src/jobs/job-runner';
import { startBenchServer } from './bench-server';

const PEOPLE = Number(process.argv[2] ?? 10_000);
const UNITS = 50;
const GOAL_SECONDS = 10;
const BATCH = 100;

await using server = await startBenchServer();
const { repositories, services, newId } = server;
const year = systemClock.now().getUTCFullYear() - 1;
const parsed = parseRegulation(DEMO_REGULATION_TEXT);
if (!parsed.ok) throw new Error('the demonstration’s regulation cannot be read');
const { regulation } = parsed;

const unitOf = (code: string, parent: Unit | null): Unit => {
  const id = newId();
  const path = [...(parent?.path ?? []), id];
  const name = { zh: `单位${code}`, en: `Unit ${code}` };
  return { id, code, name, kind: 'organ', parentId: parent?.id ?? null, path, demo: false };
};
const top = unitOf('B', null);
const units = Array.from({ length: UNITS }, (_, index) => unitOf(`B${index}`, top));
for (const unit of [top, ...units]) await repositories.units.insert(unit);
await services.regulation.importApproved(DEMO_REGULATION_TEXT, top.id);

const personOf = (index: number): Person => {
  const unit = units[index % UNITS]!;
  return {
    id: newId(),
    personNo: `B${String(index).padStart(6, '0')}`,
    name: `学员${index}`,
    birthDate: '1985-05-05',
    unitId: unit.id,
    unitPath: unit.path,
    affiliations: [{ unitId: unit.id, kind: 'home', from: '2020-01-01', to: null }],
    posts: [
      {
        postLevel: index % 4 === 0 ? '县处级副职' : '乡科级正职',
        title: '科长',
        from: '2020-01-01',
        to: null,
      },
    ],
    grades: [],
    status: 'active',
    demo: false,
  };
};

function activityOf(index: number, month: number): Activity {
  const id = newId();
  const occurredOn = `${year}-${String(month).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
  const lengthMinutes = 5 + ((index + month) % 50);
  return month % 2 === 0
    ? {
        id,
        source: { kind: 'session', id },
        kind: 'session',
        occurredOn,
        title: '现场教学课',
        classId: newId(),
        mode: index % 5 === 0 ? 'online' : 'hall',
        halfDays: 4,
        classHours: 16,
        totalHours: 16,
        heldMinutes: 360,
        presentMinutes: 270 + ((index * 7 + month) % 90),
      }
    : {
        id,
        source: { kind: 'lesson', id },
        kind: 'lesson',
        occurredOn,
        title: '网络课程',
        subject: id,
        lengthMinutes,
        playedMinutes: lengthMinutes,
        completed: true,
      };
}

const plain = (values: readonly unknown[]) => JSON.parse(JSON.stringify(values)) as Record<string, unknown>[];
const recordOf = (person: Person, activity: Activity, seq: number): SettlementRecord => {
  const credited: CreditPerson = {
    id: person.id,
    history: [{ from: '2020-01-01', postLevel: '乡科级正职' }],
  };
  const { refusals, explanations } = settle([activity], regulation, credited);
  const record = {
    id: newId(),
    personId: person.id,
    seq,
    source: { ...activity.source },
    regulation: { id: regulation.id, version: regulation.version },
    revision: 1,
    title: activity.title ?? '',
    activities: plain([activity]),
    factsDigest: digestOf([activity]),
    entryIds: [],
    correction: null,
    refusals: plain(refusals),
    explanations: plain(explanations),
    recordedAt: systemClock.now(),
    // The preview reads facts, no chains.
    previousHash: GENESIS_HASH,
  };
  return { ...record, hash: hashOf(record) };
};

const people = Array.from({ length: PEOPLE }, (_, index) => personOf(index));
for (let start = 0; start < PEOPLE; start += BATCH) {
  const group = people.slice(start, start + BATCH);
  await repositories.people.insertMany(group.map((person) => ({ person, idCardHash: null })));
  const settlements = group.flatMap((person, offset) =>
    Array.from({ length: 12 }, (_, month) =>
      recordOf(person, activityOf(start + offset, month + 1), month + 1),
    ),
  );
  await server.database.transaction((tx) =>
    repositories.ledger.append({ settlements, entries: [], moves: [] }, tx),
  );
}
console.log(`${PEOPLE} people with ${PEOPLE * 12} activities of ${year} are loaded`);

/** The next version: presence from 80 to 90 percent, 12 days to 10. */
const changed = DEMO_REGULATION_TEXT.replaceAll('"4/5"', '"9/10"').replace('"atLeast": 12', '"atLeast": 10');
const text = JSON.stringify({
  ...(JSON.parse(changed) as object),
  version: 2,
  effective: { from: `${year + 2}-01-01` },
});
const draft: RegulationDraft = {
  id: newId(),
  code: regulation.id,
  version: 2,
  unitId: top.id,
  state: 'draft',
  text,
  authorId: people[0]!.id,
  writtenAt: systemClock.now(),
  remark: '',
  decidedBy: null,
  decidedAt: null,
  revision: 0,
};
await server.database.transaction((tx) => repositories.regulationDrafts.tryInsert(draft, tx));
const officer: PersonActor = {
  kind: 'person',
  personId: draft.authorId,
  accountId: newId(),
  grants: [{ id: newId(), role: 'organisation-officer', scope: { kind: 'unit', unitId: top.id } }],
};

interface Spent {
  wall: number;
  cpu: number;
  waiting: number;
}
/** Seconds of wall time and of this process’s CPU, and how many others wanted a core meanwhile. */
async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  const waiting = Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
  return { wall: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6, waiting };
}

const readAll = async () => {
  let after: string | null = null;
  for (;;) {
    const group: Person[] = await repositories.people.listActiveAfter(top.id, after, BATCH);
    if (group.length === 0) return;
    after = group.at(-1)!.personNo;
    const facts = await repositories.ledger.factsByPerson(group.map(({ id }) => id));
    for (const _ of facts);
  }
};

await readAll();
const bare = await spent(readAll);
const runner = startJobRunner({
  jobs: repositories.jobs,
  systemClock,
  handlers: jobHandlers(services),
  onError: (error) => console.error(error),
});
const full = await spent(async () => {
  const { id } = await services.regulationPreview.start(officer, { draftId: draft.id, basis: 'last' });
  while ((await repositories.previews.findRun(id))?.state === 'running') await runner.drain();
});
await runner.stop();
const { result } = await services.regulationPreview.read(officer, draft.id);
if (result?.peopleDone !== PEOPLE) throw new Error('the preview has not gone through everybody');
const say = ({ wall, cpu }: Spent): string => `${wall.toFixed(1)} s of wall, ${cpu.toFixed(1)} s of CPU`;
console.log(
  [
    `preview of ${PEOPLE} people: ${say(full)} (goal ≤ ${GOAL_SECONDS} s of wall on two idle cores)`,
    `reading the same facts alone: ${say(bare)}`,
    `ratio ${(full.wall / bare.wall).toFixed(2)} of wall, ${(full.cpu / bare.cpu).toFixed(2)} of CPU`,
    `load average ${full.waiting}`,
    `changes ${JSON.stringify(Object.fromEntries(Object.entries(result.tallies).map(([kind, { people: those }]) => [kind, those])))}`,
  ].join('\n'),
);
