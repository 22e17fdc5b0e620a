import { settleAll } from '../reading/facts';
import type { Activity } from '../person/activity';
import { evaluate, type Evaluation } from '../evaluation/evaluate';
import { parseRegulation } from '../reading/regulation';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { settle, type Settlement } from '../settlement/settle';

/** A small regulation to build on: one measure, one rule that counts class hours, one calendar year. */
const base = {
  format: 1,
  id: 'sample',
  version: 1,
  title: '样本办法',
  source: { issuer: '样本', title: '样本办法', grade: 'M' },
  effective: { from: '2020-01-01' },
  clauses: { 一: '第一条的内容。', 二: '第二条的内容。', 三: '第三条的内容。' },
  measures: { hours: '学时' },
  kinds: { class: '培训', talk: '讲座' },
  cycles: { year: { from: '2020-01-01', months: 12 } },
  earn: [
    { id: 'class', clause: '一', kinds: 'class', earns: [{ measure: 'hours', rate: 1, of: 'classHours' }] },
  ],
};

/** The text of a sample regulation with other sections. */
export const sampleText = (sections: object = {}): string => JSON.stringify({ ...base, ...sections });

/** A sample regulation; an error in it fails the test. */
export function sample(sections: object = {}): Regulation {
  const parsed = parseRegulation(sampleText(sections));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors, null, 2));
  return parsed.regulation;
}

/** A sample with one target of the year: 12 hours, if nothing else is said. */
export const target = (more: object = {}, sections: object = {}): Regulation =>
  sample({
    ...sections,
    targets: [
      {
        id: 't',
        name: '年度任务',
        clause: '一',
        cycle: 'year',
        needs: { measure: 'hours', atLeast: 12 },
        ...more,
      },
    ],
  });

/** A sample whose only rule values the kind `class` so. */
export const earning = (worth: object, rule: object = {}, sections: object = {}): Regulation =>
  sample({
    ...sections,
    earn: [{ id: 'class', clause: '一', kinds: 'class', earns: [{ measure: 'hours', ...worth }], ...rule }],
  });

export const anyone: CreditPerson = { id: 'p', history: [] };

let serial = 0;
/** An activity of kind `class` on one day of 2024, its own source. */
export function activity(facts: Partial<Activity> = {}): Activity {
  serial += 1;
  const id = facts.id ?? `a${String(serial).padStart(5, '0')}`;
  const dated = (facts.from ?? facts.dates) ? {} : { occurredOn: '2024-05-10' };
  return { id, source: { kind: 'class', id }, kind: 'class', ...dated, ...facts };
}

export const settled = (facts: Partial<Activity>, regulation: Regulation, person = anyone): Settlement =>
  settle([activity(facts)], regulation, person);

/** The amounts that one activity earns, in ten-thousandths. */
export const amountsOf = (facts: Partial<Activity>, regulation: Regulation, person = anyone): number[] =>
  settled(facts, regulation, person).entries.map((entry) => entry.amount);

/** Settles every activity and evaluates. */
export function evaluated(
  activities: readonly Activity[],
  regulation: Regulation,
  asOf = '2024-12-31',
  person: CreditPerson = anyone,
): Evaluation {
  return evaluate(settleAll(activities, regulation, person).entries, regulation, person, asOf);
}

/** Activities of so many class hours on consecutive days of a month. */
export const classes = (month: string, ...hours: readonly number[]): Activity[] =>
  hours.map((classHours, index) =>
    activity({ occurredOn: `${month}-${String(index + 1).padStart(2, '0')}`, classHours }),
  );
