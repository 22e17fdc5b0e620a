import { parseRootFile, type RootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { pageCrypto } from './page-crypto';
import { reportText, type ReportText } from './report';

const byId = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;
const verdict = byId<HTMLElement>('verdict');
const progress = byId<HTMLProgressElement>('progress');

/** By their names; a file that is chosen again takes the place of the one before. */
const kept = new Map<string, RootFile>();
let ledger: File | null = null;

type State = 'working' | 'intact' | 'unproven' | 'broken' | 'unreadable';

const make = (tag: string, className: string, ...content: (string | Node)[]): HTMLElement => {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
};

function show(state: State, headline: string, ...rest: Node[]): void {
  verdict.dataset['state'] = state;
  verdict.replaceChildren(make('h2', '', headline), ...rest);
}

/** The verdict first, then each fault with its place, then what was looked at and how far. */
function showReport(
  state: State,
  file: string,
  { verdict: headline, faults, more, details }: ReportText,
): void {
  const found = [
    ...faults.map(({ place, says }) => make('li', '', make('b', '', place), says)),
    ...more.map((line) => make('li', '', line)),
  ];
  const lists = [
    ...(found.length === 0 ? [] : [make('ol', 'faults', ...found)]),
    make('ul', 'details', ...details.map((line) => make('li', '', line))),
  ];
  show(state, headline, make('p', 'file', file), ...lists);
}

/** So long the page may be busy before it draws and listens again. */
const BUSY_MILLIS = 40;
/** Browsers hand a file over in stretches of megabytes. */
const PIECE = 1 << 16;
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function verify(file: File): Promise<void> {
  const verifier = new LedgerVerifier(pageCrypto, [...kept.values()]);
  const reader = file.stream().getReader();
  progress.max = file.size;
  progress.value = 0;
  progress.hidden = false;
  let since = performance.now();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (let at = 0; at < part.value.length; at += PIECE) {
      const piece = part.value.subarray(at, at + PIECE);
      verifier.push(piece);
      progress.value += piece.length;
      if (performance.now() - since < BUSY_MILLIS) continue;
      const share = Math.floor((100 * progress.value) / Math.max(file.size, 1));
      show('working', `正在核对 ${file.name} … ${share} %`);
      await breathe();
      since = performance.now();
    }
  }
  progress.hidden = true;
  const report = verifier.finish();
  const intact = report.keptRoots.length > 0 ? 'intact' : 'unproven';
  showReport(report.faults.length === 0 ? intact : 'broken', file.name, reportText(report, 'page'));
}

/** A kept root and an export may come in any order, together or one after the other. */
async function take(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const start = await file.slice(0, 32).text();
    if (start.startsWith('{"export"')) ledger = file;
    else kept.set(file.name, parseRootFile(await file.text()));
  }
  byId('kept').textContent =
    [...kept].map(([name, { root }]) => `${name}（第 ${root.number} 号）`).join('、') || '没有';
  if (ledger === null) return show('working', '已收下封存，再拖入导出的流水文件');
  show('working', '正在核对…');
  await verify(ledger);
}

const takeAll = (files: Iterable<File>): void => {
  take(files).catch((error: unknown) => {
    progress.hidden = true;
    show(
      'unreadable',
      '读不了这个文件',
      make('p', '', error instanceof Error ? error.message : String(error)),
    );
  });
};

byId<HTMLInputElement>('files').addEventListener('change', (event) => {
  takeAll((event.target as HTMLInputElement).files ?? []);
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  takeAll(event.dataTransfer?.files ?? []);
});
