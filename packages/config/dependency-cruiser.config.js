// The import rules of the workspace; test/guards.test.js plants a violation of every one.
import { creditFloors, importTable, testCode, testImports } from './import-table.js';

const SERVER_EDGE = '^apps/server/src/(http|live)/';
/** Journeys are test code as a whole. */
const JOURNEYS = 'packages/journeys';
const TESTS = `^(packages|apps)/[^/]+/${testCode}|^${JOURNEYS}/`;
/** Settings of the tools beside a package.json may use the presets. */
const TOOL_SETTINGS = String.raw`^(packages|apps)/[^/]+/[^/]+\.config\.(js|ts)$`;

/** @param {readonly string[]} folders */
const inside = (folders) => `^(${folders.join('|')})/`;

/** @param {readonly string[]} names */
const library = (names) => `(^|/)node_modules/(${names.join('|').replaceAll('.', String.raw`\.`)})/`;

/** A package imports what its row of the table names, and nothing else of the workspace. */
const tableRules = Object.entries(importTable).flatMap(([folder, allowed]) => {
  const tests = {
    name: `${folder}:test-imports`,
    comment: 'Tests follow the import table too; a few data and engines are theirs besides.',
    severity: 'error',
    from: { path: folder === JOURNEYS ? inside([folder]) : `^${folder}/${testCode}`, pathNot: TOOL_SETTINGS },
    to: { path: '^(packages|apps)/', pathNot: inside([folder, ...allowed, ...testImports]) },
  };
  const product = {
    name: `${folder}:imports`,
    comment: 'The import table has no such arrow.',
    severity: 'error',
    from: { path: inside([folder]), pathNot: `${TESTS}|${TOOL_SETTINGS}` },
    to: { path: '^(packages|apps)/', pathNot: inside([folder, ...allowed]) },
  };
  return folder === JOURNEYS ? [tests] : [product, tests];
});

