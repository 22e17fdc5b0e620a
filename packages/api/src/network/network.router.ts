import { id } from '@cadre/domain/core';
import {
  base,
  baseFile,
  baseFilter,
  basePage,
  basePoint,
  charterView,
  createBaseInput,
  createInstructorInput,
  createVenueInput,
  instructorRecord,
  listBasesInput,
  moveBaseInput,
  setCharterInput,
  updateBaseInput,
  updateBaseRunningInput,
  updateInstructorInput,
  updateVenueInput,
  venue,
} from '@cadre/domain/network';
import { z } from 'zod';
import { router, signedInProcedure } from '../core';

export const networkRouter = router({
  list: signedInProcedure
    .input(listBasesInput)
    .output(basePage)
    .query(({ ctx, input }) => ctx.services.network.list(ctx.actor, input)),
  map: signedInProcedure
    .input(baseFilter)
    .output(z.array(basePoint))
    .query(({ ctx, input }) => ctx.services.network.map(ctx.actor, input)),
  get: signedInProcedure
    .input(z.object({ baseId: id }))
    .output(baseFile)
    .query(({ ctx, input }) => ctx.services.network.get(ctx.actor, input.baseId)),
  charter: signedInProcedure.output(charterView).query(({ ctx }) => ctx.services.network.charter()),
  setCharter: signedInProcedure
    .input(setCharterInput)
    .output(charterView)
    .mutation(({ ctx, input }) => ctx.services.network.setCharter(ctx.actor, input.regional)),
  createBase: signedInProcedure
    .input(createBaseInput)
    .output(base)
    .mutation(({ ctx, input }) => ctx.services.network.createBase(ctx.actor, input)),
  updateBase: signedInProcedure
    .input(updateBaseInput)
    .output(base)
    .mutation(({ ctx, input }) => ctx.services.network.updateBase(ctx.actor, input)),
  updateBaseRunning: signedInProcedure
    .input(updateBaseRunningInput)
    .output(base)
    .mutation(({ ctx, input }) => ctx.services.network.updateBaseRunning(ctx.actor, input)),
  moveBase: signedInProcedure
    .input(moveBaseInput)
    .output(base)
    .mutation(({ ctx, input }) => ctx.services.network.moveBase(ctx.actor, input)),
  createVenue: signedInProcedure
    .input(createVenueInput)
    .output(venue)
    .mutation(({ ctx, input }) => ctx.services.network.createVenue(ctx.actor, input)),
  updateVenue: signedInProcedure
    .input(updateVenueInput)
    .output(venue)
    .mutation(({ ctx, input }) => ctx.services.network.updateVenue(ctx.actor, input)),
  instructors: signedInProcedure
    .input(z.object({ baseId: id.nullable() }))
    .output(z.array(instructorRecord))
    .query(({ ctx, input }) => ctx.services.network.listInstructors(ctx.actor, input.baseId)),
  createInstructor: signedInProcedure
    .input(createInstructorInput)
    .output(instructorRecord)
    .mutation(({ ctx, input }) => ctx.services.network.createInstructor(ctx.actor, input)),
  updateInstructor: signedInProcedure
    .input(updateInstructorInput)
    .output(instructorRecord)
    .mutation(({ ctx, input }) => ctx.services.network.updateInstructor(ctx.actor, input)),
});
