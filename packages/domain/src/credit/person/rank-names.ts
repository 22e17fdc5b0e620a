import { RANK_CODES } from '../../identity';
import { holds, type Bounds } from '../regulation/condition';
import { suggestion } from '../source/nearest-name';
import { rankOrder } from './person';
import type { Regulation } from '../regulation/regulation-schema';

/** How people speak of the post levels: 厅, 局 and 司 of one, 处 and 县 of another, 科 and 乡 of the third. */
const SPOKEN = [
  { words: '厅局级?|厅|局|司', level: '厅局级' },
  { words: '县处级?|处|县', level: '县处级' },
  { words: '乡科级?|科|乡|镇', level: '乡科级' },
] as const;

/** The post levels meant by 副处, 正处级, 县处级副 …; both of them by 县处级 or 处级, of none by anything else. */
function levelsMeant(written: string): readonly string[] {
  for (const { words, level } of SPOKEN) {
    const match = new RegExp(`^(?<before>[正副]?)(?:${words})级?(?<after>[正副]?)(?:职|干部|领导)?$`).exec(
      written,
    );
    if (!match) continue;
    const { before = '', after = '' } = match.groups ?? {};
    const degree = after === '' ? before : after;
    return (degree === '' ? ['正', '副'] : [degree]).map((one) => `${level}${one}职`);
  }
  return [];
}

/** What is said of a name that is no rank: the rank that people call so, one spelt nearly so, or where to say what it equals. */
export function noRank(written: string, regulation: Pick<Regulation, 'ranks'>): string {
  const meant = levelsMeant(written);
  const near =
    meant.length === 0
      ? suggestion(written, namesOfRanks(regulation))
      : `，是不是${meant.map((name) => `“${name}”`).join('或')}？`;
  return `${notInTable(written)}${near === '' ? '，其他名称先在办法的 ranks 里写明与哪个相当' : near}`;
}

/** The same of what should itself be in the table. */
export function noEqual(written: string): string {
  const said = noRank(written, {});
  return said.endsWith('？') ? said : notInTable(written);
}

const notInTable = (written: string): string => `“${written}”不在职务层次与职级表中`;

/** The ranks within bounds from high to low, those that the regulation equates with one of them at the end. */
export function ranksWithin(bounds: Bounds, regulation: Pick<Regulation, 'ranks'>): readonly string[] {
  return namesOfRanks(regulation).filter((name) =>
    holds({ rank: bounds }, { value: () => name, rankOrder: (other) => rankOrder(other, regulation) }),
  );
}

const namesOfRanks = ({ ranks = {} }: Pick<Regulation, 'ranks'>): readonly string[] => [
  ...RANK_CODES.map(({ name }) => name.zh),
  ...Object.keys(ranks),
];
