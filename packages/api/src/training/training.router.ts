import {
  assessPlacementInput,
  baseIdInput,
  baseResources,
  calendarFile,
  cancelClassInput,
  cancelSessionInput,
  changeCapacityInput,
  classDetail,
  classIdInput,
  classList,
  listClassesInput,
  moveSessionInput,
  mySchedule,
  myScheduleInput,
  notHeldSessions,
  openClasses,
  openClassesInput,
  placementVerdict,
  scheduled,
  scheduleSessionInput,
  sessionIdInput,
  sessionStatusView,
  timetableBases,
  weekGrid,
  weekGridInput,
} from '@cadre/domain/training';
import { z } from 'zod';
import { router, signedInProcedure } from '../core';

const nothing = z.void();

export const trainingRouter = router({
  scheduleSession: signedInProcedure
    .input(scheduleSessionInput)
    .output(scheduled)
    .mutation(({ ctx, input }) => ctx.services.timetable.schedule(ctx.actor, input)),
  moveSession: signedInProcedure
    .input(moveSessionInput)
    .output(scheduled)
    .mutation(({ ctx, input }) => ctx.services.timetable.move(ctx.actor, input)),
  cancelSession: signedInProcedure
    .input(cancelSessionInput)
    .output(sessionStatusView)
    .mutation(({ ctx, input }) => ctx.services.timetable.cancelSession(ctx.actor, input)),
  cancelClass: signedInProcedure
    .input(cancelClassInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.timetable.cancelClass(ctx.actor, input)),
  changeCapacity: signedInProcedure
    .input(changeCapacityInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.timetable.changeCapacity(ctx.actor, input)),
  assessPlacement: signedInProcedure
    .input(assessPlacementInput)
    .output(placementVerdict)
    .query(({ ctx, input }) => ctx.services.timetable.assess(ctx.actor, input)),
  weekGrid: signedInProcedure
    .input(weekGridInput)
    .output(weekGrid)
    .query(({ ctx, input }) => ctx.services.timetableView.weekGrid(ctx.actor, input)),
  bases: signedInProcedure
    .output(timetableBases)
    .query(({ ctx }) => ctx.services.timetableView.listBases(ctx.actor)),
  notHeld: signedInProcedure
    .output(notHeldSessions)
    .query(({ ctx }) => ctx.services.timetableView.listNotHeld(ctx.actor)),
  resources: signedInProcedure
    .input(baseIdInput)
    .output(baseResources)
    .query(({ ctx, input }) => ctx.services.timetableView.resourcesOf(ctx.actor, input.baseId)),
  listClasses: signedInProcedure
    .input(listClassesInput)
    .output(classList)
    .query(({ ctx, input }) => ctx.services.training.listClasses(ctx.actor, input)),
  openClasses: signedInProcedure
    .input(openClassesInput)
    .output(openClasses)
    .query(({ ctx, input }) => ctx.services.training.openClasses(ctx.actor, input)),
  classDetail: signedInProcedure
    .input(classIdInput)
    .output(classDetail)
    .query(({ ctx, input }) => ctx.services.training.classDetail(ctx.actor, input.classId)),
  mySchedule: signedInProcedure
    .input(myScheduleInput)
    .output(mySchedule)
    .query(({ ctx, input }) => ctx.services.training.mySchedule(ctx.actor, input)),
  sessionCalendar: signedInProcedure
    .input(sessionIdInput)
    .output(calendarFile)
    .query(({ ctx, input }) => ctx.services.training.sessionCalendar(ctx.actor, input.sessionId)),
});
