import { EmptyState, Page } from '@cadre/ui/admin';
import { RadioTower } from 'lucide-react';
import { liveWords } from './live.words';

export function LivePage() {
  const say = liveWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={RadioTower} title={say('empty')} />
    </Page>
  );
}
