import { EmptyState } from '@cadre/ui/learner';
import { SearchX } from 'lucide-react';
import { ButtonLink } from '../shared/links';
import { appWords } from './app.words';

/** An address that leads nowhere. */
export function NotFoundScreen() {
  const say = appWords.use();
  return (
    <main>
      <title>{say('notFound.title')}</title>
      <EmptyState
        icon={SearchX}
        title={say('notFound.title')}
        action={
          <ButtonLink to="/" variant="primary">
            {say('notFound.home')}
          </ButtonLink>
        }
      >
        {say('notFound.text')}
      </EmptyState>
    </main>
  );
}
