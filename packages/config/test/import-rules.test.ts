import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import rules from '../dependency-cruiser.config.js';
import { creditFloors, importTable, testImports } from '../import-table.js';
import { REPOSITORY, runTool, scratchWorkspace } from './scratch-workspace';

/** One import, written into a file of its own. `typeOnly` makes it `import type`. */
interface Planted {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly typeOnly?: true;
}

const folders = Object.keys(importTable);
const sourceOf = (folder: string) => `${folder}/src/target/index.ts`;
const nameOf = (folder: string) => folder.replace('/', '-');

/** Every arrow that the table does not have, from product code and from test code. */
const offTheTable: Planted[] = Object.entries(importTable).flatMap(([folder, allowed]) =>
  folders
    .filter((target) => target !== folder && !allowed.includes(target))
    .flatMap((target) => [
      ...(folder === 'packages/journeys'
        ? []
        : [
            {
              rule: `${folder}:imports`,
              from: `${folder}/src/planted/to-${nameOf(target)}.ts`,
              to: sourceOf(target),
            },
          ]),
      ...(testImports.includes(target)
        ? []
        : [
            {
              rule: `${folder}:test-imports`,
              from: `${folder}/src/planted/to-${nameOf(target)}.test.ts`,
              to: sourceOf(target),
            },
          ]),
    ]),
);

const creditFloor = (floor: string) => `packages/domain/src/credit/${floor}/target.ts`;
/** From every floor of the credit rules to the one above it. */
const upwards: Planted[] = creditFloors.slice(1).map((above, at) => ({
  rule: `credit-${creditFloors[at]}-not-upwards`,
  from: `packages/domain/src/credit/${creditFloors[at]}/planted.ts`,
  to: creditFloor(above),
}));

