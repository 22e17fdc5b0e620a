// `npm start`, `npm test` and the other commands begin here. An old Node must still be able to read this file,
// so that it can say what it lacks: CommonJS, no syntax younger than Node 10.
'use strict';

const version = process.versions.node.split('.');
const major = Number(version[0]);
const minor = Number(version[1]);
// The engines of vite and of this workspace: ^20.19 || >=22.12.
const suits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (suits) {
  import('./main.mjs').then((main) => main.run(process.argv.slice(2)));
} else {
  console.error(
    '需要 Node 20.19、22.12 或更新版本，这里是 ' +
      process.versions.node +
      ' · Node 20.19, 22.12 or newer is needed, this is ' +
      process.versions.node,
  );
  process.exitCode = 1;
}
