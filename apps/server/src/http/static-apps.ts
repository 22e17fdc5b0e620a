import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';

const YEAR_SECONDS = 31_536_000;

/** Files with a hash in their name never change; pages are always asked for again. */
const setCaching = (response: { setHeader(name: string, value: string): unknown }, path: string) => {
  const immutable = /[/\\]assets[/\\]/.test(path);
  response.setHeader('cache-control', immutable ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
};

function singlePageApp(folder: string): RequestHandler[] {
  const page = resolve(folder, 'index.html');
  return [
    express.static(folder, { index: false, redirect: false, setHeaders: setCaching }),
    (request, response, next) => {
      const isPage = request.method === 'GET' && !/\.[a-z0-9]+$/i.test(request.path);
      if (!isPage || !existsSync(page)) next();
      else response.setHeader('cache-control', 'no-cache').sendFile(page, { dotfiles: 'allow' });
    },
  ];
}

export interface StaticFolders {
  learner: string;
  admin: string;
  /** The page that checks an exported ledger without a server. */
  verifier: string;
}

/** Where the page that checks an exported ledger is taken away from; it holds no data and needs no sign-in. */
const VERIFIER_PATH = '/admin/verify-ledger.html';

/** The admin app at `/admin`, the learner app at everything else. */
export function serveApps(folders: StaticFolders): Router {
  const router = express.Router();
  router.get(VERIFIER_PATH, (_request, response) => {
    response.download(resolve(folders.verifier, 'verify-ledger.html'));
  });
  router.use('/admin', ...singlePageApp(folders.admin));
  router.use('/', ...singlePageApp(folders.learner));
  return router;
}
