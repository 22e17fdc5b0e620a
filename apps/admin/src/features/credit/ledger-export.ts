import { useSyncExternalStore } from 'react';
import { fileNameOf, save } from '../../shared/download';

/** An export on its way into a file of this browser; it goes on while the reader opens other pages. */
export interface LedgerExport {
  readonly phase: 'idle' | 'running' | 'done' | 'failed';
  readonly people: number;
  readonly bytes: number;
}

export const EXPORT_PATH = '/api/v1/ledger/export.jsonl';
const PERSON = '{"person"';
/** Smaller pieces are put together, so that the browser may lay them aside. */
const PIECE = 1 << 24;

let current: LedgerExport = { phase: 'idle', people: 0, bytes: 0 };
const listeners = new Set<() => void>();
function become(next: LedgerExport): void {
  current = next;
  for (const listener of listeners) listener();
}

export const useLedgerExport = (): LedgerExport =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

/** How many people begin in a stretch of the file; a line may be cut in two. */
function peopleCounter() {
  const decoder = new TextDecoder();
  let rest = '';
  return (chunk: Uint8Array): number => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    return lines.filter((line) => line.startsWith(PERSON)).length;
  };
}

/** Reads the whole export and saves it. Does nothing while one is running. */
export async function startLedgerExport(): Promise<void> {
  if (current.phase === 'running') return;
  become({ phase: 'running', people: 0, bytes: 0 });
  try {
    const response = await fetch(EXPORT_PATH, { headers: { 'x-cadre-app': 'admin' } });
    if (!response.ok || !response.body) throw new Error(`export failed: ${response.status}`);
    const reader = response.body.getReader();
    const countPeople = peopleCounter();
    const pieces: Blob[] = [];
    let open: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      open.push(part.value);
      size += part.value.length;
      if (size > PIECE) {
        pieces.push(new Blob(open));
        open = [];
        size = 0;
      }
      become({
        phase: 'running',
        people: current.people + countPeople(part.value),
        bytes: current.bytes + part.value.length,
      });
    }
    save(new Blob([...pieces, ...open], { type: 'application/x-ndjson' }), fileNameOf(response));
    become({ ...current, phase: 'done' });
  } catch {
    become({ ...current, phase: 'failed' });
  }
}
