import { describe, expect, it } from 'vitest';
import type { RootFile } from './format';
import { reportLines, type Report } from './report';
import { parseRootFile } from './root-file';
import { forge, type Forgery } from './testing/forge';
import { makeExport } from './testing/make-export';
import { verifyFile } from './testing/verify';

const made = makeExport({ seed: 9, people: 6, sources: 8, roots: 3 });
const kept = parseRootFile(made.root);
const victim = made.people[2]!;
const { entries, settlements } = victim;
const { no } = victim.person;

const verify = (forgery: Forgery, roots: readonly RootFile[] = [kept]): Report =>
  verifyFile(forge(made, victim, forgery), roots);
const own = ({ faults }: Report) => faults.filter(({ person }) => person === no);
const copyOf = (place: number) => entries[place - 1]!;

describe('an entry that is credited once more', () => {
  const count = entries.length;

  it('at the end of a chain is named, and not all is said to have been derived anew', () => {
    const report = verify({ entries: (all) => [...all, copyOf(4)] });
    expect(own(report)).toMatchObject([
      { kind: 'inserted', seq: count + 1, says: '与第 4 条流水是同一笔，重复记入' },
    ]);
    const said = reportLines(report).join('\n');
    expect(said).not.toContain('全部复核');
    expect(said).toContain(`没有重算：1 人的记录有上述问题，查清以前数字无从核对：${no}`);
  });

  it('many times is named as a range', () => {
    const report = verify({ entries: (all) => [...all, ...Array.from({ length: 20 }, () => copyOf(4))] });
    expect(own(report)).toMatchObject([
      { seq: count + 1, to: count + 20, says: '与第 4 条流水是同一笔，重复记入' },
    ]);
  });

  it('in the middle is named with a kept root and without one, and nothing else of theirs is said to agree', () => {
    const forgery: Forgery = { entries: (all) => all.toSpliced(4, 0, copyOf(4)) };
    for (const roots of [[kept], []]) {
      const report = verify(forgery, roots);
      expect(own(report)).toMatchObject([{ seq: 5, says: '与第 4 条流水是同一笔，重复记入' }]);
      expect(reportLines(report).join('\n')).not.toContain('都与所附的事实相符');
    }
  });

  it('under another number, for the same purpose, is named as well', () => {
    const [settlement] = settlements.filter(({ entryIds }) => entryIds.includes(copyOf(4).id));
    const id = `${copyOf(4).id.slice(0, -1)}z`;
    const report = verify({
      entries: (all) => [...all, { ...copyOf(4), id }],
      settlement: (one) => (one === settlement ? { ...one, entryIds: [...one.entryIds, id] } : one),
    });
    expect(own(report)).toContainEqual(
      expect.objectContaining({ seq: count + 1, says: '与第 4 条流水是同一笔，重复记入' }),
    );
  });

  it('with another amount is said to have been changed', () => {
    const report = verify({ entries: (all) => [...all, { ...copyOf(4), amount: copyOf(4).amount * 10 }] });
    expect(own(report)[0]).toMatchObject({ seq: count + 1 });
    expect(own(report)[0]!.says).toMatch(/^与第 4 条流水是同一笔，却记着别的数或日期/);
  });
});

describe('a settlement that is there once more', () => {
  const again = settlements.find(({ entryIds }) => entryIds.length > 1)!;
  const copies = entries.filter(({ id }) => again.entryIds.includes(id));

  it('is named with its entries', () => {
    const report = verify({
      entries: (all) => [...all, ...copies],
      settlements: (all) => [...all, again],
    });
    expect(own(report).map(({ seq, to, settlement }) => [seq, to, settlement])).toEqual(
      expect.arrayContaining([
        [undefined, undefined, settlements.length + 1],
        [entries.length + 1, entries.length + copies.length, undefined],
      ]),
    );
  });

  it('as a later time that nothing came before is named', () => {
    const ids = copies.map(({ id }) => `${id.slice(0, -1)}z`);
    const later = { ...again, revision: again.revision + 7, entryIds: ids };
    const report = verify({
      entries: (all) => [
        ...all,
        ...copies.map((one, at) => ({ ...one, id: ids[at]!, revision: later.revision })),
      ],
      settlements: (all) => [...all, later],
    });
    expect(own(report)[0]).toMatchObject({ kind: 'missing', settlement: settlements.length + 1 });
    expect(own(report)[0]!.says).toContain('前一次却没有');
  });
});

describe('entries in another order than settlements list them', () => {
  it('are named, with a kept root and without one', () => {
    for (const roots of [[kept], []]) {
      const report = verify({ entries: (all) => all.toSpliced(3, 2, all[4]!, all[3]!) }, roots);
      expect(own(report)).toMatchObject([{ kind: 'broken-link', seq: 4, to: 5 }]);
      expect(own(report)[0]!.says).toMatch(/^次序与各次结算列出的不同/);
    }
  });

  it('are named where they are far apart', () => {
    const report = verify({ entries: (all) => all.with(2, all[6]!).with(6, all[2]!) });
    expect(own(report)[0]!.says).toMatch(/^第 3、7 条流水的次序/);
  });
});
