import { EmptyState, LoadingState, NotFound } from '@cadre/ui/admin';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { FailedToRead } from '../shared/failure';
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
  return (
    <NotFound
      home={(label) => (
        <Link to="/" className="text-primary underline underline-offset-4">
          {label}
        </Link>
      )}
    />
  );
}

/** Somebody without any administrative grant. */
export function NoAreaScreen() {
  const say = appWords.use();
  return (
    <main>
      <EmptyState
        isPage
        icon={KeyRound}
        title={say('noArea.title')}
        action={
          <a href="/" className="text-primary underline underline-offset-4">
            {say('noArea.learner')}
          </a>
        }
      >
        {say('noArea.text')}
      </EmptyState>
    </main>
  );
}

/** A screen whose code or data is still on its way. */
export function PendingScreen() {
  return (
    <main className="px-6 pt-5">
      <LoadingState rows={6} />
    </main>
  );
}
