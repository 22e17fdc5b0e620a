import type { Language } from '../../core';
import { sayMatcher, spell, type Condition, type Matcher } from './condition';
import { nameIn } from './english';
import { FACT_NAMES, PERSON_FACTS, type FactName } from './fact-names';
import { factValue } from './fact-values';
import type { Regulation } from './regulation-schema';

const BUILT_IN: Readonly<Record<string, FactName>> = { ...PERSON_FACTS, ...FACT_NAMES };

/** What people call a fact: the author's name, or the built-in one. */
export function factName(
  fact: string,
  regulation: Pick<Regulation, 'facts' | 'english'>,
  language: Language,
): string {
  const own = regulation.facts?.[fact];
  if (own) return nameIn(own.name, regulation, language);
  return BUILT_IN[fact]?.[language] ?? fact;
}

/** A condition: "级别为“省级”，且天数 ≥ 3", "level 省级 and days ≥ 3". */
export function sayCondition(
  condition: Condition,
  regulation: Regulation,
  language: Language = 'zh',
): string {
  const zh = language === 'zh';
  const tests = Object.entries(condition).map(([fact, wanted]) => {
    const inner = (one: Condition): string => sayCondition(one, regulation, language);
    if (fact === 'anyOf') {
      const either = (wanted as readonly Condition[]).map(inner);
      return zh ? `（${either.join(' 或者 ')}）` : `(${either.join(' or ')})`;
    }
    if (fact === 'not' && denied(wanted as Condition) !== undefined) {
      const name = factName(denied(wanted as Condition) ?? '', regulation, language);
      return zh ? `“${name}”没有记为“否”` : `${name} not recorded as “no”`;
    }
    if (fact === 'not')
      return zh ? `不是（${inner(wanted as Condition)}）` : `not (${inner(wanted as Condition)})`;
    if (fact === 'monthsIn')
      return Object.entries(wanted)
        .map(([group, months]) => {
          const name = nameIn(regulation.groups?.[group]?.name ?? group, regulation, language);
          const bounds = spell(sayMatcher(months as Matcher), language);
          return zh ? `进入“${name}”的月数 ${bounds}` : `months in “${name}” ${bounds}`;
        })
        .join(zh ? '，且' : ' and ');
    return sayWanted(fact, wanted as Matcher, regulation, language);
  });
  return tests.join(zh ? '，且' : ' and ');
}

/** The only fact of a condition, where it asks that this is not so. */
function denied(condition: Condition): string | undefined {
  const [[fact, wanted] = [], ...more] = Object.entries(condition);
  return more.length === 0 && wanted === false ? fact : undefined;
}

function sayWanted(fact: string, wanted: Matcher, regulation: Regulation, language: Language): string {
  const zh = language === 'zh';
  const name = factName(fact, regulation, language);
  const value = (one: unknown): string =>
    nameIn(factValue(fact, String(one), language), regulation, language);
  if (wanted === true) return zh ? name : `${name}: yes`;
  if (wanted === false) return zh ? `没有${name}` : `${name}: no`;
  if (Array.isArray(wanted)) {
    const values = wanted.map(value);
    return zh ? `${name}为${values.join('、')}之一` : `${name} ${values.join(' or ')}`;
  }
  if (typeof wanted === 'object') return `${name} ${spell(sayMatcher(wanted), language)}`;
  return zh ? `${name}为“${value(wanted)}”` : `${name} ${value(wanted)}`;
}
