import { AppError, type CivilDate } from '../core';
import type { Course, CourseStatus, MicroLesson } from './catalog';

/** Where a course can go from each state. Going back into review makes a new version of its content. */
export const COURSE_MOVES: Record<CourseStatus, readonly CourseStatus[]> = {
  draft: ['in-review', 'withdrawn'],
  'in-review': ['published', 'draft', 'withdrawn'],
  published: ['in-review', 'withdrawn'],
  expired: ['in-review', 'withdrawn'],
  withdrawn: ['draft'],
};

/** The course after the move. Content whose review date has passed cannot be published. */
export function decideCourseMove(
  course: Pick<Course, 'status' | 'version' | 'reviewBy'>,
  to: CourseStatus,
  today: CivilDate,
): Pick<Course, 'status' | 'version'> {
  const allowed = COURSE_MOVES[course.status];
  if (!allowed.includes(to)) throw new AppError('COURSE_MOVE_INVALID', { from: course.status, to, allowed });
  if (to === 'published' && course.reviewBy < today)
    throw new AppError('COURSE_REVIEW_OVERDUE', { reviewBy: course.reviewBy });
  const again = to === 'in-review' && course.status !== 'draft';
  return { status: to, version: again ? course.version + 1 : course.version };
}

/** Learners are offered what is published and not past its review date (that day still counts). */
export const isOffered = (course: Pick<Course, 'status' | 'reviewBy'>, today: CivilDate): boolean =>
  course.status === 'published' && course.reviewBy >= today;

/** A micro-lesson is offered with its course, as long as its own review date has not passed. */
export const isLessonOffered = (
  lesson: Pick<MicroLesson, 'reviewBy'>,
  course: Pick<Course, 'status' | 'reviewBy'>,
  today: CivilDate,
): boolean => isOffered(course, today) && lesson.reviewBy >= today;
