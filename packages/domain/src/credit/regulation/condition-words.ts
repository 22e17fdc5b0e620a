import type { Language } from '../../core';
import { sayMatcher, spell, type Condition, type Matcher } from './condition';
import { nameIn } from './english';
import { FACT_NAMES, PERSON_FACTS, type FactName } from './fact-names';
import { factValue } from './fact-values';
import type { Regulation } from './regulation-schema';

/** What people call a fact: the author's name, or the built-in one. */
export function factName(
  fact: string,
  regulation: Pick<Regulation, 'facts' | 'english'>,
  language: Language,
): string {
  const own = regulation.facts?.[fact];
  if (own) return nameIn(own.name, regulation, language);
  const known = { ...PERSON_FACTS, ...FACT_NAMES } as Readonly<Record<string, FactName>>;
  return known[fact]?.[language] ?? fact;
}

/** A condition in Chinese: "级别为“省级”，且天数 ≥ 3". */
export function sayCondition(condition: Condition, regulation: Regulation): string {
  const tests = Object.entries(condition).map(([fact, wanted]) => {
    if (fact === 'anyOf')
      return `（${(wanted as readonly Condition[]).map((inner) => sayCondition(inner, regulation)).join(' 或者 ')}）`;
    if (fact === 'not') return `不是（${sayCondition(wanted as Condition, regulation)}）`;
    if (fact === 'monthsIn')
      return Object.entries(wanted)
        .map(([group, months]) => {
          const name = regulation.groups?.[group]?.name ?? group;
          return `进入“${name}”的月数 ${spell(sayMatcher(months as Matcher), 'zh')}`;
        })
        .join('，且');
    return sayWanted(fact, wanted as Matcher, regulation);
  });
  return tests.join('，且');
}

function sayWanted(fact: string, wanted: Matcher, regulation: Regulation): string {
  const name = factName(fact, regulation, 'zh');
  const value = (one: unknown): string => factValue(fact, String(one), 'zh');
  if (wanted === true) return name;
  if (wanted === false) return `没有${name}`;
  if (Array.isArray(wanted)) return `${name}为${wanted.map(value).join('、')}之一`;
  return typeof wanted === 'object'
    ? `${name} ${spell(sayMatcher(wanted), 'zh')}`
    : `${name}为“${value(wanted)}”`;
}
