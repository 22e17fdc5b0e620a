import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageConfig } from '../eslint.config.base.js';
import { importTable } from '../import-table.js';
import { REPOSITORY, runTool, scratchWorkspace } from './scratch-workspace';

const read = (path: string) => readFile(join(REPOSITORY, path), 'utf8');

describe('ESLint', () => {
  const kinds = ['pure', 'node', 'browser'] as const;
  const promise = 'declare const work: () => Promise<void>;\n';
  const planted: { rule: string; kind: (typeof kinds)[number]; text: string }[] = [
    { rule: 'no-restricted-syntax', kind: 'pure', text: 'export const now = Date.now();' },
    { rule: 'no-restricted-syntax', kind: 'pure', text: 'export const now = new Date();' },
    { rule: 'no-restricted-syntax', kind: 'pure', text: 'export const now = Date();' },
    { rule: 'no-restricted-syntax', kind: 'pure', text: 'export const chance = Math.random();' },
    { rule: '@typescript-eslint/no-floating-promises', kind: 'node', text: `${promise}work();` },
    {
      rule: '@typescript-eslint/no-misused-promises',
      kind: 'node',
      text: `${promise}[1].forEach(async () => { await work(); });`,
    },
    {
      rule: '@typescript-eslint/switch-exhaustiveness-check',
      kind: 'node',
      text: "export function of(way: 'in' | 'out') { switch (way) { case 'in': return 1; } return 2; }",
    },
    {
      rule: '@typescript-eslint/consistent-type-imports',
      kind: 'node',
      text: "import { Stats } from './types';\nexport const size = (stats: Stats) => stats.size;",
    },
    { rule: '@typescript-eslint/no-unused-vars', kind: 'node', text: 'const nobody = 1;\nexport {};' },
    { rule: '@typescript-eslint/no-explicit-any', kind: 'node', text: 'export const what: any = 1;' },
    {
      rule: '@typescript-eslint/restrict-template-expressions',
      kind: 'node',
      text: 'export const text = (list: string[]) => `${list}`;',
    },
    { rule: 'no-console', kind: 'node', text: "console.log('debug');\nexport {};" },
    { rule: 'eqeqeq', kind: 'node', text: 'export const same = (a: unknown) => a == 1;' },
    {
      rule: 'react-hooks/rules-of-hooks',
      kind: 'browser',
      text: 'declare function useThing(): number;\nexport function View(p: { on: boolean }) { if (p.on) { return useThing(); } return 0; }',
    },
    {
      rule: 'unused directive',
      kind: 'node',
      text: '// eslint-disable-next-line no-console\nexport const calm = 1;',
    },
  ];
  const clean = "export const at = new Date('2026-11-18T00:00:00Z');\n";
  let reported = new Map<string, string[]>();

  beforeAll(async () => {
    const path = (kind: string, at: number) => `${kind}/src/planted-${at}.ts`;
    await using workspace = await scratchWorkspace({
      ...Object.fromEntries(planted.map(({ kind, text }, at) => [path(kind, at), `${text}\n`])),
      ...Object.fromEntries(
        kinds.flatMap((kind) => [
          [
            `${kind}/tsconfig.json`,
            '{ "extends": "../tsconfig.base.json", "compilerOptions": { "lib": ["ES2023", "DOM"] }, "include": ["src"] }',
          ],
          [`${kind}/src/types.ts`, 'export interface Stats { readonly size: number }\n'],
          [`${kind}/src/clean.ts`, clean],
        ]),
      ),
      'tsconfig.base.json': await read('tsconfig.base.json'),
    });
    for (const kind of kinds) {
      const root = join(workspace.folder, kind);
      const eslint = new ESLint({
        cwd: root,
        overrideConfigFile: true,
        overrideConfig: packageConfig({ root, kind }),
      });
      for (const { filePath, messages } of await eslint.lintFiles(['src'])) {
        const name = filePath.slice(workspace.folder.length + 1);
        reported.set(
          name,
          messages.map(
            ({ ruleId, message }) =>
              ruleId ?? (message.startsWith('Unused eslint-disable') ? 'unused directive' : message),
          ),
        );
      }
    }
    reported = new Map(
      [...reported].map(([name, rules]) => [/planted-(\d+)/.exec(name)?.[1] ?? name, rules]),
    );
  });

  it.each(planted.map((one, at) => ({ ...one, at })))('$rule refuses $text', ({ rule, at }) => {
    expect(reported.get(String(at))).toEqual([rule]);
  });

  it('has nothing against time as a value', () => {
    expect(kinds.map((kind) => reported.get(`${kind}/src/clean.ts`))).toEqual([[], [], []]);
  });
});

