import { UnreadableExportError, type RootFile } from './format';
import { parseRootFile } from './root-file';
import { LedgerVerifier } from './ledger-verifier';
import { pageCrypto } from './page-crypto';
import { withoutMark, whyNoExport } from './beginning';
import { PAGE_WORDS } from './page-words';
import { reportText, type Report, type ReportText } from './report';
import type { Language } from './report-words';

const byId = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;
const verdict = byId<HTMLElement>('verdict');
const progress = byId<HTMLProgressElement>('progress');

/** By name and number; a file that is chosen again takes the place of the one before. */
const kept = new Map<string, { name: string; file: RootFile }>();
let ledger: File | null = null;
/** What was found last, so that it can be read in the other language. */
let found: { report: Report; name: string } | null = null;
let language: Language = 'zh';
/** A kept root is far smaller. */
const LARGEST_ROOT = 1 << 28;

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
  { verdict: headline, faults, more, next, details }: ReportText,
): void {
  const list = [
    ...faults.map(({ place, says, detail }) => {
      const original = make('span', 'detail', detail);
      original.lang = 'zh-CN';
      return make('li', '', make('b', '', place), says, ...(detail === '' ? [] : [original]));
    }),
    ...more.map((line) => make('li', '', line)),
  ];
  const lists = [
    ...(list.length === 0 ? [] : [make('ol', 'faults', ...list)]),
    ...(next.length === 0 ? [] : [make('div', 'next', ...next.map((line) => make('p', '', line)))]),
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
  const verifier = new LedgerVerifier(
    pageCrypto,
    Array.from(kept.values(), (one) => one.file),
  );
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
      show('working', PAGE_WORDS[language].working(file.name, share));
      await breathe();
      since = performance.now();
    }
  }
  progress.hidden = true;
  found = { report: verifier.finish(), name: file.name };
  sayFound();
}

function sayFound(): void {
  if (!found) return;
  const { report, name } = found;
  const intact = report.keptRoots.length > 0 ? 'intact' : 'unproven';
  const state = report.faults.length === 0 ? intact : 'broken';
  showReport(state, name, reportText(report, 'page', language));
}

function sayKept(): void {
  const words = PAGE_WORDS[language];
  const names = Array.from(kept.values(), ({ name, file }) => words.keptRoot(name, file.root.number));
  byId('kept').textContent = names.join(words.comma) || words.none;
}

/** Takes a file for what it is; what is neither an export nor a root says so. */
async function sort(file: File): Promise<void> {
  const start = new Uint8Array(await file.slice(0, 32).arrayBuffer());
  if (new TextDecoder().decode(withoutMark(start)).startsWith('{"export"')) {
    ledger = file;
    return;
  }
  const why = whyNoExport(start);
  const isText = why === null || start[0] === 0x7b || start[0] === 0xef || start[0] === 0xff;
  if (!isText || file.size > LARGEST_ROOT) throw new UnreadableExportError(why ?? PAGE_WORDS.zh.unknown);
  const root = parseRootFile(new Uint8Array(await file.arrayBuffer()));
  kept.set(`${file.name} ${root.root.number}`, { name: file.name, file: root });
}

/** A kept root and an export may come in any order, together or one after the other. */
async function take(files: Iterable<File>): Promise<void> {
  found = null;
  for (const file of files) {
    try {
      await sort(file);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${file.name}：${why}`, { cause: error });
    }
  }
  sayKept();
  if (ledger === null) return show('working', PAGE_WORDS[language].waiting);
  await verify(ledger);
}

const takeAll = (files: Iterable<File>): void => {
  take(files).catch((error: unknown) => {
    progress.hidden = true;
    const why = error instanceof Error ? error.message : String(error);
    show('unreadable', PAGE_WORDS[language].unreadable, make('p', '', why));
  });
};

/** The page's own words are in both languages in the page; `lang` chooses. */
byId<HTMLButtonElement>('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = PAGE_WORDS[language].title;
  byId('files').ariaLabel = PAGE_WORDS[language].choose;
  sayKept();
  sayFound();
});

byId<HTMLButtonElement>('again').addEventListener('click', () => {
  kept.clear();
  [ledger, found] = [null, null];
  byId<HTMLInputElement>('files').value = '';
  verdict.replaceChildren();
  delete verdict.dataset['state'];
  sayKept();
});

byId<HTMLInputElement>('files').addEventListener('change', (event) => {
  takeAll((event.target as HTMLInputElement).files ?? []);
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  takeAll(event.dataTransfer?.files ?? []);
});
