const { existsSync, readFileSync } = require('node:fs');
const { createRequire, Module } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

/** The built server, one CommonJS file. */
const BUNDLE = path.join(__dirname, '..', 'dist', 'cli.cjs');

/** What V8 compiled it to, kept by the build. Another version of Node does not take it and compiles anew. */
const CODE_CACHE = `${BUNDLE}.cache`;

/** Runs the bundle in this process. */
function runBundle() {
  const script = new Script(Module.wrap(readFileSync(BUNDLE, 'utf8')), {
    filename: BUNDLE,
    cachedData: existsSync(CODE_CACHE) ? readFileSync(CODE_CACHE) : undefined,
  });
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, createRequire(BUNDLE), bundle, BUNDLE, path.dirname(BUNDLE));
  return { script, started: bundle.exports.started };
}

module.exports = { BUNDLE, CODE_CACHE, runBundle };