describe('tsc', () => {
  const planted = [
    {
      what: 'reading a file in domain',
      code: 'TS2591',
      text: "import { readFileSync } from 'node:fs';\nexport const text = readFileSync;",
    },
    { what: 'fetching in domain', code: 'TS2304', text: "export const page = fetch('/');" },
    { what: 'reading the environment in domain', code: 'TS2591', text: 'export const home = process.env;' },
    { what: 'a timer in domain', code: 'TS2304', text: 'export const timer = setTimeout;' },
    { what: 'printing in domain', code: 'TS2584', text: "console.log('x');\nexport {};" },
    { what: 'the page in domain', code: 'TS2584', text: 'export const title = document.title;' },
    {
      what: 'an element that may be missing',
      code: 'TS2322',
      text: 'declare const list: string[];\nexport const first: string = list[0];',
    },
    {
      what: 'undefined for an absent property',
      code: 'TS2375',
      text: 'export const seat: { row?: number } = { row: undefined };',
    },
    {
      what: 'an import of a type as a value',
      code: 'TS1484',
      text: "import { Seat } from './seat';\nexport type Chair = Seat;",
    },
    { what: 'an enum', code: 'TS1294', text: 'export enum Way { In, Out }' },
    { what: 'a parameter without a type', code: 'TS7006', text: 'export const same = (value) => value;' },
    {
      what: 'a path without a return',
      code: 'TS7030',
      text: 'export function one(on: boolean) { if (on) return 1; }',
    },
  ];
  let output = '';

  beforeAll(async () => {
    await using workspace = await scratchWorkspace({
      'tsconfig.base.json': await read('tsconfig.base.json'),
      'packages/domain/tsconfig.json': await read('packages/domain/tsconfig.json'),
      'packages/domain/src/seat.ts': 'export interface Seat { readonly row: number }\n',
      ...Object.fromEntries(
        planted.map(({ text }, at) => [`packages/domain/src/planted-${at}.ts`, `${text}\n`]),
      ),
    });
    ({ output } = await runTool('tsc', ['-p', 'packages/domain'], workspace.folder));
  });

  it.each(planted.map((one, at) => ({ ...one, at })))('refuses $what', ({ at, code }) => {
    const errors = output.split('\n').filter((line) => line.includes(`planted-${at}.ts`));
    expect(errors.map((line) => /TS\d+/.exec(line)?.[0])).toContain(code);
  });

  it('has nothing against the file without a fault', () => {
    expect(output).not.toContain('seat.ts(');
  });
});

describe('turbo boundaries', () => {
  const untagged = ['packages/client', 'apps/learner', 'apps/admin']; // allow lists ignore that an edge is type-only
  /** Set-up of tests: turbo sees a package.json, not which file imports. dependency-cruiser is finer here. */
  const forTests: Record<string, readonly string[]> = {
    'packages/db': ['packages/embedded-mongo'],
    'packages/api': ['packages/embedded-mongo', 'packages/demo'],
    'packages/ledger-verifier': ['packages/domain', 'packages/demo'],
    'apps/server': ['packages/ledger-verifier'],
    'packages/journeys': ['packages/embedded-mongo'],
  };
  const tagged = Object.keys(importTable).filter((folder) => !untagged.includes(folder));
  const nameOf = (folder: string) => `@cadre/${folder.split('/')[1]}`;

  async function boundaries(
    dependencies: Record<string, readonly string[]>,
    files: Record<string, string> = {},
  ) {
    await using workspace = await scratchWorkspace(files);
    for (const file of ['package.json', 'turbo.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml']) {
      await copyFile(join(REPOSITORY, file), join(workspace.folder, file));
    }
    for (const folder of Object.keys(importTable)) {
      const links = (dependencies[folder] ?? []).map((target) => [nameOf(target), 'workspace:*']);
      await workspace.write(
        `${folder}/package.json`,
        JSON.stringify({
          name: nameOf(folder),
          version: '0.1.0',
          dependencies: Object.fromEntries(links) as object,
        }),
      );
      if (tagged.includes(folder))
        await copyFile(join(REPOSITORY, folder, 'turbo.json'), join(workspace.folder, folder, 'turbo.json'));
    }
    const { code, output } = await runTool('turbo', ['boundaries'], workspace.folder);
    return { code, output: output.replaceAll(/\s+\|?\s*/g, '') }; // the report wraps inside of words
  }

  const offTheTable = tagged.map((folder) => {
    const allowed = [folder, 'packages/config', ...(importTable[folder] ?? []), ...(forTests[folder] ?? [])];
    return { folder, forbidden: tagged.filter((target) => !allowed.includes(target)) };
  });

  it.each(offTheTable)('refuses $folder → $forbidden', async ({ folder, forbidden }) => {
    const { code, output } = await boundaries({ [folder]: forbidden });
    for (const target of forbidden) {
      expect(output).toContain(
        `Package\`${nameOf(target)}\`foundwithoutanytaglistedinallowlistfor\`${nameOf(folder)}\``,
      );
    }
    expect(code).not.toBe(0);
  });

  it('refuses an import of a package that package.json does not name', async () => {
    const { code, output } = await boundaries(
      {},
      { 'packages/domain/src/planted.ts': "import '@cadre/db/seat';\n" },
    );
    expect(output).toContain('cannotimportpackage`@cadre/db`becauseitisnotadependency');
    expect(code).not.toBe(0);
  });

  it('refuses an import that leaves the package', async () => {
    const { code, output } = await boundaries(
      {},
      {
        'packages/domain/src/planted.ts': "import '../../db/src/seat';\n",
        'packages/db/src/seat.ts': 'export {};\n',
      },
    );
    expect(output).toContain('leavesthepackage');
    expect(code).not.toBe(0);
  });

  it('lets the arrows of the table through', async () => {
    const { code, output } = await boundaries(importTable);
    expect(output).toContain('noissuesfound');
    expect(code).toBe(0);
  });
});

