import {
  assessmentTable,
  assessmentTableInput,
  feedInput,
  feedPage,
  feedYear,
  freezeProgress,
  freezeView,
  jsonWebKeySet,
  myAssessment,
  yearView,
} from '@cadre/domain/assessment';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import { clientProcedure, publicProcedure, router, signedInProcedure } from '../core';

const FEED_DESCRIPTION = [
  '每人每年度一行，有变动（学分、单位、职务职级、办法）就出新的一行，version 加一；截止后定格，state 为 frozen，snapshotNo 为定格号。',
  '每项任务：要求 required、已得 earned、是否达标 met、按哪一种计量达标 metBy、差多少 shortfall、原因 reasons、办法版本 regulation 和条款 clause。',
  '任务状态 state：met 达标，open 进行中，missed 未达标（周期已结束，或年度已定格而周期在当年结束），exempt 免。',
  '数量均为万分之一单位的整数：140000 天即 14 天。unit 是数据当天的单位。format 为 2。',
  'One line per person and year; whatever moves (credits, unit, post, regulation) makes a new one with the next version. After the cut-off they are frozen: state frozen, snapshotNo the number of the snapshot.',
  'Each target: required, earned, met, metBy (which measure), shortfall, reasons in both languages, the regulation with its version, and the clause.',
  'State of a target: met; open (its cycle runs); missed (its cycle is over, or the year is frozen and the cycle ends in it); exempt.',
  'Quantities are whole ten-thousandths of their unit: 140000 days are 14 days. unit is the unit of the day of the figures. format is 2.',
].join('\n\n');

export const assessmentRouter = router({
  years: signedInProcedure
    .output(z.array(yearView))
    .query(({ ctx }) => ctx.services.assessment.years(ctx.actor)),
  mine: signedInProcedure
    .output(z.array(myAssessment))
    .query(({ ctx }) => ctx.services.assessment.mine(ctx.actor)),
  table: signedInProcedure
    .input(assessmentTableInput)
    .output(assessmentTable)
    .query(({ ctx, input }) => ctx.services.assessment.table(ctx.actor, input)),
  freezing: signedInProcedure
    .input(z.object({ assessmentYearId: id }))
    .output(freezeView)
    .query(({ ctx, input }) => ctx.services.freeze.view(ctx.actor, input.assessmentYearId)),
  freezeProgress: signedInProcedure
    .input(z.object({ assessmentYearId: id }))
    .output(freezeProgress)
    .query(({ ctx, input }) => ctx.services.freeze.progress(ctx.actor, input.assessmentYearId)),
  freeze: signedInProcedure
    .input(z.object({ assessmentYearId: id }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.freeze.freeze(ctx.actor, input.assessmentYearId)),
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
        description: FEED_DESCRIPTION,
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
