import { TARGET_READING_NAMES, type TargetReading } from '@cadre/domain/ledger';
import { textIn, useLanguage } from '../i18n';
import { StateTag } from './state-tag';
import type { Tone } from './tone';

const toneOf: Readonly<Record<TargetReading, Tone>> = {
  met: 'met',
  'on-track': 'neutral',
  behind: 'wait',
  missed: 'refusal',
  exempt: 'neutral',
};

/** How a target, or a person by all targets, stands: the same word and colour on every screen. */
export function ReadingTag({ reading }: { readonly reading: TargetReading }) {
  const language = useLanguage();
  return <StateTag tone={toneOf[reading]}>{textIn(TARGET_READING_NAMES[reading], language)}</StateTag>;
}
