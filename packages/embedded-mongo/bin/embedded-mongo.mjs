#!/usr/bin/env node
// The built server; in a working copy that has not been built, or when asked for, its source through tsx.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli.mjs', import.meta.url);
if (existsSync(built) && process.env['EMBEDDED_MONGO_FROM_SOURCE'] !== '1') {
  await import(built.href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../src/cli.ts');
}
