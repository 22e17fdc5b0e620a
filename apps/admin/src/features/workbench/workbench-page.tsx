import { EmptyState, Page } from '@cadre/ui/admin';
import { LayoutDashboard } from 'lucide-react';
import { workbenchWords } from './workbench.words';

export function WorkbenchPage() {
  const say = workbenchWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={LayoutDashboard} title={say('empty')} />
    </Page>
  );
}
