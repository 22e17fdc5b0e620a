// Catalog search over HTTP, 32 clients: Chinese words, pinyin and initials over 100 courses and 1000 micro-lessons.
import { createDemonstration } from '@cadre/demo/demonstration';
import { BASELINE, printComparison, startBenchServer } from './bench-server';

const CLIENTS = 32;
const REQUESTS = 1_000;
const GOAL = 0.5;
const WORDS = ['垦荒', 'kenhuang', 'kh', '乡村振兴', 'xiangcun', '海岛', '治理', 'zl', '精神', '党建'];

await using server = await startBenchServer();
const { repositories } = server;
const demo = createDemonstration({ start: new Date('2026-11-18T00:00:00Z') });
await repositories.themes.insertMany(demo.themes);
await repositories.courses.insertMany(demo.courses);
await repositories.microLessons.insertMany(demo.microLessons, demo.courses);
const members = await server.addMembers(CLIENTS);
const cookieOf = (index: number): string => members[index % CLIENTS]!.cookie;

const callsOf = (procedure: string) =>
  Array.from({ length: REQUESTS }, (_, index) => {
    const input = JSON.stringify({ json: { text: WORDS[index % WORDS.length], page: 1, pageSize: 20 } });
    return {
      path: `/trpc/${procedure}?input=${encodeURIComponent(input)}`,
      method: 'GET' as const,
      cookie: cookieOf(index),
      body: null,
    };
  });
const bare = Array.from({ length: REQUESTS }, (_, index) => ({ ...BASELINE, cookie: cookieOf(index) }));

await server.load(CLIENTS, bare);
await server.load(CLIENTS, callsOf('catalog.searchCourses'));
const baseline = await server.load(CLIENTS, bare);
for (const procedure of ['catalog.searchCourses', 'catalog.searchMicroLessons'])
  printComparison(procedure, await server.load(CLIENTS, callsOf(procedure)), baseline, GOAL);
