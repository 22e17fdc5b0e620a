import { courseStatusNames } from '@cadre/client/naming';
import { useNow } from '@cadre/client/clock';
import { isOffered, type CourseStatus } from '@cadre/domain/catalog';
import { toCivilDate } from '@cadre/domain/core';
import { StateTag, type Tone } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';

const tones: Readonly<Record<CourseStatus, Tone>> = {
  draft: 'neutral',
  'in-review': 'primary',
  published: 'met',
  expired: 'wait',
  withdrawn: 'refusal',
};

/** A course's state; published content past its review date shows as expired, which is what learners see of it. */
export function CourseState({
  status,
  reviewBy,
}: {
  readonly status: CourseStatus;
  readonly reviewBy: string;
}) {
  const format = useFormat();
  const shown = useShownStatus()({ status, reviewBy });
  return <StateTag tone={tones[shown]}>{format.text(courseStatusNames[shown])}</StateTag>;
}

/** Published content past its review date counts as expired. */
export function useShownStatus() {
  const today = toCivilDate(useNow(60_000));
  return (course: { readonly status: CourseStatus; readonly reviewBy: string }): CourseStatus =>
    course.status === 'published' && !isOffered(course, today) ? 'expired' : course.status;
}
