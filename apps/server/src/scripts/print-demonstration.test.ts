import { DEMO_ROLES } from '@cadre/demo/people';
import { expect, it } from 'vitest';
import { demonstrationLines } from './print-demonstration';

/** Where a text begins on a terminal, on which a Chinese sign takes two columns. */
const columnOf = (line: string, text: string): number =>
  [...line.slice(0, line.indexOf(text))].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 255 ? 2 : 1), 0);

it('prints one account per role, each column straight for Chinese too', () => {
  const rows = demonstrationLines().filter((line) => line.startsWith('  '));
  expect(rows).toHaveLength(DEMO_ROLES.length);
  const columns = DEMO_ROLES.map(({ name, role }, index) =>
    [name, role.zh, role.en, '端 /'].map((text) => columnOf(rows[index] ?? '', text)),
  );
  expect(new Set(columns.map(String)).size).toBe(1);
});
