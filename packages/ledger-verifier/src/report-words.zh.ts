import type { Words } from './report-words';
import { ranges } from './said';
import { placesOf } from './places';

export const zh: Words = {
  line: (place, says) => (place === '' ? says : `${place}：${says}`),
  comma: '、',
  intact: '✓ 没有发现改动',
  unproven: '○ 文件本身没有发现改动，但没有另行保存的封存可以对照',
  cut: '× 文件不完整，还不能下结论',
  keptFaulty: '× 给出的封存文件有问题，还不能下结论',
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
  fault: ({ says }) => says,
  more: (count, where) =>
    where === 'page' ? `另有 ${count} 处未列出` : `另有 ${count} 处未列出，加 --all 全部列出`,
  nextCut: ['接下来：重新拷贝，看文件大小与原来的是否一样；还是这样，就从服务器重新导出一份再核对'],
  nextKept: [
    '接下来：先另找一份同一号的封存文件再核对，找不到就用另外几号的；有问题的是给出的这份封存文件，由此不能说服务器上的流水被动过',
  ],
  nextNumber: [
    '编号不同的，先另找一份同一号的封存文件核对：那一份里没有不同，就是给出的这份封存文件被改过；也不同，再照下面做',
  ],
  nextBroken: (isSavedAnew) => [
    ...(isSavedAnew ? ['几乎每一行都变了：多半是整个文件被别的软件另存过'] : []),
    '接下来：把这份导出、封存文件和这个结果原样留下，再从服务器导出一份，用同一份封存文件核对',
    '新的一份没有问题，就是这个文件在导出以后变了；仍有问题，就是服务器上的流水被动过，请凭上面的人员和位置与以前的备份对照，查清是谁、何时改的',
  ],
  nextUnproven: (where) => [
    `接下来：找出以前存在服务器以外的封存文件，${where === 'page' ? '再选进来' : '加 --root 封存文件'}一起核对；还没有存过，就从现在起每次导出都另存一份`,
  ],
  titles: {
    looked: '核对了什么',
    measure: '以什么为准',
    rederived: '另行重算',
    unsealed: '没有封存、看不出改动的',
    key: '公钥',
  },
  sums: ({ people, settlements, entries, roots, rebuilt, countersignatures: { count } }) => [
    `共 ${people} 人、${settlements} 次结算、${entries} 条流水`,
    `封存 ${roots} 次，其中 ${rebuilt} 次按每个人的记录重新算过；会签 ${count} 份`,
  ],
  noRoot: '还没有封存过',
  measure: ({ number, day, isKept }, older) =>
    `${isKept ? '以另行保存的' : '以文件中最新的'}第 ${number} 号封存（${day}）为准${older === '' ? '' : `，另行保存的第 ${older} 号也对照过`}`,
  unsealed: ({ people, settlements, entries }, shown, unlisted) =>
    `未封存：${people} 人的 ${settlements} 次结算、${entries} 条流水不在这次封存里：${shown.join('、')}${unlisted > 0 ? `，另有 ${unlisted} 人未列出` : ''}`,
  unsealedOf: (no, rows) => `${no}（${rows.join('；')}）`,
  unsealedHistories: (people, rows, shown, unlisted) =>
    `未封存：${people} 人的 ${rows} 条履历晚于这次封存：${shown.join('、')}${unlisted > 0 ? `，另有 ${unlisted} 人未列出` : ''}`,
  noKept: (where) =>
    `没有另行保存的封存可以为准：末尾被截断、或整本重新签名，从这个文件本身看不出来（${where === 'page' ? '再选封存文件' : '加 --root'}）`,
  regulationsSealed: (count) => `规则：${count} 版与封存相符`,
  regulationsChanged: (count) => `规则：${count} 版与封存不符`,
  regulationsUnsealed: (names) => `未封存：规则 ${names.join('、')}不在这次封存里`,
  countersigned({ role, base, keyId, count }) {
    const name = 'name' in base ? `${base.name}（基地的名称照导出所写）` : `基地 ${base.id}`;
    return `会签 ${count} 份：${role === 'alliance' ? '联盟办公室' : name}，公钥 ${keyId}；是不是这家的公钥，请向这家核对`;
  },
  countersignedUnsealed: (count) => `未封存：${count} 份会签晚于这次封存`,
  notCountersigned: (roots) => `没有会签：第 ${ranges(roots)} 号封存`,
  people: (regulation, count) => `${regulation}（${count} 人）`,
  names: (numbers, unlisted) => `${numbers.join('、')}${unlisted > 0 ? `，另有 ${unlisted} 人未列出` : ''}`,
  inFull: (counts, isAll) => `从事实到任务${isAll ? '全部复核' : '复核'}：${counts}`,
  factsOnly: (counts) => `从事实到流水复核：${counts}`,
  unjudged: (names) => `文件里没有这些人的任务结果可以对照：${names}`,
  sumsOnly: (counts) => `只核对合计、冲销和前后衔接：${counts}`,
  notDerived: (count, names) => `没有重算：${count} 人的记录有上述问题，查清以前数字无从核对：${names}`,
  notCovered: ({ historiesUntil, historiesFrom }) => [
    ...(historiesUntil === null
      ? ['人员的单位和职务履历不在封存之内']
      : [
          `人员的单位和职务履历封存到 ${historiesUntil} 登记的为止；以后登记、改过或撤销的不在封存之内`,
          `每条履历是哪天登记的，只核到在哪两号封存之间；${historiesFrom} 以前的登记日期不在封存之内`,
        ]),
    '当天的任务结果、导出时间、基地的名称不在封存之内；编号只与另行保存的封存文件对照',
  ],
  firstKey: (keyId) => `首把公钥 ${keyId}，应与系统启用时公布的相同`,
};
