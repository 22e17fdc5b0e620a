// The budget of the first page: all JavaScript that index.html asks for, compressed. Lazy screens are not in it.
import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('dist/index.html', import.meta.url), 'utf8');
const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => `dist/${path}`);

export default [{ name: 'first page of the learner app', path: scripts, gzip: true, limit: '132 kB' }];
