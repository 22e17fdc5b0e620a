import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PACKAGE, TOOLS } from '../browser/tools-folder';

/** The pictures of the README are renewed on request only, so that a test run leaves the work tree as it was. */
const PICTURES =
  process.env['UPDATE_SCREENSHOTS'] === '1' ? join(PACKAGE, 'screenshots') : join(TOOLS, 'screenshots');

/** What is on screen can be used by everybody: nothing that axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${html}`),
    );
  expect(grave, `axe on ${page.url()}`).toEqual([]);
}

/** By how many CSS px the page is wider than the screen, so that it would have to be pushed sideways. */
export const beyondScreen = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });

/** Keeps a picture of what is on screen. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
