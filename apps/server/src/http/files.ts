import type { Services } from '@cadre/api/container';
import type { PersonActor } from '@cadre/domain/access';
import {
  AppError,
  civilDate,
  id,
  language,
  type CivilDate,
  type Id,
  type Language,
} from '@cadre/domain/core';
import {
  personReading,
  progressSort,
  yearEndBefore,
  type PersonReading,
  type ProgressInput,
  type Statement,
} from '@cadre/domain/ledger';
import { changeKind } from '@cadre/domain/regulation';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { resolveCaller } from './actor';
import { printPaper } from '../papers/paper';
import { statementFileName, statementPaper } from '../papers/statement-paper';
import { WORKBOOK_WORDS } from '../papers/workbook-words';
import { assessmentWorkbook, paperWorkbook, previewWorkbook, progressWorkbook } from '../papers/workbooks';

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
    const { year, rows } = await services.assessment.allRows(actor, {
      assessmentYearId: idOf(request),
      ...peopleAsked(request),
    });
    const asked = languageAsked(request);
    return {
      name: `${WORKBOOK_WORDS[asked].files.assessment(year.name)}.xlsx`,
      type: XLSX,
      content: await assessmentWorkbook(year, rows, asked, nowOf(services)),
    };
  },
  '/ledger/export.jsonl': async (services, actor) => ({
    name: '学分流水.jsonl',
    type: 'application/x-ndjson; charset=utf-8',
    content: await services.ledgerExport.download(actor),
  }),
  '/ledger/root.json': async (services, actor, request) => {
    const number = Number(request.query['number']);
    const content = await services.ledgerExport.downloadRoot(actor, Number.isInteger(number) ? number : null);
    // Several are kept side by side, so each is named after its number.
    const { root } = JSON.parse(content) as { root: { number: number } };
    return { name: `流水封存-第${root.number}号.json`, type: 'application/json; charset=utf-8', content };
  },
  '/regulation-previews/:id/table.xlsx': async (services, actor, request) => {
    const { change, columns } = request.query;
    const { run, english, rows } = await services.regulationPreview.allFlips(actor, idOf(request), {
      change: changeKind.safeParse(change).data ?? null,
      unitId: unitAsked(request),
    });
    const shown = typeof columns === 'string' && columns !== '' ? columns.split(',') : null;
    const asked = languageAsked(request);
    return {
      name: `${WORKBOOK_WORDS[asked].files.preview(run.code, run.version, run.cycle.to)}.xlsx`,
      type: XLSX,
      content: await previewWorkbook({ ...run, english }, rows, shown, asked, nowOf(services)),
    };
  },
  '/progress.xlsx': async (services, actor, request) => {
    const { asOf, rows } = await services.progress.allRows(actor, {
      ...peopleAsked(request),
      unitId: unitAsked(request),
      ...sortAsked(request),
    });
    const asked = languageAsked(request);
    return {
      name: `${WORKBOOK_WORDS[asked].files.progress(asOf)}.xlsx`,
      type: XLSX,
      content: await progressWorkbook(asOf, rows, asked, nowOf(services)),
    };
  },
  '/statement.xlsx': (services, actor, request) =>
    statementFile(services, request, 'xlsx', (asOf) => services.statement.myStatement(actor, asOf)),
  '/statement.pdf': (services, actor, request) =>
    statementFile(services, request, 'pdf', (asOf) => services.statement.myStatement(actor, asOf)),
  '/people/:id/statement.xlsx': (services, actor, request) =>
    statementFile(services, request, 'xlsx', (asOf) =>
      services.statement.statementOfPerson(actor, idOf(request), asOf),
    ),
  '/people/:id/statement.pdf': (services, actor, request) =>
    statementFile(services, request, 'pdf', (asOf) =>
      services.statement.statementOfPerson(actor, idOf(request), asOf),
    ),
};

const nowOf = (services: Services): Date => services.clock.now().now;

/** A statement as of the day in the address (today without one), in its language (Chinese without one), as PDF or workbook. */
async function statementFile(
  services: Services,
  request: Request,
  kind: 'pdf' | 'xlsx',
  read: (asOf: CivilDate | undefined) => Promise<Statement>,
): Promise<FileAnswer> {
  const query = statementFileQuery.safeParse(request.query);
  if (!query.success)
    throw new AppError('INPUT_INVALID', {
      fields: [...new Set(query.error.issues.map(({ path }) => path.join('.')))],
    });
  const statement = await read(query.data.asOf);
  const yearEnd = yearEndBefore(statement.asOf);
  const before = yearEnd === null ? null : await read(yearEnd);
  const paper = statementPaper(statement, query.data.language, nowOf(services), before);
  return {
    name: `${statementFileName(statement, query.data.language)}.${kind}`,
    type: kind === 'pdf' ? 'application/pdf' : XLSX,
    content: await (kind === 'pdf' ? printPaper(paper) : paperWorkbook(paper)),
  };
}

const statementFileQuery = z.object({ asOf: civilDate.optional(), language: language.default('zh') });

const SEARCH_LENGTH = 40;

/** `search=林&show=missed,behind`: the people on the screen; everybody without it, and where it says nothing known. */
function peopleAsked({ query: { search, show } }: Request): { search: string; show: PersonReading[] } {
  const words = typeof show === 'string' ? show.split(',') : [];
  return {
    search: typeof search === 'string' ? search.slice(0, SEARCH_LENGTH) : '',
    show: words.flatMap((word) => personReading.safeParse(word).data ?? []),
  };
}

/** Of a table: Chinese without a language that is known. */
const languageAsked = ({ query }: Request): Language => language.safeParse(query['language']).data ?? 'zh';

const unitAsked = ({ query: { unitId } }: Request): Id | null => id.safeParse(unitId).data ?? null;

/** `sort=gap&descending=true`; the order of person numbers without it. */
function sortAsked({ query: { sort, descending } }: Request): Pick<ProgressInput, 'sort'> {
  const parsed = progressSort.safeParse({ key: sort, descending: descending === 'true' });
  return parsed.success ? { sort: parsed.data } : {};
}

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