const between = [
  {
    name: 'nothing-imports-an-app',
    comment: 'An app is where arrows end.',
    from: { path: '^((?:packages|apps)/[^/]+)/' },
    to: { path: '^apps/', pathNot: '^$1/' },
  },
  {
    name: 'client-knows-types-of-api',
    comment: 'The browser gets the shape of the router, never its code.',
    from: { path: '^packages/client/' },
    to: { path: '^packages/api/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'embedded-mongo-at-the-edge',
    comment: 'Everything but the start of the server and of the tests knows only a MongoDB URI.',
    from: {
      path: '^(packages|apps)/',
      pathNot: String.raw`^packages/embedded-mongo/|^packages/db/src/testing/|^apps/server/(src/embedded-database\.ts$|bench/)`,
    },
    to: { path: '^packages/embedded-mongo/' },
  },
  {
    name: 'demo-for-scripts-and-tests',
    comment: 'Demonstration data is loaded by a script; no product code may know it.',
    from: { path: '^(packages|apps)/', pathNot: `^packages/demo/|^apps/server/src/scripts/|${TESTS}` },
    to: { path: '^packages/demo/' },
  },
  {
    name: 'no-test-code-in-the-product',
    comment: 'What ships must not lean on tests.',
    from: { path: '^(packages|apps)/', pathNot: TESTS },
    to: { path: TESTS },
  },
];

const layers = [
  {
    name: 'router-skips-no-service',
    comment: 'router → service → repository.',
    from: { path: String.raw`^packages/api/.*\.router\.ts$` },
    to: { path: String.raw`^packages/db/|\.(repository|model|mapper)\.ts$` },
  },
  {
    name: 'service-not-backwards',
    comment: 'A use case does not know the edge that calls it.',
    from: { path: String.raw`\.service\.ts$` },
    to: { path: String.raw`\.router\.ts$|/app-router\.ts$` },
  },
  {
    name: 'repository-not-backwards',
    comment: 'The database does not know its callers.',
    from: { path: String.raw`\.(repository|mapper|model)\.ts$` },
    to: { path: String.raw`\.(service|router)\.ts$` },
  },
  {
    name: 'model-not-backwards',
    comment: 'repository → mapper → model.',
    from: { path: String.raw`\.(mapper|model)\.ts$` },
    to: { path: String.raw`\.repository\.ts$` },
  },
  {
    name: 'model-stays-in-db',
    comment: 'A feature exports its repository, not its documents.',
    from: { path: String.raw`^packages/db/.*/index\.ts$` },
    to: { path: String.raw`\.(model|mapper)\.ts$` },
  },
  {
    name: 'services-meet-in-constructors',
    comment: 'A service gets another one as a parameter; it may know its type.',
    from: { path: String.raw`^packages/api/src/([^/]+)/.*\.service\.ts$` },
    to: {
      path: String.raw`^packages/api/src/(?!core/)[^/]+/(.*\.service|index)\.ts$`,
      pathNot: '^packages/api/src/$1/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'server-edge-skips-no-service',
    comment: 'HTTP and sockets reach the database through a service.',
    from: { path: SERVER_EDGE, pathNot: TESTS },
    to: { path: '^packages/db/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'features-apart',
    comment: 'Features of an app meet in its routes.',
    from: { path: '^(apps/[^/]+)/src/features/([^/]+)/' },
    to: { path: '^$1/src/features/', pathNot: '^$1/src/features/$2/' },
  },
  {
    name: 'features-below-routes',
    comment: 'A route composes features; a feature does not know where it is shown.',
    from: { path: '^(apps/[^/]+)/src/features/' },
    to: { path: '^$1/src/(app|routes)/' },
  },
  {
    name: 'shared-below-features',
    comment: 'shared → features → routes, one way.',
    from: { path: '^(apps/[^/]+)/src/shared/' },
    to: { path: '^$1/src/(features|app|routes)/' },
  },
];

const floors = creditFloors.slice(0, -1).map((floor, at) => ({
  name: `credit-${floor}-not-upwards`,
  comment: 'Floors of the credit rules: what values an hour knows nothing of what words or reads it.',
  from: { path: `^packages/domain/src/credit/${floor}/`, pathNot: TESTS },
  to: { path: `^packages/domain/src/credit/(${creditFloors.slice(at + 1).join('|')})/` },
}));

const libraries = [
  {
    name: 'domain-is-pure',
    comment: 'Schemas and exact numbers; no I/O, no clock.',
    from: { path: '^packages/domain/src/', pathNot: TESTS },
    to: { pathNot: `^packages/|${library(['zod', 'fraction.js', '@noble/hashes', 'canonicalize'])}` },
  },
  {
    name: 'demo-is-plain',
    comment: 'Demonstration data are plain objects of the domain.',
    from: { path: '^packages/demo/src/', pathNot: TESTS },
    to: { pathNot: '^packages/|^apps/' },
  },
  {
    name: 'mongoose-in-db',
    comment: 'Documents never leave the database package.',
    from: { path: '^(packages|apps)/', pathNot: '^packages/(db|embedded-mongo)/' },
    to: { path: library(['mongoose', 'mongodb']) },
  },
  {
    name: 'ui-fetches-nothing',
    comment: 'Presentation gets its data as props.',
    from: { path: '^packages/ui/' },
    to: { path: library(['@tanstack', '@trpc', 'socket.io-client']) },
  },
  {
    name: 'bootstrap-needs-only-node',
    comment: 'It runs before anything is installed.',
    from: { path: '^packages/config/scripts/' },
    to: { path: '(^|/)node_modules/' },
  },
];

const whole = [
  {
    name: 'no-cycles',
    comment: 'Arrows run one way; types that name each other vanish when compiled.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere escapes every other rule.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^(virtual|node):' },
  },
];

export default {
  forbidden: [
    ...tableRules,
    ...[...between, ...layers, ...floors, ...libraries, ...whole].map((rule) => ({
      ...rule,
      severity: 'error',
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(^|/)(dist|coverage|\.turbo|test/golden)/` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
};
