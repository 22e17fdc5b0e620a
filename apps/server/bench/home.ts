// What a learner's first page asks for (the rings) over HTTP, 32 clients, while another process's entries must show at once.
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { createRepositories, createServices } from '@cadre/api/container';
import type { Activity } from '@cadre/domain/credit';
import { BASELINE, printComparison, startBenchServer } from './bench-server';

const CLIENTS = 32;
const REQUESTS = 1_000;
const LESSONS = 40;
const GOAL = 0.3;

await using server = await startBenchServer();
const { repositories, services } = server;
const members = await server.addMembers(CLIENTS);
const { unitId } = await repositories.people.getById(members[0]!.actor.personId);
await services.regulation.importApproved(DEMO_REGULATION_TEXT, unitId);
const today = new Date().toISOString().slice(0, 10);

const lessons = (personId: string, sourceId: string, count: number) => {
  const source = { kind: 'lesson', id: `${sourceId}-${personId}` };
  return {
    personId,
    title: '网络学院学习记录',
    source,
    activities: Array.from({ length: count }, (_, index): Activity => {
      const id = `${source.id}-${index + 1}`;
      const played = { lengthMinutes: 45, playedMinutes: 45, completed: true };
      return { id, source, kind: 'lesson', occurredOn: today, subject: id, title: '网络课程', ...played };
    }),
  };
};
await services.recordedFact.record(
  members.map(({ actor }) => lessons(actor.personId, 'before', LESSONS)),
  null,
);

const cookieOf = (index: number): string => members[index % CLIENTS]!.cookie;
const home = Array.from({ length: REQUESTS }, (_, index) => ({
  path: '/trpc/credit.myStandings',
  method: 'GET' as const,
  cookie: cookieOf(index),
  body: null,
}));
const bare = Array.from({ length: REQUESTS }, (_, index) => ({ ...BASELINE, cookie: cookieOf(index) }));

await server.load(CLIENTS, bare);
await server.load(CLIENTS, home);
const baseline = await server.load(CLIENTS, bare);
printComparison('credit.myStandings', await server.load(CLIENTS, home), baseline, GOAL);

// Another process (services that share nothing with the server's but the database) writes: the next answer has it.
const other = createServices(server.database, createRepositories(server.database), server.ports);
const reader = members[0]!;
const hours = async (): Promise<number> => {
  const { standings } = await services.statement.myStandings(reader.actor);
  const leaves = standings
    .flatMap(({ targets }) => targets)
    .flatMap(({ alternatives }) => alternatives.flat());
  return (leaves.find(({ measure }) => measure === 'online-hours')?.earned ?? 0) / 10_000;
};
const before = await hours();
await other.recordedFact.record([lessons(reader.actor.personId, 'after', 3)], null);
const after = await hours();
console.log(
  `entries of another process: ${before} → ${after} hours, ${after === before + 3 ? 'not stale' : 'STALE'}`,
);
if (after !== before + 3) process.exitCode = 1;
