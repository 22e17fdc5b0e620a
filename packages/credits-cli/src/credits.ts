import { readFileSync } from 'node:fs';
import type { Language } from '@cadre/domain/core';
import {
  describeRegulation,
  evaluateFacts,
  explainFacts,
  foldFaults,
  parseFacts,
  parseRegulation,
  reportOf,
  withSettings,
  type AuthorError,
  type Regulation,
} from '@cadre/domain/credit';

/** What a command prints, and how it ends: 0 when it could answer (`err` then notes what looks mistyped), 2 when what it was given is faulty. */
export interface Outcome {
  readonly code: 0 | 2;
  readonly out: string;
  readonly err: string;
}

const USAGE = `用法：
  npm run -s credits:evaluate -- 办法.json 事实.json [--explain | --explain=en]
  npm run -s credits:check -- 办法.json

文件怎么写：packages/domain/src/credit/FORMAT.md
`;

/** The language of an explanation, by the option that asks for it. */
const EXPLAIN: Readonly<Record<string, Language>> = {
  '--explain': 'zh',
  '--explain=zh': 'zh',
  '--explain=en': 'en',
};

/** `evaluate REGULATION FACTS [--explain[=en]]` and `check REGULATION`. Nothing but the files decides what they answer. */
export function credits(args: readonly string[]): Outcome {
  const options = args.filter((arg) => arg.startsWith('--'));
  const [command, regulationFile, factsFile, ...more] = args.filter((arg) => !arg.startsWith('--'));
  const isUnknown = options.some((option) => EXPLAIN[option] === undefined) || more.length > 0;
  if (isUnknown || options.length > 1 || regulationFile === undefined) return fault(USAGE);
  if (command === 'check' && factsFile === undefined && options.length === 0) return check(regulationFile);
  if (command === 'evaluate' && factsFile !== undefined) {
    return evaluate(regulationFile, factsFile, EXPLAIN[options[0] ?? '']);
  }
  return fault(USAGE);
}

function check(file: string): Outcome {
  return withRegulation(file, (regulation, notes) => {
    const noted = notes.length === 0 ? '' : `\n请注意：\n${said(file, notes).trimEnd()}`;
    return answer(`${describeRegulation(regulation).join('\n')}${noted}`);
  });
}

function evaluate(regulationFile: string, file: string, explain: Language | undefined): Outcome {
  return withRegulation(regulationFile, (regulation) => {
    const text = textOf(file);
    if (text === undefined) return fault(`${file}：无法读取这个文件\n`);
    const parsed = parseFacts(text, regulation);
    if (!parsed.ok) return fault(said(file, parsed.errors));
    const chosen = withSettings(regulation, parsed.facts.settings ?? {});
    try {
      const result = evaluateFacts(parsed.facts, chosen);
      const told = explain
        ? explainFacts(parsed.facts, result, chosen, explain).join('\n')
        : JSON.stringify(reportOf(parsed.facts, result), null, 2);
      const noted = parsed.notes.length === 0 ? '' : `请注意：\n${said(file, parsed.notes)}`;
      return { ...answer(told), err: noted };
    } catch (error) {
      // The one thing that no check foresees: numbers whose sums or products no longer fit.
      if (error instanceof RangeError) return fault(`${file}：数太大，无法精确计算\n`);
      throw error;
    }
  });
}

function withRegulation(
  file: string,
  use: (regulation: Regulation, notes: readonly AuthorError[]) => Outcome,
): Outcome {
  const text = textOf(file);
  if (text === undefined) return fault(`${file}：无法读取这个文件\n`);
  const parsed = parseRegulation(text);
  return parsed.ok ? use(parsed.regulation, parsed.notes) : fault(said(file, parsed.errors));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** `文件:行号 位置：原因`, each fault once: what repeats in row after row says how often, and on which lines next. */
function said(file: string, errors: readonly AuthorError[]): string {
  return foldFaults(errors)
    .map(({ line, path, sentence, places, nextLines }) => {
      const also =
        nextLines.length === 0
          ? ''
          : `，还有第 ${nextLines.join('、')} 行${places > nextLines.length + 1 ? '等' : ''}`;
      const folded = places === 1 ? '' : `（同样的共 ${places} 处${also}）`;
      return `${file}:${line} ${path === '' ? '' : `${path}：`}${sentence}${folded}\n`;
    })
    .join('');
}

const answer = (out: string): Outcome => ({ code: 0, out: `${out}\n`, err: '' });
const fault = (err: string): Outcome => ({ code: 2, out: '', err });
