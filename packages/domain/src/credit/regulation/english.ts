import type { Bilingual, Language } from '../../core';
import type { Regulation } from './regulation-schema';
import type { Requirement } from './target-schema';

type Translated = Pick<Regulation, 'english'>;

/**
 * A name of a regulation in both languages: in English what its `english` map says, '' where that says nothing, so that
 * the Chinese name is shown. Of a name put together (`必修、选修`) each part is looked up.
 */
export function inBoth(zh: string, { english = {} }: Translated): Bilingual {
  const whole = english[zh];
  if (whole !== undefined) return { zh, en: whole };
  const parts = zh.split('、').map((part) => english[part]);
  return { zh, en: parts.every((part) => part !== undefined) ? parts.join(', ') : '' };
}

/** A name of a regulation in one language; Chinese where the regulation gives no English. */
export function nameIn(zh: string, regulation: Translated, language: Language): string {
  const { en } = inBoth(zh, regulation);
  return language === 'en' && en !== '' ? en : zh;
}

const requirementNames = ({ name, anyOf = [], allOf = [] }: Requirement): string[] => [
  ...(name === undefined ? [] : [name]),
  ...[...anyOf, ...allOf].flatMap(requirementNames),
];

/** The names of a regulation that people are shown, each once: what an `english` map may translate. */
export function namesOf(regulation: Regulation): string[] {
  const { title, source, measures, parts = {}, kinds, facts = {}, groups = {} } = regulation;
  const {
    earn,
    caps = [],
    totals = {},
    targets = [],
    ratings = [],
    consequences = [],
    teams = [],
  } = regulation;
  return [
    ...new Set([
      title,
      source.issuer,
      ...[measures, parts, kinds].flatMap((labels: Readonly<Record<string, string>>) =>
        Object.values(labels),
      ),
      ...[facts, groups, totals].flatMap((named: Readonly<Record<string, { name: string }>>) =>
        Object.values(named).map(({ name }) => name),
      ),
      ...earn.flatMap(({ gates = [] }) => gates.flatMap(({ outcome }) => outcome ?? [])),
      ...caps.flatMap(({ name }) => name ?? []),
      ...targets.flatMap(({ name, needs }) => [name, ...requirementNames(needs)]),
      ...ratings.flatMap(({ name, bands }) => [name, ...bands.map(({ rating }) => rating)]),
      ...consequences.map(({ says }) => says),
      ...teams.flatMap(({ name, flags = [] }) => [name, ...flags.map(({ says }) => says)]),
    ]),
  ];
}

/** The names that an `english` map leaves out; none where the regulation has no such map at all. */
export const namesWithoutEnglish = (regulation: Regulation): string[] =>
  regulation.english === undefined
    ? []
    : namesOf(regulation).filter((zh) => inBoth(zh, regulation).en === '');
