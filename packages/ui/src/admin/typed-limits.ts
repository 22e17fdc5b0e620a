import { uiWords } from '../shared/ui.words';

/** What to say of a text that is longer than it may be; undefined where it is not. What was typed stays as it is. */
export function sayTooLong(text: string, max: number): string | undefined {
  const count = text.trim().length;
  return count > max ? uiWords.say('tooLong', { max, count }) : undefined;
}

/** What to say of a number that is none of the whole ones between two; undefined where it is. */
export const sayOutOfRange = (value: number, min: number, max: number): string | undefined =>
  Number.isInteger(value) && value >= min && value <= max
    ? undefined
    : uiWords.say('outOfRange', { min, max });

/** The rule of a field of an antd form for a civil date that is not after a day; `said` is what to say of a later one. */
export const notAfter = (day: string, said: string) => ({
  validator: (_rule: unknown, date: string | undefined) =>
    (date ?? '') <= day ? Promise.resolve() : Promise.reject(new Error(said)),
});

/** The rule of a text field of an antd form that takes so many characters. */
export const noLonger = (max: number) => ({
  validator: (_rule: unknown, text: string | undefined) => {
    const said = sayTooLong(text ?? '', max);
    return said === undefined ? Promise.resolve() : Promise.reject(new Error(said));
  },
});
