import { EmptyState, Page } from '@cadre/ui/admin';
import { BookOpen } from 'lucide-react';
import { catalogWords } from './catalog.words';

export function CatalogPage() {
  const say = catalogWords.use();
  return (
    <Page title={say('title')}>
      <EmptyState icon={BookOpen} title={say('empty')} />
    </Page>
  );
}
