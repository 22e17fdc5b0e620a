import { Segmented } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { trainingWords } from './training.words';

/** The two sides of the area: the week, and the classes. */
export function TrainingTabs({ at }: { readonly at: 'timetable' | 'classes' }) {
  const say = trainingWords.use();
  const navigate = useNavigate();
  return (
    <Segmented
      aria-label={say('tabs.label')}
      value={at}
      options={[
        { value: 'timetable', label: say('tabs.timetable') },
        { value: 'classes', label: say('tabs.classes') },
      ]}
      onChange={(next) =>
        void navigate(next === 'classes' ? { to: '/training/classes' } : { to: '/training', search: {} })
      }
    />
  );
}
