import { EmptyState, Page } from '@cadre/ui/admin';
import { UsersRound } from 'lucide-react';
import { enrollmentWords } from './enrollment.words';

export function EnrollmentPage() {
  const say = enrollmentWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={UsersRound} title={say('empty')} />
    </Page>
  );
}
