import type { ErrorDetails } from '@cadre/domain/core';
import type { Facts, Part, Sentence, Sentences } from './sentence';
import { sentencesEn } from './sentences.en';
import { sentencesZh } from './sentences.zh';
import type { Refusal } from '../refusal';

/** A refusal in words. */
export interface RefusalWords {
  readonly what: string;
  readonly why?: string;
  readonly next?: string;
}

export type SentenceLanguage = 'zh' | 'en';

const books: Readonly<Record<SentenceLanguage, Sentences>> = { zh: sentencesZh, en: sentencesEn };

const clockFace: Readonly<Record<SentenceLanguage, Intl.DateTimeFormat>> = {
  zh: new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
};

function factsOf(details: ErrorDetails, language: SentenceLanguage): Facts {
  return {
    has: (key) => details[key] !== undefined && details[key] !== null,
    number: (key, otherwise = '') => {
      const value = details[key];
      return typeof value === 'number' ? String(value) : otherwise;
    },
    text: (key) => {
      const value = details[key];
      return typeof value === 'string' ? value : '';
    },
    moment: (key, otherwise) => {
      const value = details[key];
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      return Number.isNaN(at) ? otherwise : clockFace[language].format(at);
    },
  };
}

/** Words a refusal in the reader's language. A code of a newer server, without a sentence here, reads as a defect. */
export function wordRefusal(
  refusal: Pick<Refusal, 'code' | 'details'>,
  language: SentenceLanguage,
): RefusalWords {
  const book: Readonly<Partial<Record<string, Sentence>>> = books[language];
  const { what, why, next } = book[refusal.code] ?? books[language].DEFECT;
  const facts = factsOf(refusal.details, language);
  const say = (part: Part): string => (typeof part === 'string' ? part : part(facts));
  return {
    what: say(what),
    ...(why === undefined ? {} : { why: say(why) }),
    ...(next === undefined ? {} : { next: say(next) }),
  };
}
