import { isHan, searchRunsOf, SEARCH_TERM_LIMIT } from '@cadre/domain/core';
import { addDict, pinyin } from 'pinyin-pro';

/** One Han character or one Latin word, as it is written, as it sounds, and by its first letter. */
interface SearchUnit {
  text: string;
  pinyin: string;
  initial: string;
}

// Readings that the dictionary's context does not settle.
const READINGS = { 率先: 'shuài xiān', 表率: 'biǎo shuài' };
for (const [word, reading] of Object.entries(READINGS)) addDict({ [word]: [reading] });

const soundsOf = (run: string, surnameFirst: boolean): string[] =>
  pinyin(run, { toneType: 'none', type: 'array', v: true, surname: surnameFirst ? 'head' : 'off' })
    // ü is typed as v, but the pair üe as ue.
    .map((sound) => sound.replace(/ve$/, 'ue'));

function unitsOf(text: string, surnameFirst = false): SearchUnit[] {
  return searchRunsOf(text).flatMap((run) => {
    if (!isHan(run)) return [{ text: run, pinyin: run, initial: run }];
    const sounds = soundsOf(run, surnameFirst);
    return [...run].map((character, index) => {
      const sound = sounds[index] ?? character;
      return { text: character, pinyin: sound, initial: sound.slice(0, 1) };
    });
  });
}

const joined = (units: readonly SearchUnit[], part: keyof SearchUnit): string =>
  units.map((unit) => unit[part]).join('');

const cut = (key: string): string => [...key].slice(0, SEARCH_TERM_LIMIT).join('');

const keysOf = (units: readonly SearchUnit[]): string[] =>
  units.flatMap((_, index) => {
    const rest = units.slice(index, index + SEARCH_TERM_LIMIT);
    return [joined(rest, 'text'), joined(rest, 'pinyin'), joined(rest, 'initial')].map(cut);
  });

/**
 * What a text can be found by: from each of its characters on, the text, its pinyin and its initials. A word of a
 * query is found when a key begins with it, which an ordinary index answers on every server.
 */
export const searchKeysOf = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => keysOf(unitsOf(text)))),
];

/** The same for a person's name, whose first character is read as a surname (单 is shàn), and the person number. */
export const personSearchKeysOf = (name: string, personNo: string): string[] => [
  ...new Set([...keysOf(unitsOf(name, true)), ...keysOf(unitsOf(personNo)), personNo.toLowerCase()]),
];

/** The title as ranking looks at it: written, in pinyin, in initials. */
export const searchHeadsOf = (title: string): string[] => {
  const units = unitsOf(title);
  return [...new Set([joined(units, 'text'), joined(units, 'pinyin'), joined(units, 'initial')])];
};
