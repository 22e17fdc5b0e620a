import type { Fault, Report } from './report';

export type Language = 'zh' | 'en';
/** Where the report is read. */
export type Place = 'command' | 'page';

/** What the report is made of, in one language. */
export interface Words {
  /** A fault on one line. */
  line: (place: string, says: string, detail: string) => string;
  intact: string;
  unproven: string;
  broken: (count: number) => string;
  placeOf: (fault: Fault) => string;
  fault: (fault: Fault) => { says: string; detail: string };
  more: (count: number) => string;
  nextBroken: (isSavedAnew: boolean) => string[];
  nextUnproven: (where: Place) => string[];
  sums: (report: Report) => string;
  noRoot: string;
  measure: (root: NonNullable<Report['newestRoot']>, older: string) => string;
  unsealed: (unsealed: Report['unsealed']) => string;
  noKept: (where: Place) => string;
  regulationsSealed: (count: number) => string;
  regulationsChanged: (count: number) => string;
  regulationsUnsealed: (names: string) => string;
  countersigned: (signer: string, count: number) => string;
  countersignedUnsealed: (count: number) => string;
  notCountersigned: (roots: string) => string;
  people: (regulation: string, count: number) => string;
  inFull: (counts: string, isAll: boolean) => string;
  factsOnly: (counts: string) => string;
  sumsOnly: (counts: string) => string;
  notDerived: (count: number, numbers: string, unlisted: number) => string;
  notCovered: (historiesUntil: string | null) => string;
  firstKey: (keyId: string) => string;
}

/** The places of a fault: "3", or "3—5" of several. */
function placesOf({ seq, settlement, to }: Fault): { places: string; isRange: boolean } {
  const from = seq ?? settlement;
  const isRange = from !== undefined && to !== undefined && to > from;
  return { places: isRange ? `${from}—${to}` : `${from}`, isRange };
}

const zh: Words = {
  line: (place, says) => (place === '' ? says : `${place}：${says}`),
  intact: '✓ 没有发现改动',
  unproven: '○ 文件本身没有发现改动，但没有另行保存的封存可以对照',
  broken: (count) => `× 发现 ${count} 处问题`,
  /** "人员 P000001 第 3 条（文件第 12 行）". */
  placeOf(fault) {
    const { person, seq, settlement, line } = fault;
    const { places, isRange } = placesOf(fault);
    const place = [
      ...(person === undefined ? [] : [`人员 ${person}`]),
      ...(seq === undefined ? [] : [`第 ${places} 条`]),
      ...(settlement === undefined ? [] : [`第 ${places} 次结算`]),
    ].join(' ');
    const where = line === undefined ? '' : `文件第 ${line} 行${isRange ? '起' : ''}`;
    return place !== '' && where !== '' ? `${place}（${where}）` : place + where;
  },
  fault: ({ says }) => ({ says, detail: '' }),
  more: (count) => `另有 ${count} 处未列出`,
  nextBroken: (isSavedAnew) => [
    ...(isSavedAnew ? ['几乎每一行都变了：多半是整个文件被别的软件另存过'] : []),
    '接下来：把这份导出、封存文件和这个结果原样留下，再从服务器导出一份，用同一份封存文件核对',
    '新的一份没有问题，就是这个文件在导出以后变了；仍有问题，就是服务器上的流水被动过，请凭上面的人员和位置与以前的备份对照，查清是谁、何时改的',
  ],
  nextUnproven: (where) => [
    `接下来：找出以前存在服务器以外的封存文件，${where === 'page' ? '再选进来' : '加 --root 封存文件'}一起核对；还没有存过，就从现在起每次导出都另存一份`,
  ],
  sums: ({ people, settlements, entries, roots, rebuilt, countersignatures: { count } }) =>
    `共 ${people} 人、${settlements} 次结算、${entries} 条流水；封存 ${roots} 次，其中 ${rebuilt} 次逐人重算，会签 ${count} 份`,
  noRoot: '还没有封存过',
  measure: ({ number, day, isKept }, older) =>
    `${isKept ? '以另行保存的' : '以文件中最新的'}第 ${number} 号封存（${day}）为准${older === '' ? '' : `，另行保存的第 ${older} 号也对照过`}`,
  unsealed: ({ people, settlements, entries }) =>
    `未封存：${people} 人的 ${settlements} 次结算、${entries} 条流水晚于这次封存`,
  noKept: (where) =>
    `没有另行保存的封存可以为准：末尾被截断、或整本重新签名，从这个文件本身看不出来（${where === 'page' ? '再选封存文件' : '加 --root'}）`,
  regulationsSealed: (count) => `规则 ${count} 版与封存相符`,
  regulationsChanged: (count) => `规则 ${count} 版与封存不符`,
  regulationsUnsealed: (names) => `未封存：规则 ${names}晚于这次封存`,
  countersigned: (signer, count) => `会签 ${count} 份：${signer}；是不是这家的公钥，请向这家核对`,
  countersignedUnsealed: (count) => `未封存：${count} 份会签晚于这次封存`,
  notCountersigned: (roots) => `没有会签：第 ${roots} 号封存`,
  people: (regulation, count) => `${regulation}（${count} 人）`,
  inFull: (counts, isAll) => `另行重算，从事实到任务${isAll ? '全部复核' : '复核'}：${counts}`,
  factsOnly: (counts) => `另行重算，从事实到流水复核，文件里没有他们的任务结果可以对照：${counts}`,
  sumsOnly: (counts) => `另行重算，只核对合计、冲销和前后衔接：${counts}`,
  notDerived: (count, numbers, unlisted) =>
    `没有另行重算：${count} 人的记录有上述问题，查清以前数字无从核对：${numbers}${unlisted > 0 ? `，另有 ${unlisted} 人未列出` : ''}`,
  notCovered: (until) =>
    `${until === null ? '不在封存之内：人员的单位和职务履历' : `人员的单位和职务履历封存到 ${until} 登记的为止；不在封存之内：以后登记的`}、当天的任务结果、导出时间、基地的名称；编号只与另行保存的封存文件对照`,
  firstKey: (keyId) => `首把公钥 ${keyId}，应与系统启用时公布的相同`,
};

