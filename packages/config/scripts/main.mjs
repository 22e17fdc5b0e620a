import { readdirSync } from 'node:fs';
import { stopWithNpm } from './steps/processes.mjs';
import { Refusal } from './steps/refusal.mjs';

/** Runs one command of the workspace: `commands/<name>.mjs`, which exports `run(args)`. */
export async function run(/** @type {readonly string[]} */ [name, ...args]) {
  stopWithNpm();
  try {
    const command = await import(new URL(`./commands/${known(name)}.mjs`, import.meta.url).href);
    await command.run(args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.detail !== '') console.error(error.detail);
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  }
}

/** @param {string | undefined} name */
function known(name) {
  const names = readdirSync(new URL('./commands/', import.meta.url)).map((file) => file.replace('.mjs', ''));
  if (name === undefined || !names.includes(name)) {
    throw new Refusal(
      `没有这个命令，可用：${names.join(' ')} · no such command, there are: ${names.join(' ')}`,
    );
  }
  return name;
}
