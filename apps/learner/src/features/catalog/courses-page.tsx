import { EmptyState, Page } from '@cadre/ui/learner';
import { BookOpen } from 'lucide-react';
import { catalogWords } from './catalog.words';

export function CoursesPage() {
  const say = catalogWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={BookOpen} title={say('empty')} />
    </Page>
  );
}
