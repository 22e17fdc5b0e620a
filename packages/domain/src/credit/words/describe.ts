import { sayMatcher } from '../regulation/condition';
import { PERSON_FACTS, type FactName } from '../regulation/fact-names';
import type { OwnFact, Regulation } from '../regulation/regulation-schema';
import type { SectionTitle } from '../regulation/section-names';
import { namesWithoutEnglish } from '../regulation/english';
import { factName } from '../regulation/condition-words';
import { AmountWords } from './describe-amounts';
import { EarningWords } from './describe-earning';
import { ResultWords } from './describe-results';
import { TargetWords } from './describe-targets';
import { isName, Phrases } from './phrases';
import { textsUsed } from './texts';

/** What a regulation defines, in Chinese lines: for an author to read back, and for people who approve it. */
export function describeRegulation(regulation: Regulation): string[] {
  return new Description(regulation).lines();
}

class Description {
  readonly #regulation: Regulation;
  readonly #say: Phrases;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#say = new Phrases(regulation);
  }

  lines(): string[] {
    const {
      title,
      version,
      source,
      effective,
      measures,
      parts,
      kinds,
      facts = {},
      groups = {},
      cycles = {},
    } = this.#regulation;
    const {
      earn,
      caps = [],
      totals = {},
      carryOver = [],
      targets = [],
      ratings = [],
      consequences = [],
      teams = [],
    } = this.#regulation;
    const earning = new EarningWords(this.#regulation);
    const limiting = new AmountWords(this.#regulation);
    const reaching = new TargetWords(this.#regulation);
    const results = new ResultWords(this.#regulation);
    return [
      `${title}（第 ${version} 版）`,
      `发布：${[source.issuer, source.number, source.published].filter(Boolean).join(' ')}，来源等级 ${source.grade}`,
      `适用：${effective.from} 起${effective.to === undefined ? '' : `，至 ${effective.to}`}`,
      `计量：${Object.entries(measures)
        .map(([id, unit]) => {
          const label = this.#say.measureLabel(id);
          return label === unit ? unit : `${label}（${unit}）`;
        })
        .join('、')}`,
      ...(parts ? [`部分：${Object.values(parts).join('、')}`] : []),
      `活动种类：${Object.values(kinds).join('、')}`,
      ...this.#section(
        '自定义事实',
        Object.entries(facts).map(([id, fact]) => this.#fact(id, fact)),
      ),
      ...this.#section(
        '人员组',
        Object.values(groups).flatMap((group) => [
          `${group.name}：${this.#say.condition(group.where)}`,
          ...this.#say.ranksIn(group.where),
        ]),
      ),
      ...this.#section(
        '周期',
        Object.entries(cycles).map(([id, cycle]) => {
          const [name, spans] = isName(id)
            ? [`${id}：`, this.#say.cycleSpans(id)]
            : ['', this.#say.cycleName(id)];
          const dates = this.#say.cycle(cycle);
          return `${name}${spans === dates ? dates : `${spans}，${dates}`}`;
        }),
      ),
      ...this.#section(
        '计入',
        earn.flatMap((rule) => earning.earnRule(rule)),
      ),
      ...this.#section(
        '上限',
        caps.map((cap, index) => limiting.cap(cap, caps[index - 1])),
      ),
      ...this.#section(
        '合计',
        Object.values(totals).map((total) => limiting.total(total)),
      ),
      ...this.#section(
        '结转',
        carryOver.map((rule) => limiting.carryOver(rule)),
      ),
      ...this.#section(
        '任务',
        targets.flatMap((target) => reaching.target(target)),
      ),
      ...this.#section(
        '等次',
        ratings.map((rating) => results.rating(rating)),
      ),
      ...this.#section(
        '后果',
        consequences.map((consequence) => results.consequence(consequence)),
      ),
      ...this.#section(
        '集体结果',
        teams.map((team) => results.team(team)),
      ),
      ...this.#section('事实里要照写的文字', this.#texts()),
      ...this.#section('待定问题', this.#settings()),
      ...this.#section('没有英文名称', namesWithoutEnglish(this.#regulation)),
    ];
  }

  #section(title: SectionTitle, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${title}：`, ...lines.map((line) => `  ${line}`)];
  }

  #fact(id: string, fact: OwnFact): string {
    const name = (other: string): string => factName(other, this.#regulation, 'zh');
    if ('share' in fact) return `${fact.name} = ${name(fact.share)} ÷ ${name(fact.of)}`;
    if ('sum' in fact) return `${fact.name} = ${fact.sum.map(name).join(' + ')}`;
    if ('weighted' in fact) {
      const terms = Object.entries(fact.weighted).map(([part, weight]) => `${name(part)} × ${weight}`);
      return `${fact.name} = ${terms.join(' + ')}`;
    }
    if ('best' in fact)
      return `${fact.name} = ${fact.first === undefined ? '' : `前 ${fact.first} 次`}成绩中最高的`;
    if ('mean' in fact) return `${fact.name} = 各次成绩的平均`;
    if ('filedAfter' in fact)
      return `${fact.name} = 申报日期晚于所在周期（${this.#say.cycleName(fact.filedAfter)}）最后一天的天数`;
    const missing = fact.ifMissing === undefined ? '' : `，没有记录的按 ${sayMatcher(fact.ifMissing)}`;
    return `${fact.name}（${{ number: '数量', text: '文字', flag: '是或否' }[fact.type]}，写在 details.${id}${missing}）`;
  }

  /** What whoever records the facts must write as it stands here. */
  #texts(): string[] {
    const { person, circumstances, activity } = textsUsed(this.#regulation);
    const said = (name: string, texts: ReadonlySet<string>): string => `${name}：${[...texts].join('、')}`;
    return [
      ...[...person].map(([fact, texts]) =>
        said(`人员的${(PERSON_FACTS as Readonly<Record<string, FactName>>)[fact]?.zh ?? fact}`, texts),
      ),
      ...(circumstances.size === 0 ? [] : [said('特殊情况', circumstances)]),
      ...[...activity].map(([fact, texts]) => said(`活动的${factName(fact, this.#regulation, 'zh')}`, texts)),
    ];
  }

  #settings(): string[] {
    return Object.values(this.#regulation.settings ?? {}).map(({ question, options, chosen }) => {
      const readings = Object.entries(options).map(([id, words]) => (id === chosen ? `【${words}】` : words));
      return `${question} ${readings.join(' / ')}`;
    });
  }
}
