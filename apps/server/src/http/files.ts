import type { Services } from '@cadre/api/container';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, civilDate, id } from '@cadre/domain/core';
import { changeKind } from '@cadre/domain/regulation';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, type Router } from 'express';
import { resolveCaller } from './actor';
import { assessmentWorkbook, previewWorkbook, progressWorkbook, statementWorkbook } from './workbooks';

interface FileAnswer {
  name: string;
  type: string;
  content: Buffer | string | AsyncIterable<string>;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Files that people download: path below `/api/v1` → how it is made for a signed-in person. */
export const FILE_ROUTES: Readonly<
  Record<string, (services: Services, actor: PersonActor, request: Request) => Promise<FileAnswer>>
> = {
  '/sessions/:id.ics': async (services, actor, request) => {
    const file = await services.training.sessionCalendar(actor, idOf(request));
    return { name: file.fileName, type: 'text/calendar; charset=utf-8', content: file.content };
  },
  '/assessment-years/:id/table.xlsx': async (services, actor, request) => {
    const { year, rows } = await services.assessment.allRows(actor, idOf(request));
    return { name: `${year.name}学时学分.xlsx`, type: XLSX, content: await assessmentWorkbook(year, rows) };
  },
  '/ledger/export.jsonl': async (services, actor) => ({
    name: '学分流水.jsonl',
    type: 'application/x-ndjson; charset=utf-8',
    content: await services.ledgerExport.download(actor),
  }),
  '/ledger/root.json': async (services, actor, request) => {
    const number = Number(request.query['number']);
    const content = await services.ledgerExport.downloadRoot(actor, Number.isInteger(number) ? number : null);
    return { name: '流水封存.json', type: 'application/json; charset=utf-8', content };
  },
  '/regulation-previews/:id/table.xlsx': async (services, actor, request) => {
    const { change, unitId, columns } = request.query;
    const { run, rows } = await services.regulationPreview.allFlips(actor, idOf(request), {
      change: changeKind.safeParse(change).data ?? null,
      unitId: id.safeParse(unitId).data ?? null,
    });
    const shown = typeof columns === 'string' && columns !== '' ? columns.split(',') : null;
    return {
      name: `换版预演 ${run.code} 第${run.version}版 ${run.cycle.to}.xlsx`,
      type: XLSX,
      content: await previewWorkbook(run, rows, shown),
    };
  },
  '/progress.xlsx': async (services, actor, request) => {
    const show = request.query['show'] === 'behind' ? 'behind' : 'all';
    const { asOf, rows } = await services.progress.allRows(actor, show);
    return { name: `学时学分进度 ${asOf}.xlsx`, type: XLSX, content: await progressWorkbook(asOf, rows) };
  },
  '/statement.xlsx': async (services, actor, request) => {
    const asOf = civilDate.safeParse(request.query['asOf']);
    const statement = await services.statement.myStatement(actor, asOf.data);
    return {
      name: `我的学时学分 ${statement.asOf}.xlsx`,
      type: XLSX,
      content: await statementWorkbook(statement),
    };
  },
};

/** A malformed id answers like a missing one. */
function idOf(request: Request): string {
  const parsed = id.safeParse(request.params['id']);
  if (!parsed.success) throw new AppError('NOT_FOUND');
  return parsed.data;
}

export function createFilesRouter(services: Services): Router {
  const router = express.Router();
  for (const [path, make] of Object.entries(FILE_ROUTES))
    router.get(path, async (request: Request, response: Response) => {
      const { actor, mustChangePassword } = await resolveCaller(services, request);
      if (actor?.kind !== 'person') throw new AppError('NOT_SIGNED_IN');
      if (mustChangePassword) throw new AppError('PASSWORD_CHANGE_REQUIRED');
      const file = await make(services, actor, request);
      response
        .setHeader('content-type', file.type)
        .setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
      if (typeof file.content === 'string' || Buffer.isBuffer(file.content)) response.send(file.content);
      else await pipeline(file.content, response);
    });
  return router;
}
