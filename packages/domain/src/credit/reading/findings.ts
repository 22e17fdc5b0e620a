import { listOf, type Names } from '../regulation/earning-schema';
import type { Path } from '../source/json-source';
import { suggestion } from '../source/nearest-name';
import type { Regulation } from '../regulation/regulation-schema';
import type { Fault } from '../source/schema-errors';

type Declared = 'clauses' | 'measures' | 'parts' | 'kinds' | 'groups' | 'cycles' | 'totals' | 'settings';
const DECLARED_WORDS: Record<Declared, string> = {
  clauses: '条款',
  measures: '计量',
  parts: '部分',
  kinds: '活动种类',
  groups: '人员组',
  cycles: '周期',
  totals: '合计',
  settings: '待定问题',
};

/** The names that a text with marks between them stands for, as 甲、乙 does: they are to be written as a list. */
export const namesWithin = (text: string): readonly string[] => text.split(/\s*[、，,；;]\s*/);

function listMeant(written: string, known: object): string | undefined {
  const names = namesWithin(written);
  const isList = names.length > 1 && names.every((name) => Object.hasOwn(known, name));
  return isList ? `，几个的写成一列：[${names.map((name) => `"${name}"`).join(', ')}]` : undefined;
}

/** The faults found so far in a regulation, and the names that it declares. */
export class Findings {
  readonly regulation: Regulation;
  readonly faults: Fault[] = [];

  constructor(regulation: Regulation) {
    this.regulation = regulation;
  }

  add(path: Path, sentence: string): void {
    this.faults.push({ path, sentence });
  }

  /** That the names stand in a section. */
  declared(section: Declared, names: Names | undefined, path: Path): void {
    const known = this.regulation[section] ?? {};
    for (const name of listOf(names)) {
      if (!Object.hasOwn(known, name)) {
        const near = listMeant(name, known) ?? suggestion(name, Object.keys(known));
        this.add(path, `${DECLARED_WORDS[section]}“${name}”没有在 ${section} 中定义${near}`);
      }
    }
  }
}