const planted: Planted[] = [
  ...offTheTable,
  ...upwards,
  {
    rule: 'nothing-imports-an-app',
    from: 'apps/learner/src/planted/app.ts',
    to: 'apps/admin/src/target/index.ts',
  },
  {
    rule: 'nothing-imports-an-app',
    from: 'packages/journeys/src/app.ts',
    to: 'apps/server/src/target/index.ts',
  },
  {
    rule: 'client-knows-types-of-api',
    from: 'packages/client/src/planted/api.ts',
    to: 'packages/api/src/target/index.ts',
  },
  {
    rule: 'embedded-mongo-at-the-edge',
    from: 'packages/db/src/planted/em.ts',
    to: 'packages/embedded-mongo/src/target/index.ts',
  },
  {
    rule: 'embedded-mongo-at-the-edge',
    from: 'packages/api/src/planted/em.test.ts',
    to: 'packages/embedded-mongo/src/target/index.ts',
  },
  {
    rule: 'embedded-mongo-at-the-edge',
    from: 'apps/server/src/http/em.ts',
    to: 'packages/embedded-mongo/src/target/index.ts',
  },
  {
    rule: 'demo-for-scripts-and-tests',
    from: 'apps/server/src/http/demo.ts',
    to: 'packages/demo/src/target/index.ts',
  },
  {
    rule: 'no-test-code-in-the-product',
    from: 'packages/api/src/planted/testing.ts',
    to: 'packages/db/src/testing/index.ts',
  },
  {
    rule: 'router-skips-no-service',
    from: 'packages/api/src/planted/skip.router.ts',
    to: 'packages/db/src/target/index.ts',
  },
  {
    rule: 'router-skips-no-service',
    from: 'packages/api/src/planted/beside.router.ts',
    to: 'packages/api/src/target/seat.repository.ts',
  },
  {
    rule: 'service-not-backwards',
    from: 'packages/api/src/target/back.service.ts',
    to: 'packages/api/src/target/seat.router.ts',
  },
  {
    rule: 'repository-not-backwards',
    from: 'packages/db/src/target/back.repository.ts',
    to: 'packages/db/src/target/seat.service.ts',
  },
  {
    rule: 'model-not-backwards',
    from: 'packages/db/src/target/back.mapper.ts',
    to: 'packages/db/src/target/seat.repository.ts',
  },
  {
    rule: 'model-stays-in-db',
    from: 'packages/db/src/leak/index.ts',
    to: 'packages/db/src/target/seat.model.ts',
  },
  {
    rule: 'services-meet-in-constructors',
    from: 'packages/api/src/other/meet.service.ts',
    to: 'packages/api/src/target/seat.service.ts',
  },
  {
    rule: 'server-edge-skips-no-service',
    from: 'apps/server/src/http/skip.ts',
    to: 'packages/db/src/target/index.ts',
  },
  {
    rule: 'server-edge-skips-no-service',
    from: 'apps/server/src/live/skip.ts',
    to: 'packages/db/src/target/index.ts',
  },
  {
    rule: 'features-apart',
    from: 'apps/learner/src/features/one/view.tsx',
    to: 'apps/learner/src/features/two/index.ts',
  },
  {
    rule: 'features-below-routes',
    from: 'apps/admin/src/features/one/up.tsx',
    to: 'apps/admin/src/routes/home.tsx',
  },
  {
    rule: 'shared-below-features',
    from: 'apps/admin/src/shared/up.ts',
    to: 'apps/admin/src/features/two/index.ts',
  },
  { rule: 'domain-is-pure', from: 'packages/domain/src/planted/io.ts', to: 'node:fs' },
  { rule: 'domain-is-pure', from: 'packages/domain/src/planted/library.ts', to: 'mongoose' },
  { rule: 'demo-is-plain', from: 'packages/demo/src/planted/io.ts', to: 'node:fs' },
  { rule: 'mongoose-in-db', from: 'packages/api/src/planted/mongoose.ts', to: 'mongoose' },
  { rule: 'ui-fetches-nothing', from: 'packages/ui/src/planted/fetch.tsx', to: '@tanstack/react-query' },
  { rule: 'bootstrap-needs-only-node', from: 'packages/config/scripts/planted.mjs', to: 'zod' },
  { rule: 'no-cycles', from: 'packages/api/src/cycle/one.ts', to: 'packages/api/src/cycle/two.ts' },
  { rule: 'no-unresolvable', from: 'packages/api/src/planted/nowhere.ts', to: 'a-library-nobody-installed' },
];

/** Imports that must stay possible, one for each arrow and each exception of a rule. */
const allowed: Omit<Planted, 'rule'>[] = [
  ...Object.entries(importTable).flatMap(([folder, targets]) =>
    targets
      .filter((target) => !['packages/demo', 'packages/embedded-mongo'].includes(target))
      .map((target) => ({
        from: `${folder}/src/fine/to-${nameOf(target)}.ts`,
        to: sourceOf(target),
        ...(target === 'packages/api' && folder === 'packages/client' ? { typeOnly: true as const } : {}),
      })),
  ),
  { from: 'apps/server/bench/hot-class.ts', to: 'packages/demo/src/target/index.ts' },
  { from: 'apps/server/bench/check-in.ts', to: 'packages/db/src/testing/index.ts' },
  { from: 'apps/server/src/scripts/load-demonstration.ts', to: 'packages/demo/src/target/index.ts' },
  { from: 'apps/server/src/embedded-database.ts', to: 'packages/embedded-mongo/src/target/index.ts' },
  { from: 'packages/db/src/testing/test-database.ts', to: 'packages/embedded-mongo/src/target/index.ts' },
  { from: 'packages/api/src/fine/fine.test.ts', to: 'packages/demo/src/target/index.ts' },
  { from: 'packages/api/src/fine/database.test.ts', to: 'packages/db/src/testing/index.ts' },
  {
    from: 'packages/api/src/other/fine.service.ts',
    to: 'packages/api/src/target/seat.service.ts',
    typeOnly: true,
  },
  { from: 'packages/api/src/target/fine.service.ts', to: 'packages/db/src/target/index.ts' },
  { from: 'packages/api/src/target/fine.router.ts', to: 'packages/api/src/target/seat.service.ts' },
  { from: 'packages/db/src/target/fine.repository.ts', to: 'packages/db/src/target/seat.model.ts' },
  { from: 'packages/domain/src/fine/schema.ts', to: 'zod' },
  { from: creditFloor('report').replace('target', 'fine'), to: creditFloor('value') },
  { from: 'packages/db/src/fine/connect.ts', to: 'mongoose' },
  { from: 'apps/learner/src/routes/home.tsx', to: 'apps/learner/src/features/two/index.ts' },
  { from: 'packages/ui/eslint.config.js', to: 'packages/config/src/target/index.ts' },
];

