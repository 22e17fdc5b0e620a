import {
  attendanceReceipt,
  checkInInput,
  disputedRoom,
  extendInput,
  hallScreen,
  myRoom,
  roomFacts,
  roomPersonInput,
  roomSummary,
  roomTextInput,
  roomView,
  roomsInput,
  scanInput,
  scanned,
  sessionInput,
} from '@cadre/domain/live';
import { z } from 'zod';
import { publicProcedure, router, signedInProcedure } from '../core';

export const liveRouter = router({
  scan: publicProcedure
    .input(scanInput)
    .output(scanned)
    .mutation(async ({ ctx, input }) => {
      const kept = await ctx.services.checkIn.scan(input.sessionId, input.token);
      ctx.ticketCookie.set(kept.secret);
      return kept.scanned;
    }),
  checkIn: signedInProcedure
    .input(checkInInput)
    .output(attendanceReceipt)
    .mutation(({ ctx, input }) => ctx.services.checkIn.checkIn(ctx.actor, input.sessionId, input.proof)),
  redeem: signedInProcedure
    .input(sessionInput)
    .output(attendanceReceipt)
    .mutation(async ({ ctx, input }) => {
      const receipt = await ctx.services.checkIn.redeem(ctx.actor, input.sessionId, ctx.ticketCookie.read());
      ctx.ticketCookie.clear();
      return receipt;
    }),
  checkOut: signedInProcedure
    .input(sessionInput)
    .output(attendanceReceipt)
    .mutation(({ ctx, input }) => ctx.services.checkIn.checkOut(ctx.actor, input.sessionId)),
  dispute: signedInProcedure
    .input(roomTextInput)
    .output(attendanceReceipt.nullable())
    .mutation(({ ctx, input }) => ctx.services.checkIn.dispute(ctx.actor, input.sessionId, input.text)),
  myRoom: signedInProcedure
    .input(sessionInput)
    .output(myRoom)
    .query(({ ctx, input }) => ctx.services.checkIn.myRoom(ctx.actor, input.sessionId)),

  rooms: signedInProcedure
    .input(roomsInput)
    .output(z.array(roomSummary))
    .query(({ ctx, input }) => ctx.services.room.rooms(ctx.actor, input.date)),
  disputed: signedInProcedure
    .output(z.array(disputedRoom))
    .query(({ ctx }) => ctx.services.room.disputed(ctx.actor)),
  room: signedInProcedure
    .input(sessionInput)
    .output(roomView)
    .query(({ ctx, input }) => ctx.services.room.room(ctx.actor, input.sessionId)),
  hall: signedInProcedure
    .input(sessionInput)
    .output(hallScreen)
    .query(({ ctx, input }) => ctx.services.room.hall(ctx.actor, input.sessionId)),
  open: signedInProcedure
    .input(sessionInput)
    .output(roomFacts)
    .mutation(({ ctx, input }) => ctx.services.room.open(ctx.actor, input.sessionId)),
  extend: signedInProcedure
    .input(extendInput)
    .output(roomFacts)
    .mutation(({ ctx, input }) => ctx.services.room.extend(ctx.actor, input.sessionId, input.until)),
  close: signedInProcedure
    .input(sessionInput)
    .output(roomFacts)
    .mutation(({ ctx, input }) => ctx.services.room.close(ctx.actor, input.sessionId)),
  checkInByHand: signedInProcedure
    .input(roomPersonInput)
    .output(attendanceReceipt)
    .mutation(({ ctx, input }) =>
      ctx.services.room.checkInByHand(ctx.actor, input.sessionId, input.personId),
    ),
  checkOutByHand: signedInProcedure
    .input(roomPersonInput)
    .output(attendanceReceipt)
    .mutation(({ ctx, input }) =>
      ctx.services.room.checkOutByHand(ctx.actor, input.sessionId, input.personId),
    ),
  announce: signedInProcedure
    .input(roomTextInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.room.announce(ctx.actor, input.sessionId, input.text)),
});
