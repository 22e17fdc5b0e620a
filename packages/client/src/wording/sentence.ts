import type { RefusalCode } from '../refusal';

/** A part of a wording: fixed, or made from the facts of the refusal. */
export type Part = string | ((facts: Facts) => string);

/** The three parts of a refusal: what happened, why, and the next step. */
export interface Sentence {
  readonly what: Part;
  readonly why?: Part;
  readonly next?: Part;
}

/** One sentence for every code: a new code does not compile until it is worded in both languages. */
export type Sentences = Readonly<Record<RefusalCode, Sentence>>;

/** Facts of a refusal for wording; every reading has a fallback, because details are optional. */
export interface Facts {
  /** The number under `key`, or `otherwise`. */
  readonly number: (key: string, otherwise?: string) => string;
  /** The moment under `key` as `14:05` in Shanghai, with the day when it is not today's; or `otherwise`. */
  readonly moment: (key: string, otherwise: string) => string;
  /** The text under `key`, a title or a reason that was written by people; empty when there is none. */
  readonly text: (key: string) => string;
  readonly has: (key: string) => boolean;
}
