import { EmptyState, Page } from '@cadre/ui/learner';
import { CalendarDays } from 'lucide-react';
import { trainingWords } from './training.words';

export function SchedulePage() {
  const say = trainingWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={CalendarDays} title={say('empty')} />
    </Page>
  );
}
