import {
  PERSON_READINGS,
  TARGET_READING_NAMES,
  type PersonReading,
  type ReadingCounts,
} from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Segmented } from 'antd';
import { creditStateWords } from './credit-state.words';
import { Sideways } from './sideways';

/** Whom a table of people shows: everybody, or those who read so. */
export type ReadingChoice = 'all' | PersonReading;

/** What a choice asks the server for: nothing in the list is everybody. */
export const shownBy = (choice: ReadingChoice): PersonReading[] => (choice === 'all' ? [] : [choice]);

export interface ReadingSwitchProps {
  readonly value: ReadingChoice;
  readonly counts: ReadingCounts;
  readonly onChange: (choice: ReadingChoice) => void;
}

/** 全部 207 · 未达标 12 · 落后 31 · 进行中 98 · 达标 66: the words of the rows, each with how many. */
export function ReadingSwitch({ value, counts, onChange }: ReadingSwitchProps) {
  const say = creditStateWords.use();
  const format = useFormat();
  return (
    <Sideways>
      <Segmented<ReadingChoice>
        value={value}
        onChange={onChange}
        options={(['all', ...PERSON_READINGS] as const).map((choice) => ({
          value: choice,
          label: say('counted', {
            name: choice === 'all' ? say('all') : format.text(TARGET_READING_NAMES[choice]),
            count: counts[choice],
          }),
        }))}
      />
    </Sideways>
  );
}