/** What a fault is, as a reader of English is told; the sentence in Chinese says it to the letter. */
const KINDS: Record<Fault['kind'], string> = {
  changed: 'was changed',
  missing: 'is missing or lies elsewhere',
  inserted: 'was inserted, repeated or moved',
  'broken-link': 'does not follow from the one before: one of the two was replaced',
  truncated: 'the end was cut off, or the export is older than the seal',
  facts: 'does not agree with its facts',
  correction: 'correction numbers do not follow each other',
  seal: 'does not agree with a seal',
  history: 'units, posts or grades are not those that were sealed',
  root: 'a seal does not hold',
  key: 'a signing key does not hold',
  regulation: 'a regulation does not agree with the seals',
  countersignature: 'a countersignature does not hold',
  file: 'the file was changed here',
  rederived: 'figures derived anew are others',
};

/** Names and lists as the ledger's own sentences write them. */
const inEnglish = (text: string): string =>
  text
    .replaceAll('、', ', ')
    .replaceAll('，公钥 ', ', key ')
    .replaceAll('联盟办公室', 'the alliance office')
    .replace(/ 第 (\d+) 版/g, ' version $1');

const en: Words = {
  line: (place, says, detail) => `${place === '' ? '' : `${place}: `}${says} (${detail})`,
  intact: '✓ No change was found',
  unproven: '○ The file itself shows no change, but no seal kept apart was given to hold it to',
  broken: (count) => `× ${count} ${count === 1 ? 'fault' : 'faults'} found`,
  placeOf(fault) {
    const { person, seq, settlement, line } = fault;
    const { places, isRange } = placesOf(fault);
    return [
      ...(person === undefined ? [] : [`person ${person}`]),
      ...(seq === undefined ? [] : [`${isRange ? 'entries' : 'entry'} ${places}`]),
      ...(settlement === undefined ? [] : [`${isRange ? 'settlements' : 'settlement'} ${places}`]),
      ...(line === undefined ? [] : [`line ${line} of the file`]),
    ].join(', ');
  },
  fault: ({ kind, says }) => ({ says: KINDS[kind], detail: says }),
  more: (count) => `${count} more are not listed`,
  nextBroken: (isSavedAnew) => [
    ...(isSavedAnew
      ? ['Nearly every line differs: another program has most likely saved the whole file anew']
      : []),
    'What to do: keep this export, the seal files and this result as they are; export once more and verify with the same seals',
    'If the new export is intact, this file was changed after it was exported; if not, the ledger on the server was: compare the people and places above with earlier backups',
  ],
  nextUnproven: (where) => [
    `What to do: find a seal file that was kept apart from the server and ${where === 'page' ? 'choose it as well' : 'add it with --root'}; if there is none, keep one apart with every export from now on`,
  ],
  sums: ({ people, settlements, entries, roots, rebuilt, countersignatures: { count } }) =>
    `${people} people, ${settlements} settlements, ${entries} entries; ${roots} seals, ${rebuilt} of them built anew; ${count} countersignatures`,
  noRoot: 'Nothing has been sealed yet',
  measure: ({ number, day, isKept }, older) =>
    `Held to seal ${number} (${day}), ${isKept ? 'kept apart' : 'the newest of the file'}${older === '' ? '' : `; kept seals ${inEnglish(older)} were compared as well`}`,
  unsealed: ({ people, settlements, entries }) =>
    `Not sealed yet: ${settlements} settlements and ${entries} entries of ${people} people are newer than this seal`,
  noKept: () =>
    'Without a seal kept apart, an end that was cut off or a ledger signed anew cannot be told from this file',
  regulationsSealed: (count) => `Regulations that agree with the seals: ${count}`,
  regulationsChanged: (count) => `Regulations that do not agree with the seals: ${count}`,
  regulationsUnsealed: (names) => `Not sealed yet: regulations newer than this seal: ${inEnglish(names)}`,
  countersigned: (signer, count) =>
    `${count} countersigned by ${inEnglish(signer)}; ask the office whether the key is theirs`,
  countersignedUnsealed: (count) => `Not sealed yet: ${count} countersignatures are newer than this seal`,
  notCountersigned: (roots) => `Not countersigned: seals ${inEnglish(roots)}`,
  people: (regulation, count) => `${regulation} (${count} people)`,
  inFull: (counts, isAll) =>
    `Derived anew from facts to targets${isAll ? ', all of them' : ''}: ${inEnglish(counts)}`,
  factsOnly: (counts) =>
    `Derived anew from facts to entries, the file has no targets to compare with: ${inEnglish(counts)}`,
  sumsOnly: (counts) => `Derived anew: sums, reversals and joins only: ${inEnglish(counts)}`,
  notDerived: (count, numbers, unlisted) =>
    `Not derived anew, since their records are at fault: ${count} people: ${inEnglish(numbers)}${unlisted > 0 ? `, and ${unlisted} more` : ''}`,
  notCovered: (until) =>
    `${until === null ? 'Not sealed: units and posts of people' : `Units and posts of people are sealed as recorded until ${until}; not sealed: what was recorded later`}, the targets of the day, the time of the export, names of bases; numbers of people are held to seal files only`,
  firstKey: (keyId) => `First key ${keyId}: it ought to be the one made known when the system was put to use`,
};

export const WORDS: Record<Language, Words> = { zh, en };
