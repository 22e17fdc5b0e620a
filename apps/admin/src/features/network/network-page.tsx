import { EmptyState, Page } from '@cadre/ui/admin';
import { Network as NetworkIcon } from 'lucide-react';
import { networkWords } from './network.words';

export function NetworkPage() {
  const say = networkWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={NetworkIcon} title={say('empty')} />
    </Page>
  );
}