describe('knip', () => {
  let output = '';
  let code = 0;

  beforeAll(async () => {
    await using workspace = await scratchWorkspace({
      'package.json': JSON.stringify({
        name: 'planted',
        private: true,
        type: 'module',
        workspaces: ['packages/*', 'apps/*'],
      }),
      'packages/domain/package.json': JSON.stringify({
        name: '@cadre/domain',
        type: 'module',
        exports: { './*': './src/*/index.ts' },
        dependencies: { 'left-over': '1.0.0' },
      }),
      'packages/domain/src/seat/index.ts': "export { seat } from './seat';\nimport 'not-in-package-json';\n",
      'packages/domain/src/seat/seat.ts': 'export const seat = 1;\nexport const nobodyUsesIt = 2;\n',
      'packages/domain/src/seat/dead.ts': 'export const dead = 1;\n',
    });
    await mkdir(dirname(join(workspace.folder, 'apps/x')), { recursive: true });
    ({ code, output } = await runTool(
      'knip',
      ['--config', join(REPOSITORY, 'packages/config/knip.jsonc')],
      workspace.folder,
    ));
  });

  it.each([
    { what: 'a dead file', named: 'packages/domain/src/seat/dead.ts' },
    { what: 'an export nobody uses', named: 'nobodyUsesIt' },
    { what: 'a dependency nobody uses', named: 'left-over' },
    { what: 'a dependency that package.json does not name', named: 'not-in-package-json' },
  ])('refuses $what', ({ named }) => {
    expect(output).toContain(named);
    expect(code).not.toBe(0);
  });
});

describe('prettier', () => {
  it('refuses another style than the one of the workspace', async () => {
    const filepath = join(REPOSITORY, 'packages/domain/src/planted.ts');
    const style = { ...(await prettier.resolveConfig(filepath)), filepath };
    expect(await prettier.check('export const way = "in"\n', style)).toBe(false);
    expect(await prettier.check("export const way = 'in';\n", style)).toBe(true);
  });
});

describe('the size budget', () => {
  /** A built page whose entry and preloaded script weigh this much each, compressed; a script for later does not count. */
  async function weigh(bytes: number) {
    const learner = join(REPOSITORY, 'apps/learner');
    await using workspace = await scratchWorkspace(
      {
        'package.json':
          '{ "type": "module", "devDependencies": { "@size-limit/file": "1", "size-limit": "1" } }',
        '.size-limit.js': await read('apps/learner/.size-limit.js'),
        'dist/index.html':
          '<script type="module" crossorigin src="/assets/main.js"></script><link rel="modulepreload" crossorigin href="/assets/base.js">',
      },
      {
        'node_modules/size-limit': join(learner, 'node_modules/size-limit'),
        'node_modules/@size-limit': join(learner, 'node_modules/@size-limit'),
      },
    );
    for (const name of ['main', 'base', 'later']) {
      await workspace.write(`dist/assets/${name}.js`, randomBytes(bytes).toString('latin1'));
    }
    return await runTool(join(learner, 'node_modules/.bin/size-limit'), [], workspace.folder);
  }

  it('refuses a first screen that is too heavy', async () => {
    const { code, output } = await weigh(120_000);
    expect(output).toContain('Package size limit has exceeded');
    expect(code).not.toBe(0);
  });

  it('lets a light one through', async () => {
    expect((await weigh(20_000)).code).toBe(0);
  });
});
