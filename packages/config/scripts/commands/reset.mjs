import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileRefusal, Refusal } from '../steps/refusal.mjs';
import { DATA } from '../steps/workspace.mjs';

const DEMO = join(DATA, 'demo');

/** Removes the demonstration's data; the next start fills it anew. Live data are never touched. */
export async function run() {
  if (isInUse()) {
    throw new Refusal('演示还在运行，请先停止它 · the demonstration is running, stop it first');
  }
  try {
    rmSync(DEMO, { recursive: true, force: true });
  } catch (error) {
    throw fileRefusal(error, DEMO);
  }
  console.log('演示数据已清除 · demonstration data removed');
}

/** The embedded database leaves a note of who owns the folder; after a crash the note may outlive its writer. */
function isInUse() {
  const note = join(DEMO, 'owner.json');
  if (!existsSync(note)) return false;
  try {
    process.kill(JSON.parse(readFileSync(note, 'utf8')).pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
