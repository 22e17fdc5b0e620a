import { Segmented } from '@cadre/ui/learner';
import { foundWords } from './found.words';

export type Finding = 'courses' | 'lessons' | 'bases';

export interface FindingSwitchProps {
  readonly value: Finding;
  readonly onChoose: (next: Finding) => void;
}

/** 课程 · 微课 · 基地: the three lists of what the alliance offers, at the top of each. */
export function FindingSwitch({ value, onChoose }: FindingSwitchProps) {
  const say = foundWords.use();
  return (
    <Segmented
      label={say('show.label')}
      quietLabel
      choices={[
        { value: 'courses', label: say('show.courses') },
        { value: 'lessons', label: say('show.lessons') },
        { value: 'bases', label: say('show.bases') },
      ]}
      value={value}
      onChange={onChoose}
    />
  );
}
