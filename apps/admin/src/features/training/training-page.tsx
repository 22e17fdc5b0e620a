import { EmptyState, Page } from '@cadre/ui/admin';
import { CalendarRange } from 'lucide-react';
import { trainingWords } from './training.words';

export function TrainingPage() {
  const say = trainingWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={CalendarRange} title={say('empty')} />
    </Page>
  );
}
