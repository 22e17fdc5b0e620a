/** A worked example of the demonstration's regulation: facts of one person, and what each target must come to by hand. */
export interface DemoExample {
  readonly title: string;
  readonly facts: object;
  /** Per target and amount what is earned, in the measure's unit. */
  readonly earned: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly refused: number;
}

const clerk = { id: '甲', history: [{ from: '2020-01-01', postLevel: '乡科级副职' }] };
const session = (day: number, change: object = {}) => ({
  id: `课${day}`,
  kind: 'session',
  occurredOn: `2026-03-${String(day).padStart(2, '0')}`,
  mode: 'hall',
  days: 0.5,
  classHours: 4,
  heldMinutes: 150,
  presentMinutes: 150,
  ...change,
});
const lesson = (id: string, lengthMinutes: number, playedMinutes: number) => ({
  id,
  kind: 'lesson',
  occurredOn: '2026-04-01',
  subject: id,
  lengthMinutes,
  playedMinutes,
});
const facts = (activities: readonly object[], person: object = clerk) => ({
  asOf: '2026-12-31',
  person,
  activities,
});

/** What an officer would work out on paper before trusting the regulation, clause by clause. */
export const DEMO_EXAMPLES: readonly DemoExample[] = [
  {
    title: '第一条：现场半天，在场 96%',
    facts: facts([session(2, { presentMinutes: 144 })]),
    earned: { 'concentrated-year': { days: '0.5', hours: '4' } },
    refused: 0,
  },
  {
    title: '第二条：线上参加，只计学时',
    facts: facts([session(2, { mode: 'online' })]),
    earned: { 'concentrated-year': { days: '0', hours: '4' } },
    refused: 0,
  },
  {
    title: '第三条：同一天两节现场课，最多计 1 天',
    facts: facts([session(2, { id: '上午', days: 1 }), session(2, { id: '下午' })]),
    earned: { 'concentrated-year': { days: '1', hours: '8' } },
    refused: 0,
  },
  {
    title: '第四条：在场 79%，不计入',
    facts: facts([session(2, { heldMinutes: 100, presentMinutes: 79 })]),
    earned: { 'concentrated-year': { days: '0', hours: '0' } },
    refused: 1,
  },
  {
    title: '第七条：29 分钟的网络课程计 0.5 学时，30 分钟的计 1 学时',
    facts: facts([lesson('短课', 29, 29), lesson('长课', 30, 30)]),
    earned: { 'online-year': { 'online-hours': '1.5' } },
    refused: 0,
  },
  {
    title: '第九条：12 天就达标，不必再看学时',
    facts: facts(Array.from({ length: 12 }, (_, place) => session(place + 1, { days: 1, classHours: 7 }))),
    earned: { 'concentrated-year': { days: '12', hours: '84' } },
    refused: 0,
  },
];
