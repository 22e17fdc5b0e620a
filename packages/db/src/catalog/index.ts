export * from './course.repository';
export * from './micro-lesson.repository';
export * from './plan.repository';
export * from './theme.repository';
