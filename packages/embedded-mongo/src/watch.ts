import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The thread must not compete with the start. */
const START_AFTER_MS = 1_000;

const POLL_MS = 500;
/** So long the event loop may take to begin an orderly end. */
const PATIENCE_MS = 2_000;
/** And so long that may last. */
const ORDERLY_MS = 15_000;

export interface Watch {
  /** Settles when the thread is at work; never when it could not be started. */
  watching: Promise<void>;
  /** To be called when an orderly end begins. */
  endsOrderly(): void;
}

/**
 * Watches from a thread of its own that this process ends when it is told to (SIGTERM, SIGINT), and when `parent` has ended,
 * however long its event loop is blocked.
 */
export function watchForTheEnd(parent: number | undefined, startAfterMs = START_AFTER_MS): Watch {
  const orderly = new Int32Array(new SharedArrayBuffer(4));
  let timer: NodeJS.Timeout | undefined;
  const watching = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      const file = createRequire(import.meta.url).resolve('../bin/watch.cjs');
      const worker = new Worker(file, {
        // Whatever the process itself was begun with, such as a loader, has no room here.
        execArgv: [],
        workerData: { parent, pollMs: POLL_MS, patienceMs: PATIENCE_MS, orderlyMs: ORDERLY_MS, orderly },
        resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
      });
      // Without it the event loop itself still sees both.
      worker.on('error', () => undefined);
      worker.once('message', () => resolve());
      worker.unref();
    }, startAfterMs).unref();
  });
  return {
    watching,
    endsOrderly: () => {
      clearTimeout(timer);
      Atomics.store(orderly, 0, 1);
    },
  };
}
