import { accountSettings, changePasswordInput, me, signInInput } from '@cadre/domain/identity';
import { z } from 'zod';
import { accountProcedure, publicProcedure, router } from '../core';

const nothing = z.void();

export const identityRouter = router({
  signIn: publicProcedure
    .input(signInInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      const { userAgent, address } = ctx;
      ctx.cookie.set(
        await ctx.services.signIn.signIn(input.loginName, input.password, { userAgent, address }),
      );
    }),
  me: accountProcedure.output(me).query(({ ctx }) => ctx.services.signIn.me(ctx.actor)),
  signOut: accountProcedure.output(nothing).mutation(async ({ ctx }) => {
    await ctx.services.signIn.signOut(ctx.signInId);
    ctx.cookie.clear();
  }),
  signOutEverywhere: accountProcedure.output(nothing).mutation(async ({ ctx }) => {
    await ctx.services.signIn.signOutEverywhere(ctx.actor);
    ctx.cookie.clear();
  }),
  changePassword: accountProcedure
    .input(changePasswordInput)
    .output(nothing)
    .mutation(({ ctx, input }) =>
      ctx.services.signIn.changePassword(ctx.actor, ctx.signInId, input.currentPassword, input.newPassword),
    ),
  updateSettings: accountProcedure
    .input(accountSettings)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.signIn.updateSettings(ctx.actor, input)),
});
