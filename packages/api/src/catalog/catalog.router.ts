import {
  course,
  courseFile,
  courseHitPage,
  createCourseInput,
  createMicroLessonInput,
  createThemeInput,
  microLesson,
  microLessonHitPage,
  moveCourseInput,
  plan,
  planBoard,
  planRecordPage,
  planRecordsInput,
  savePlanInput,
  searchCoursesInput,
  searchMicroLessonsInput,
  theme,
  updateCourseInput,
  updateMicroLessonInput,
  updateThemeInput,
} from '@cadre/domain/catalog';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import { router, signedInProcedure } from '../core';

export const catalogRouter = router({
  themes: signedInProcedure.output(z.array(theme)).query(({ ctx }) => ctx.services.catalog.themes()),
  searchCourses: signedInProcedure
    .input(searchCoursesInput)
    .output(courseHitPage)
    .query(({ ctx, input }) => ctx.services.catalog.searchCourses(ctx.actor, input)),
  searchMicroLessons: signedInProcedure
    .input(searchMicroLessonsInput)
    .output(microLessonHitPage)
    .query(({ ctx, input }) => ctx.services.catalog.searchMicroLessons(ctx.actor, input)),
  course: signedInProcedure
    .input(z.object({ courseId: id }))
    .output(courseFile)
    .query(({ ctx, input }) => ctx.services.catalog.course(ctx.actor, input.courseId)),
  createTheme: signedInProcedure
    .input(createThemeInput)
    .output(theme)
    .mutation(({ ctx, input }) => ctx.services.catalog.createTheme(ctx.actor, input)),
  updateTheme: signedInProcedure
    .input(updateThemeInput)
    .output(theme)
    .mutation(({ ctx, input }) => ctx.services.catalog.updateTheme(ctx.actor, input)),
  createCourse: signedInProcedure
    .input(createCourseInput)
    .output(course)
    .mutation(({ ctx, input }) => ctx.services.catalog.createCourse(ctx.actor, input)),
  updateCourse: signedInProcedure
    .input(updateCourseInput)
    .output(course)
    .mutation(({ ctx, input }) => ctx.services.catalog.updateCourse(ctx.actor, input)),
  moveCourse: signedInProcedure
    .input(moveCourseInput)
    .output(course)
    .mutation(({ ctx, input }) => ctx.services.catalog.moveCourse(ctx.actor, input)),
  createMicroLesson: signedInProcedure
    .input(createMicroLessonInput)
    .output(microLesson)
    .mutation(({ ctx, input }) => ctx.services.catalog.createMicroLesson(ctx.actor, input)),
  updateMicroLesson: signedInProcedure
    .input(updateMicroLessonInput)
    .output(microLesson)
    .mutation(({ ctx, input }) => ctx.services.catalog.updateMicroLesson(ctx.actor, input)),
  planBoard: signedInProcedure
    .output(planBoard.nullable())
    .query(({ ctx }) => ctx.services.plan.board(ctx.actor)),
  planRecords: signedInProcedure
    .input(planRecordsInput)
    .output(planRecordPage)
    .query(({ ctx, input }) => ctx.services.plan.records(ctx.actor, input)),
  planVersions: signedInProcedure
    .output(z.array(plan))
    .query(({ ctx }) => ctx.services.plan.versions(ctx.actor)),
  savePlan: signedInProcedure
    .input(savePlanInput)
    .output(plan)
    .mutation(({ ctx, input }) => ctx.services.plan.save(ctx.actor, input)),
});
