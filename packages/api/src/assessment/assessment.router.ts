import {
  assessmentTable,
  assessmentTableInput,
  feedInput,
  feedPage,
  feedYear,
  jsonWebKeySet,
  yearView,
} from '@cadre/domain/assessment';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import { clientProcedure, publicProcedure, router, signedInProcedure } from '../core';

export const assessmentRouter = router({
  years: signedInProcedure
    .output(z.array(yearView))
    .query(({ ctx }) => ctx.services.assessment.years(ctx.actor)),
  table: signedInProcedure
    .input(assessmentTableInput)
    .output(assessmentTable)
    .query(({ ctx, input }) => ctx.services.assessment.table(ctx.actor, input)),
  freeze: signedInProcedure
    .input(z.object({ assessmentYearId: id }))
    .output(yearView)
    .mutation(({ ctx, input }) => ctx.services.assessment.freeze(ctx.actor, input.assessmentYearId)),
  feedYears: clientProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/assessment-years',
        summary: '可读的考核年度 / assessment years that the key may read',
        tags: ['assessment'],
        protect: true,
      },
    })
    .output(z.array(feedYear))
    .query(({ ctx }) => ctx.services.feed.years(ctx.actor)),
  feed: clientProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/assessment-years/{assessmentYearId}/feed',
        summary: '学时学分结果流：自游标起的已签名条目 / signed credit lines after a cursor',
        description:
          '数量均为万分之一单位的整数：140000 天即 14 天。 Quantities are whole ten-thousandths of their unit: 140000 days are 14 days.',
        tags: ['assessment'],
        protect: true,
      },
    })
    .input(feedInput)
    .output(feedPage)
    .query(({ ctx, input }) =>
      ctx.services.feed.read(ctx.actor, input.assessmentYearId, input.cursor, input.limit),
    ),
  keys: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/feed/keys',
        summary: '验签公钥（JWKS） / public keys that verify the lines',
        tags: ['assessment'],
        protect: false,
      },
    })
    .output(jsonWebKeySet)
    .query(({ ctx }) => ctx.services.feed.publicKeys()),
});
