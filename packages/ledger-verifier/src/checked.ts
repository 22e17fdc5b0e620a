import type { Language } from './report-words';

/** A file that was looked at; the digest is null where it came through a pipe with other ends of lines. */
export interface CheckedFile {
  name: string;
  sha256: string | null;
}

const WORDS = {
  zh: { title: '核对的文件', at: '核对时间', unknown: '读自管道，没有摘要' },
  en: { title: 'Files verified', at: 'verified at', unknown: 'read from a pipe, no digest' },
};

/** To the second, with the difference to world time: 2026-12-01 13:45:10 +08:00. */
function momentOf(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + minutes * 60_000).toISOString();
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/** When which files were looked at, so that a result can be held to them later. */
export function checkedText(
  files: readonly CheckedFile[],
  at: Date,
  language: Language,
): { title: string; lines: string[] } {
  const { title, at: when, unknown } = WORDS[language];
  return {
    title,
    lines: [
      ...files.map(({ name, sha256 }) => `${name} SHA-256 ${sha256 ?? unknown}`),
      `${when} ${momentOf(at)}`,
    ],
  };
}

export function checkedLines(files: readonly CheckedFile[], at: Date, language: Language): string[] {
  const { title, lines } = checkedText(files, at, language);
  return [title, ...lines.map((line) => `  ${line}`)];
}
