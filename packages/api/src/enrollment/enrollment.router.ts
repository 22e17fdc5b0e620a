import {
  enrollInput,
  enrollResult,
  myEnrollments,
  myEnrollmentsInput,
  roster,
  rosterInput,
  seatCounts,
  seatCountsInput,
  unitEnrollments,
  unitEnrollmentsInput,
  withdrawInput,
} from '@cadre/domain/enrollment';
import { router, signedInProcedure } from '../core';

export const enrollmentRouter = router({
  enroll: signedInProcedure
    .input(enrollInput)
    .output(enrollResult)
    .mutation(({ ctx, input }) => ctx.services.enrollment.enroll(ctx.actor, input.classId)),
  withdraw: signedInProcedure
    .input(withdrawInput)
    .output(enrollResult)
    .mutation(({ ctx, input: { enrollmentId, from } }) =>
      ctx.services.enrollment.withdraw(ctx.actor, enrollmentId, from),
    ),
  mine: signedInProcedure
    .input(myEnrollmentsInput)
    .output(myEnrollments)
    .query(({ ctx, input }) => ctx.services.enrollment.mine(ctx.actor, input)),
  roster: signedInProcedure
    .input(rosterInput)
    .output(roster)
    .query(({ ctx, input }) => ctx.services.enrollment.roster(ctx.actor, input)),
  ofUnit: signedInProcedure
    .input(unitEnrollmentsInput)
    .output(unitEnrollments)
    .query(({ ctx, input }) => ctx.services.enrollment.ofUnit(ctx.actor, input)),
  seatCounts: signedInProcedure
    .input(seatCountsInput)
    .output(seatCounts)
    .query(({ ctx, input }) => ctx.services.enrollment.seatCounts(input.classIds)),
});
