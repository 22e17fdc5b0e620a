import { checkedLines, checkedText, type CheckedFile } from './checked';
import { make } from './page-dom';
import { PAGE_WORDS } from './page-words';
import { reportLines, reportText, verdictOf, type Report } from './report';
import type { Language } from './report-words';

/** What was found of an export, and in which files when. */
export interface Found {
  report: Report;
  name: string;
  files: readonly CheckedFile[];
  at: Date;
}

const button = (text: string, act: () => void): HTMLElement => {
  const element = make('button', '', text) as HTMLButtonElement;
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
};

/** The whole result as a text file. */
function save({ report, files, at }: Found, language: Language): void {
  const lines = [
    ...reportLines(report, { where: 'page', language, isAll: true }),
    ...checkedLines(files, at, language),
  ];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/plain' }));
  link.download = PAGE_WORDS[language].savedName(at.toISOString().slice(0, 10));
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Days and digests stay on one line where there is room for them. */
function withUnbroken(text: string): (string | Node)[] {
  return text
    .split(/(\d{4}-\d\d-\d\d)/)
    .map((part, index) => (index % 2 === 0 ? part : make('span', 'day', part)));
}

function group({ title, lines }: { title: string; lines: string[] }): HTMLElement {
  const list = make('ul', '', ...lines.map((line) => make('li', '', ...withUnbroken(line))));
  return make('section', 'details', make('h3', '', title), list);
}

/** The verdict first, then each fault with its place, then what to do, then what was looked at and how far. */
export function resultCard(found: Found, language: Language, isAll = false): HTMLElement {
  const words = PAGE_WORDS[language];
  const { report, name, files, at } = found;
  const { verdict, faults, more, next, details } = reportText(report, { where: 'page', language, isAll });
  const card = make('section', 'card');
  const list = faults.map(({ place, says }) =>
    make('li', '', ...(place === '' ? [] : [make('b', '', place)]), ...withUnbroken(says)),
  );
  const listAll = button(words.all, () => card.replaceWith(resultCard(found, language, true)));
  const rest = more.map((line) => make('p', 'more', line, listAll));
  card.dataset['state'] = verdictOf(report);
  card.append(
    make('h2', '', verdict),
    make('p', 'file', name),
    ...(list.length === 0 ? [] : [make('ol', 'faults', ...list), ...rest]),
    ...(next.length === 0 ? [] : [make('div', 'next', ...next.map((line) => make('p', '', line)))]),
    make(
      'p',
      'actions',
      button(words.save, () => save(found, language)),
      button(words.print, () => window.print()),
    ),
    ...details.map(group),
    group(checkedText(files, at, language)),
  );
  return card;
}
