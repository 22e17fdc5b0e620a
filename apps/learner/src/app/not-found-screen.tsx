import { NotFound } from '@cadre/ui/learner';
import { ButtonLink } from '../shared/links';

/** An address that leads nowhere. */
export function NotFoundScreen() {
  return (
    <NotFound
      home={(label) => (
        <ButtonLink to="/" variant="primary">
          {label}
        </ButtonLink>
      )}
    />
  );
}
