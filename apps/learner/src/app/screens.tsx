import { EmptyState, LoadingState } from '@cadre/ui/learner';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { FailedToRead } from '../shared/failure';
import { ButtonLink } from '../shared/links';
import { appWords } from './app.words';

/** A screen that failed while opening. */
export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main>
      <FailedToRead
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}

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

/** A screen whose code or data is still on its way. */
export function PendingScreen() {
  return (
    <main className="mx-auto w-full max-w-[40rem] px-4 pt-6">
      <LoadingState />
    </main>
  );
}
