// Check-in into one session over HTTP, 64 connections, each person once, against an empty authenticated procedure.
import { addLiveScene } from '@cadre/api/testing';
import type { Member } from '../src/testing/members';
import { BASELINE, mergeReports, printComparison, startBenchServer, type Measured } from './bench-server';

const CONNECTIONS = 64;
const PEOPLE = 1_000;
const WAVE = 250;
const GOAL = 0.4;

await using server = await startBenchServer();
const { repositories, services, newId } = server;
const [host, ...members] = (await server.addMembers(PEOPLE + 1)) as [Member, ...Member[]];
const scene = await addLiveScene(repositories, newId, {
  session: { startsAt: new Date() },
  trainingClass: { classTeacherIds: [host.actor.personId] },
});
await scene.seat(members.map(({ actor }) => actor.personId));
const sessionId = scene.session.id;
await services.room.open(host.actor, sessionId);

const bare = members.map(({ cookie }) => ({ ...BASELINE, cookie }));
await server.load(CONNECTIONS, bare);
const baseline = await server.load(CONNECTIONS, bare);

// In waves, each with the code of its moment: one code holds for twenty seconds at least.
const waves: Measured[] = [];
for (let start = 0; start < members.length; start += WAVE) {
  const { code } = await services.room.hall(host.actor, sessionId);
  const token = code?.link.split('/').at(-1);
  const body = JSON.stringify({ json: { sessionId, proof: { kind: 'qr', token } } });
  const calls = members
    .slice(start, start + WAVE)
    .map(({ cookie }) => ({ path: '/trpc/live.checkIn', method: 'POST' as const, cookie, body }));
  waves.push(await server.load(CONNECTIONS, calls));
}
const measured = mergeReports(waves);
printComparison('check-in', measured, baseline, GOAL);

const events = await repositories.roomEvents.listBySession(sessionId);
const people = new Set(
  events.flatMap(({ body: event }) => (event.type === 'checked-in' ? [event.personId] : [])),
);
console.log(
  `checked in ${people.size} of ${members.length}, events ${events.length} (one opening), last number ${events.at(-1)?.seq ?? 0}`,
);
if (people.size !== members.length || events.length !== members.length + 1) process.exitCode = 1;
