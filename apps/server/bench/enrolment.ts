// Enrolment into one class over HTTP, 64 connections, each person once, against an empty authenticated procedure.
import { addLiveScene } from '@cadre/api/testing';
import { BASELINE, printComparison, startBenchServer } from './bench-server';

const CONNECTIONS = 64;
const PEOPLE = 1_500;
const SEATS = 200;
const GOAL = 0.4;
const HOUR_MILLIS = 3_600_000;

await using server = await startBenchServer();
const { repositories, services, newId } = server;
const members = await server.addMembers(PEOPLE);
const openClass = async (): Promise<string> => {
  const { trainingClass } = await addLiveScene(repositories, newId, {
    session: { startsAt: new Date(Date.now() + 96 * HOUR_MILLIS) },
    trainingClass: { capacity: SEATS },
  });
  return trainingClass.id;
};
const callsOf = (classId: string, count: number) =>
  members.slice(0, count).map(({ cookie }) => ({
    path: '/trpc/enrollment.enroll',
    method: 'POST' as const,
    cookie,
    body: JSON.stringify({ json: { classId } }),
  }));
const bare = members.map(({ cookie }) => ({ ...BASELINE, cookie }));

await server.load(CONNECTIONS, bare);
await server.load(CONNECTIONS, callsOf(await openClass(), 300));
const baseline = await server.load(CONNECTIONS, bare);
const classId = await openClass();
printComparison('enrolment', await server.load(CONNECTIONS, callsOf(classId, PEOPLE)), baseline, GOAL);

const { seatsTaken, waiting } = await repositories.classes.getById(classId);
const mismatches = await services.seats.mismatches([classId]);
const oversold = Math.max(0, seatsTaken - SEATS);
console.log(
  `${seatsTaken} of ${SEATS} seats, ${waiting} waiting, ${oversold} oversold, ${mismatches.length} mismatches`,
);
if (oversold > 0 || mismatches.length > 0 || seatsTaken + waiting !== PEOPLE) process.exitCode = 1;
