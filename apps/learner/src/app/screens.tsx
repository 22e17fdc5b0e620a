import { LoadingState } from '@cadre/ui/learner';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { FailedToRead } from '../shared/failure';

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

/** A screen whose code or data is still on its way. */
export function PendingScreen() {
  return (
    <main className="mx-auto w-full max-w-[40rem] px-4 pt-6">
      <LoadingState />
    </main>
  );
}