const targets = [
  ...creditFloors.map(creditFloor),
  ...folders.map(sourceOf),
  'packages/db/src/testing/index.ts',
  ...['repository', 'router', 'service', 'model'].flatMap((role) => [
    `packages/api/src/target/seat.${role}.ts`,
    `packages/db/src/target/seat.${role}.ts`,
  ]),
  'apps/learner/src/features/two/index.ts',
  'apps/admin/src/features/two/index.ts',
  'apps/admin/src/routes/home.tsx',
];

function importLine({ from, to, typeOnly }: Omit<Planted, 'rule'>): string {
  const inWorkspace = /^(packages|apps)\//.test(to);
  const specifier = inWorkspace ? '../'.repeat(from.split('/').length - 1) + to.replace(/\.tsx?$/, '') : to;
  return `import ${typeOnly ? 'type ' : ''}{ target } from '${specifier}';\nexport const used${typeOnly ? ': typeof target | undefined = undefined' : ' = target'};\n`;
}

/** dependency-cruiser's answer on a workspace that holds these imports. Its exit code counts the violations (json: always 0). */
async function cruise(
  imports: readonly Omit<Planted, 'rule'>[],
  { more = {}, format = 'json' }: { more?: Record<string, string>; format?: 'json' | 'err' } = {},
) {
  const library = (name: string) => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    [`node_modules/${name}/index.js`]: 'export const target = 1;\n',
  });
  await using workspace = await scratchWorkspace({
    'package.json': '{ "type": "module" }',
    ...Object.fromEntries(targets.map((path) => [path, 'export const target = 1;\n'])),
    ...Object.fromEntries(imports.map((one) => [one.from, importLine(one)])),
    ...more,
    ...library('zod'),
    ...library('mongoose'),
    ...library('@tanstack/react-query'),
  });
  const config = join(REPOSITORY, 'packages/config/dependency-cruiser.config.js');
  return await runTool(
    'depcruise',
    ['packages', 'apps', '--config', config, '--output-type', format],
    workspace.folder,
  );
}

async function violations(...what: Parameters<typeof cruise>) {
  const { stdout } = await cruise(...what);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

describe('the import rules', () => {
  let found: { rule: string; from: string }[] = [];

  beforeAll(async () => {
    const more = {
      'packages/api/src/cycle/two.ts':
        "import { used } from './one';\nexport const target = 1;\nexport const back = used;\n",
    };
    found = await violations(planted, { more });
  });

  it.each(planted)('$rule refuses $from → $to', ({ rule, from }) => {
    expect(found.filter((violation) => violation.from === from).map((violation) => violation.rule)).toContain(
      rule,
    );
  });

  it('have each been seen to fail', () => {
    const named = rules.forbidden.map(({ name }) => name);
    expect(named.filter((name) => !planted.some(({ rule }) => rule === name))).toEqual([]);
    expect(planted.map(({ rule }) => rule).filter((rule) => !named.includes(rule))).toEqual([]);
  });

  it('let every arrow of the table through', async () => {
    expect(await violations(allowed)).toEqual([]);
  });

  it('make the command fail', async () => {
    const { code, output } = await cruise(planted.slice(0, 1), { format: 'err' });
    expect(output).toContain('1 dependency violations');
    expect(code).not.toBe(0);
  });
});
