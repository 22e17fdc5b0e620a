import { whyNoExport, whyNoRoot, withoutMark } from './beginning';
import type { CheckedFile } from './checked';
import { UnreadableExportError, type RootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { pageCrypto } from './page-crypto';
import { resultCard, type Found } from './page-result';
import { byId, make } from './page-dom';
import { PAGE_WORDS } from './page-words';
import type { Language } from './report-words';
import { parseRootFile } from './root-file';

const results = byId<HTMLElement>('verdict');
const progress = byId<HTMLProgressElement>('progress');

/** By name and number; a file that is chosen again takes the place of the one before. */
const kept = new Map<string, CheckedFile & { file: RootFile }>();
let ledgers: File[] = [];
/** What was found, so that it can be read in the other language. */
let found: Found[] = [];
/** Files that could not be read, and why. */
let unread: { name: string; why: string }[] = [];
let language: Language = 'zh';
/** A kept root is far smaller. */
const LARGEST_ROOT = 1 << 28;
/** So many bytes tell a root of any encoding from an export. */
const START = 64;

/** So long the page may be busy before it draws and listens again. */
const BUSY_MILLIS = 40;
/** Browsers hand a file over in stretches of megabytes. */
const PIECE = 1 << 16;
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** One line while something is going on, or nothing else is to be said. */
function showState(state: 'working' | 'unreadable', headline: string, ...rest: Node[]): void {
  const card = make('section', 'card', make('h2', '', headline), ...rest);
  card.dataset['state'] = state;
  results.replaceChildren(card);
  results.dataset['state'] = state;
}

async function eachPiece(file: File, take: (piece: Uint8Array, done: number) => void): Promise<void> {
  const reader = file.stream().getReader();
  let [since, done] = [performance.now(), 0];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (let at = 0; at < part.value.length; at += PIECE) {
      const piece = part.value.subarray(at, at + PIECE);
      done += piece.length;
      take(piece, done);
      if (performance.now() - since < BUSY_MILLIS) continue;
      const share = Math.floor((100 * done) / Math.max(file.size, 1));
      showState('working', PAGE_WORDS[language].working(file.name, share));
      await breathe();
      since = performance.now();
    }
  }
}

/** Of a file whose ends of lines are not as they were hashed. */
async function digestOf(file: File): Promise<string> {
  const hasher = pageCrypto.hasher();
  await eachPiece(file, (piece) => hasher.update(piece));
  return Array.from(hasher.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function verify(file: File): Promise<Found> {
  const roots = [...kept.values()];
  const verifier = new LedgerVerifier(
    pageCrypto,
    roots.map((one) => one.file),
  );
  progress.max = file.size;
  progress.value = 0;
  progress.hidden = false;
  await eachPiece(file, (piece, done) => {
    verifier.push(piece);
    progress.value = done;
  });
  const report = verifier.finish();
  const sha256 = report.fileSha256 ?? (await digestOf(file));
  return { report, name: file.name, files: [{ name: file.name, sha256 }, ...roots], at: new Date() };
}

/** Of a sentence in both languages the one that is read. */
function inLanguage(text: string): string {
  const [zh = '', en = zh] = text.split(/ ?\/ (?=[a-z])/);
  return language === 'zh' ? zh : en;
}

/** One result under the other, and what could not be read. */
function sayFound(): void {
  if (found.length + unread.length === 0) return;
  const cards = found.map((one) => resultCard(one, language));
  const words = PAGE_WORDS[language];
  if (unread.length > 0) {
    const lines = unread.map(({ name, why }) => make('p', '', words.unreadFile(name, inLanguage(why))));
    const card = make('section', 'card', make('h2', '', words.unreadable), ...lines);
    card.dataset['state'] = 'unreadable';
    cards.push(card);
  }
  results.replaceChildren(...cards);
  results.dataset['state'] = cards[0]?.dataset['state'] ?? '';
}

function sayKept(): void {
  const words = PAGE_WORDS[language];
  const names = Array.from(kept.values(), ({ name, file }) => words.keptRoot(name, file.root.number));
  byId('kept').textContent = names.join(words.comma) || words.none;
}

/** Takes a file for what it is; what is neither an export nor a root says so. */
async function sort(file: File): Promise<File | null> {
  const start = new Uint8Array(await file.slice(0, START).arrayBuffer());
  if (new TextDecoder().decode(withoutMark(start)).startsWith('{"export"')) return file;
  const isRoot = whyNoRoot(start) === null && file.size <= LARGEST_ROOT;
  if (!isRoot) throw new UnreadableExportError(whyNoExport(start) ?? whyNoRoot(start) ?? '');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const root = parseRootFile(bytes);
  kept.set(`${file.name} ${root.root.number}`, {
    name: file.name,
    file: root,
    sha256: pageCrypto.sha256Hex(bytes),
  });
  return null;
}

const whyOf = ({ name }: File, error: unknown) => ({
  name,
  why: error instanceof Error ? error.message : String(error),
});

/** A kept root and exports may come in any order, together or one after the other; one that cannot be read stops no other. */
async function take(files: readonly File[]): Promise<void> {
  [found, unread] = [[], []];
  const exports: File[] = [];
  for (const file of files)
    try {
      const ledger = await sort(file);
      if (ledger) exports.push(ledger);
    } catch (error) {
      unread.push(whyOf(file, error));
    }
  if (exports.length > 0) ledgers = exports;
  sayKept();
  for (const ledger of ledgers)
    try {
      found.push(await verify(ledger));
    } catch (error) {
      unread.push(whyOf(ledger, error));
    }
  progress.hidden = true;
  if (found.length + unread.length === 0) showState('working', PAGE_WORDS[language].waiting);
  else sayFound();
}

const takeAll = (files: Iterable<File>): void => void take([...files]);

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
  [ledgers, found, unread] = [[], [], []];
  byId<HTMLInputElement>('files').value = '';
  results.replaceChildren();
  delete results.dataset['state'];
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
