// The built server; in a working copy that has not been built, or when asked for, its source through tsx.
// CommonJS, since Node's loader of ES modules alone takes a third of the time that the server needs to start.
const { existsSync } = require('node:fs');
const { BUNDLE, runBundle } = require('./bundle.cjs');

async function runSource() {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../src/cli.ts');
}

if (existsSync(BUNDLE) && process.env['EMBEDDED_MONGO_FROM_SOURCE'] !== '1') runBundle();
else void runSource();
