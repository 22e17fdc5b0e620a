/**
 * Who may import whom: the one table behind dependency-cruiser's rules (`turbo.json` says the same by tags).
 * A folder of the workspace → the folders whose code it may import; itself always.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const importTable = {
  'packages/domain': [],
  'packages/db': ['packages/domain'],
  'packages/embedded-mongo': [],
  'packages/api': ['packages/domain', 'packages/db', 'packages/ledger-verifier'],
  'packages/client': ['packages/domain', 'packages/api'], // api: types only, a rule of its own
  'packages/ui': ['packages/domain'],
  'packages/demo': ['packages/domain'],
  'packages/credits-cli': ['packages/domain'],
  'packages/ledger-verifier': [], // nothing of what it checks
  'packages/journeys': ['packages/domain', 'packages/db', 'packages/demo', 'packages/ledger-verifier'],
  'packages/config': [],
  'apps/server': [
    'packages/domain',
    'packages/db',
    'packages/api',
    'packages/demo',
    'packages/embedded-mongo',
  ],
  'apps/learner': ['packages/domain', 'packages/client', 'packages/ui'],
  'apps/admin': ['packages/domain', 'packages/client', 'packages/ui'],
};

/** What tests may lean on besides; who exactly may start the embedded database is a rule of its own. */
export const testImports = [
  'packages/domain',
  'packages/demo',
  'packages/embedded-mongo',
  'packages/ledger-verifier',
];

/** The floors of the credit feature, from the lowest up: a file imports from its own floor and from those below. */
export const creditFloors = [
  'value',
  'regulation',
  'source',
  'person',
  'settlement',
  'evaluation',
  'words',
  'reading',
  'report',
];

/** Code that never ships, by its path inside a package. */
export const testCode = String.raw`(.*\.test(-d)?\.(tsx?|js)$|(test|bench)/|.*/testing/|vitest\.)`;
