import type { Case, Reply } from './case';

/** What must be equal and is not. */
export interface Difference {
  readonly step: number;
  readonly kind: 'should fail' | 'should work' | 'labels' | 'code' | 'key' | 'result' | 'missing';
}

interface Failure {
  readonly code: unknown;
  readonly labels?: unknown;
  readonly keyPattern?: unknown;
  readonly keyValue?: unknown;
}

/** Families whose error codes count; elsewhere MongoDB changed them between versions. */
const CODES_COUNT = /^(?:update|random-update|transactions|cursors|index)/;

const text = (value: unknown): string => JSON.stringify(value) ?? 'undefined';

/** The first difference between what was recorded and what a server answers; undefined when the case is equal. */
export function difference(one: Case, answers: readonly Reply[]): Difference | undefined {
  for (const [step, wanted] of one.replies.entries()) {
    const kind = stepDifference(one, wanted, answers[step]);
    if (kind !== undefined) return { step, kind };
  }
  return undefined;
}

function stepDifference(one: Case, wanted: Reply, answer: Reply | undefined): Difference['kind'] | undefined {
  if (answer === undefined) return 'missing';
  const [failed, fails] = [wanted.error as Failure | undefined, answer.error as Failure | undefined];
  if ((failed === undefined) !== (fails === undefined)) {
    if (one.loose === 'parse' && failed !== undefined) return undefined;
    return failed === undefined ? 'should work' : 'should fail';
  }
  if (failed !== undefined && fails !== undefined) return failureDifference(one, failed, fails);
  return sameResult(one, withoutTexts(wanted), withoutTexts(answer)) ? undefined : 'result';
}

function failureDifference(one: Case, failed: Failure, fails: Failure): Difference['kind'] | undefined {
  if (text(failed.labels) !== text(fails.labels)) return 'labels';
  if (CODES_COUNT.test(one.family) && text(failed.code) !== text(fails.code)) return 'code';
  const keys = ({ keyPattern, keyValue }: Failure): string => text([keyPattern, keyValue]);
  return keys(failed) === keys(fails) ? undefined : 'key';
}

/** Texts of errors are for reading. */
function withoutTexts({ msg: _msg, ...reply }: Reply): Reply {
  if (!Array.isArray(reply.writeErrors)) return reply;
  return { ...reply, writeErrors: reply.writeErrors.map(({ msg: _text, ...error }: Reply) => error) };
}

function sameResult(one: Case, wanted: Reply, answer: Reply): boolean {
  if (text(wanted) === text(answer)) return true;
  if (one.loose === 'ulp') return near(wanted, answer);
  const orderless = one.loose === 'set' || one.loose === 'lookupOrder' || Boolean(one.unordered);
  return orderless && text(sorted(wanted)) === text(sorted(answer));
}

/** Arrays as bags. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (text(a) < text(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
}

/** Equal but for the last digits of numbers. */
function near(a: unknown, b: unknown): boolean {
  if (text(a) === text(b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  if (Object.keys(x).join() !== Object.keys(y).join()) return false;
  if ('$numberDouble' in x) return nearDoubles(Number(x.$numberDouble), Number(y.$numberDouble));
  if ('$numberDecimal' in x) return nearDecimals(String(x.$numberDecimal), String(y.$numberDecimal));
  return Object.keys(x).every((key) => near(x[key], y[key]));
}

function nearDoubles(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

/** To twenty digits. */
function nearDecimals(a: string, b: string): boolean {
  const [x, y] = [digits(a), digits(b)];
  if (x === undefined || y === undefined) return a === b;
  const exponent = Math.min(x.exponent, y.exponent);
  const p = x.coefficient * 10n ** BigInt(x.exponent - exponent);
  const q = y.coefficient * 10n ** BigInt(y.exponent - exponent);
  const distance = p > q ? p - q : q - p;
  return distance * 10n ** 20n <= (p < 0n ? -p : p);
}

function digits(decimal: string): { coefficient: bigint; exponent: number } | undefined {
  const match = /^(-?\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(decimal);
  if (match === null) return undefined;
  const fraction = match[2] ?? '';
  return { coefficient: BigInt(match[1]! + fraction), exponent: Number(match[3] ?? 0) - fraction.length };
}
