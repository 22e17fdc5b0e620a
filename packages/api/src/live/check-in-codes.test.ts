import { randomBytes } from 'node:crypto';
import { CODE_STEP_SECONDS, codeStepOf } from '@cadre/domain/live';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckInCodes, type CodeVerdict } from './check-in-codes';

const SESSION = '01890000-0000-7000-8000-000000000001';
const OTHER = '01890000-0000-7000-8000-000000000002';
const NOW = new Date('2026-11-18T06:00:03Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

/** Codes of one installation; `makes` counts the keys that were ever stored. */
function createInstallation(options: { failing?: number } = {}) {
  let stored: Record<string, unknown> | undefined;
  let failing = options.failing ?? 0;
  return () =>
    createCheckInCodes({
      random: { bytes: (count) => randomBytes(count) },
      settings: {
        getOrSet: (_name, fallback) => {
          failing -= 1;
          if (failing >= 0) return Promise.reject(new Error('database away'));
          stored ??= fallback;
          return Promise.resolve(stored);
        },
      },
    });
}
const codes = createInstallation()();

describe('a check-in code', () => {
  it('holds for the step in which it is shown and two more, and is called old for five minutes', async () => {
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(instant, fc.integer({ min: -600, max: 600 }), async (shownAt, seconds) => {
        const triedAt = new Date(shownAt.getTime() + seconds * 1000);
        const { token, digits } = await codes.current(SESSION, shownAt);
        const age = codeStepOf(triedAt) - codeStepOf(shownAt);
        const wanted: CodeVerdict = age < 0 || age > 30 ? 'wrong' : age <= 2 ? 'right' : 'expired';
        expect(await codes.verify(SESSION, { kind: 'qr', token }, triedAt)).toBe(wanted);
        // Six digits may come up again by chance, so only what must hold is asked of them.
        if (wanted === 'right')
          expect(await codes.verify(SESSION, { kind: 'code', digits }, triedAt)).toBe('right');
      }),
      { numRuns: 200 },
    );
  });

  it('changes with every step', async () => {
    const first = await codes.current(SESSION, NOW);
    const second = await codes.current(SESSION, later(CODE_STEP_SECONDS));
    expect(second.token).not.toBe(first.token);
    expect(await codes.current(SESSION, later(6.9))).toEqual(first);
    expect(first.changesAt).toEqual(later(7));
  });

  it('of another session, of another installation or with one changed letter is forged', async () => {
    const { token } = await codes.current(SESSION, NOW);
    const foreign = await createInstallation()().current(SESSION, NOW);
    const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    expect(await codes.verify(OTHER, { kind: 'qr', token }, NOW)).toBe('wrong');
    expect(await codes.verify(SESSION, { kind: 'qr', token: foreign.token }, NOW)).toBe('wrong');
    expect(await codes.verify(SESSION, { kind: 'qr', token: changed }, NOW)).toBe('wrong');
  });

  it('is shown and accepted alike by every process of the installation', async () => {
    const start = createInstallation();
    const [one, two] = [start(), start()];
    const { token, digits } = await one.current(SESSION, NOW);
    expect(await two.verify(SESSION, { kind: 'qr', token }, NOW)).toBe('right');
    expect(await two.verify(SESSION, { kind: 'code', digits }, NOW)).toBe('right');
  });

  it('can be made again after the database was away for a moment', async () => {
    const interrupted = createInstallation({ failing: 1 })();
    await expect(interrupted.current(SESSION, NOW)).rejects.toThrow('database away');
    expect((await interrupted.current(SESSION, NOW)).digits).toMatch(/^\d{6}$/);
  });
});
