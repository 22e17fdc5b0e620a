import type { Rederived, Target } from './rederive';
import type { Said } from './said';

type Names = Record<string, Said>;
type Worth = NonNullable<Rederived['due']>[number];

/** More than so many amounts are not all said. */
const SHOWN = 6;

/** The names that a regulation's text gives to its targets, measures and parts, by their ids. */
export function namesIn(text: string): Names {
  const {
    targets = [],
    measures = {},
    parts = {},
    english = {},
  } = JSON.parse(text) as {
    targets?: { id: string; name: string }[];
    measures?: Record<string, string>;
    parts?: Record<string, string>;
    english?: Record<string, string>;
  };
  const own = { ...parts, ...measures, ...Object.fromEntries(targets.map(({ id, name }) => [id, name])) };
  return Object.fromEntries(
    Object.entries(own).map(([id, name]) => [id, { zh: name, en: english[name] ?? name }]),
  );
}

const nameOf = (id: string, names: Names): Said => names[id] ?? { zh: id, en: id };

const STATES: Record<string, Said> = {
  met: { zh: '完成', en: 'met' },
  missed: { zh: '没有完成', en: 'missed' },
  open: { zh: '未到期', en: 'not due yet' },
  exempt: { zh: '免除', en: 'exempt' },
};

function sayTarget({ target, from, to, state, makesUp, alternatives }: Target, names: Names): Said {
  const leaves = alternatives.flat().map(({ measure, earned, required, met }) => {
    const figure = `${earned / 10_000}/${required / 10_000}`;
    const { zh, en } = nameOf(measure, names);
    return { zh: `${zh} ${figure}${met ? '，达到' : ''}`, en: `${en} ${figure}${met ? ', reached' : ''}` };
  });
  const name = nameOf(target, names);
  const { zh, en } = STATES[state] ?? { zh: state, en: state };
  return {
    zh: `${name.zh}${makesUp ? '（补）' : ''} ${from}—${to} ${zh}（${leaves.map((leaf) => leaf.zh).join('；')}）`,
    en: `${name.en}${makesUp ? ' (made up)' : ''} ${from}—${to} ${en} (${leaves.map((leaf) => leaf.en).join('; ')})`,
  };
}

const NOTHING: Said = { zh: '无', en: 'none' };
const joined = (all: readonly Said[]): Said =>
  all.length === 0
    ? NOTHING
    : { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };

const keyOf = ({ occurredOn, clause, rule, part, measure, amount }: Worth): string =>
  [occurredOn, clause, rule, part, measure, amount].join('\0');

/** Those of one side that the other does not have, each as often. */
function without(worths: readonly Worth[], others: readonly Worth[]): Worth[] {
  const left = others.map(keyOf);
  return worths.filter((worth) => {
    const at = left.indexOf(keyOf(worth));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** When how much of what is earned, and by which clause. */
function sayWorths(worths: readonly Worth[], names: Names): Said {
  if (worths.length === 0) return { zh: '没有', en: 'nothing' };
  const shown = worths.slice(0, SHOWN).map(({ occurredOn, clause, measure, amount }) => {
    const { zh, en } = nameOf(measure, names);
    const figure = amount / 10_000;
    return {
      zh: `${occurredOn} ${zh} ${figure}（${clause}）`,
      en: `${occurredOn} ${en} ${figure} (${clause})`,
    };
  });
  const rest = worths.length - shown.length;
  return {
    zh: `${shown.map(({ zh }) => zh).join('；')}${rest > 0 ? `；另 ${rest} 条` : ''}`,
    en: `${shown.map(({ en }) => en).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
  };
}

/** Which activity a settlement is about: what it is called, and the settlement's number. */
function activityOf({ settlement }: Rederived): Said {
  if (!settlement) return { zh: '', en: '' };
  const { seq, activities, source } = settlement;
  const title = (activities[0]?.['title'] as string | undefined) || source.id;
  return { zh: `「${title}」（第 ${seq} 次结算）`, en: `“${title}” (settlement ${seq})` };
}

/** What was found, with what there ought to be and what the file says instead; null where all agrees. */
export function sayDifference(found: Rederived, names: Names): Said | null {
  const { differs, ought = [], given = [], due = [], entered = [] } = found;
  const { zh, en } = activityOf(found);
  switch (differs) {
    case null:
      return null;
    case 'reversed':
      return {
        zh: `${zh}冲销的数与原条目不符`,
        en: `${en}: what is reversed is not what had been entered`,
      };
    case 'not-reversed':
      return {
        zh: `${zh}没有如数冲销前一次结算`,
        en: `${en} does not take back what the settlement before it had entered`,
      };
    case 'silent':
      return {
        zh: `${zh}有事实没有计入，也没有写明原因`,
        en: `${en} has facts that were neither counted nor refused with a reason`,
      };
    case 'entries': {
      const [lacks, has] = [sayWorths(without(due, entered), names), sayWorths(without(entered, due), names)];
      return {
        zh: `${zh}照所附的事实应记：${lacks.zh}；流水里记的却是：${has.zh}`,
        en: `${en}: by its facts there ought to be ${lacks.en}; the ledger has ${has.en} instead`,
      };
    }
    default: {
      const sides = [ought, given].map((targets) =>
        joined(targets.map((target) => sayTarget(target, names))),
      ) as [Said, Said];
      return {
        zh: `任务另算不同：应有 ${sides[0].zh}，给出 ${sides[1].zh}`,
        en: `targets derived anew are others: there ought to be ${sides[0].en}; the file has ${sides[1].en}`,
      };
    }
  }
}
