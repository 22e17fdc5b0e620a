import type { RoomFacts } from '@cadre/domain/live';
import { StateTag, type Tone } from '@cadre/ui/admin';
import { liveWords } from './live.words';

const tones: Readonly<Record<RoomFacts['status'], Tone>> = {
  scheduled: 'neutral',
  live: 'now',
  closed: 'wait',
  settled: 'met',
  cancelled: 'refusal',
  'not-held': 'wait',
};

export function RoomStateTag({ status }: { readonly status: RoomFacts['status'] }) {
  const say = liveWords.use();
  return <StateTag tone={tones[status]}>{say(`state.${status}`)}</StateTag>;
}
