import { EmptyState, Page } from '@cadre/ui/learner';
import { Award } from 'lucide-react';
import { creditWords } from './credit.words';

export function CreditsPage() {
  const say = creditWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={Award} title={say('empty')} />
    </Page>
  );
}
