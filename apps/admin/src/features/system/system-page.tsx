import { EmptyState, Page } from '@cadre/ui/admin';
import { Settings } from 'lucide-react';
import { systemWords } from './system.words';

export function SystemPage() {
  const say = systemWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={Settings} title={say('empty')} />
    </Page>
  );
}
