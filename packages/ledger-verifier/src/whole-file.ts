import type { Findings } from './findings';
import type { RootDocument } from './format';
import type { Pending, PersonJudge } from './person-judge';
import { counted, firstOf, ranges, type Said } from './said';
import { narrow } from './suspicion';

/** Ends that are missing of everybody say of nobody that theirs were changed: it is said once, of how many people. */
function sayWithoutEnds(
  roots: readonly RootDocument[],
  pending: readonly Pending[],
  findings: Findings,
): Pending[] {
  if (roots.length === 0) return [...pending];
  const isExplained = ({ since, root }: Pending): boolean =>
    roots.some(({ number }) => since < number && number <= root);
  const people = [...new Set(pending.filter(isExplained).map(({ no }) => no))];
  const numbers = roots.map(({ number }) => number);
  findings.ofFile('seal', {
    zh: `第 ${ranges(numbers)} 号封存时各人的末尾在文件里全都没有了：它们盖住了新的记录，却没有一个人记着${people.length === 0 ? '' : `；另行保存的封存里 ${people.length} 人的范围因此对不上（${firstOf(people).zh}），这不说明他们的记录被改过`}`,
    en: `the ends of everybody at seal ${ranges(numbers, ', ')} are gone from the file: something came under it, but nobody's record names it${people.length === 0 ? '' : `; therefore the ranges of ${counted(people.length, 'person', 'people')} do not agree with the seals kept apart (${firstOf(people).en}), which does not say that their records were changed`}`,
  });
  return pending.filter((one) => !isExplained(one));
}

/** What can only be said when the whole file has been read: what the trees of the roots show. `isWhole`: to its end. */
export function judgeWhole(
  judge: PersonJudge,
  withoutEnds: readonly RootDocument[],
  findings: Findings,
  isWhole: boolean,
): void {
  for (const { kind, no, line, said } of sayWithoutEnds(isWhole ? withoutEnds : [], judge.pending, findings))
    findings.ofFile(kind, said, { person: no, line });
  const { backdated, chains, histories, suspicions } = judge;
  if (isWhole) backdated.say(findings);
  const inDoubt = new Set([...findings.faults, ...suspicions].flatMap(({ person }) => person ?? []));
  for (const suspicion of suspicions) findings.faults.push(narrow(suspicion, chains, inDoubt.size === 1));
  if (!isWhole) return;
  const off = chains.firstOff();
  const isInDoubt = inDoubt.size > 0;
  const isExplained = (root: RootDocument): boolean =>
    withoutEnds.some(({ number }) => number <= root.number);
  if (off && !isExplained(off.root))
    findings.ofFile('seal', sayOff(off, isInDoubt), isInDoubt ? { follows: true } : {});
  const moved = off ? null : histories.fault(isInDoubt);
  if (moved) findings.ofFile('history', moved, isInDoubt ? { follows: true } : {});
}

type Off = NonNullable<ReturnType<PersonJudge['chains']['firstOff']>>;

function sayOff({ root, before, added }: Off, isInDoubt: boolean): Said {
  const { settlements, entries } = added;
  const isAdded = before !== null && entries + settlements > 0;
  const still = before
    ? {
        zh: `第 ${before.number} 号（${before.day}）还相符：`,
        en: `with seal ${before.number} (${before.day}) it does; `,
      }
    : { zh: '', en: '' };
  const where = isAdded
    ? {
        zh: `改动在这之间新记的 ${settlements} 次结算、${entries} 条流水里`,
        en: `the change is among the ${counted(settlements, 'settlement')} and ${counted(entries, 'entry', 'entries')} recorded between the two`,
      }
    : { zh: '有人的记录被整个换过', en: "somebody's records were replaced as a whole" };
  const hint = isInDoubt
    ? { zh: '，应先查清上面所列的', en: '; look into what is listed above first' }
    : {
        zh: `；${still.zh}${where.zh}，或者有人被整个删掉，或者所记的封存范围被改过；给出从「下载封存文件」得到的那种，可以定位到人`,
        en: `; ${still.en}${where.en}, or somebody was removed, or what is recorded of how far seals reach was changed; a seal file as it is downloaded shows of whom`,
      };
  return {
    zh: `第 ${root.number} 号封存（${root.day}）起与流水不符${hint.zh}`,
    en: `from seal ${root.number} (${root.day}) on the ledger does not agree${hint.en}`,
  };
}
