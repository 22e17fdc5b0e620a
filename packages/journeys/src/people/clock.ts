import type { Page } from 'playwright-core';

/** Moves everybody's time forward with the demonstration clock of the bar. */
export async function moveClock(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: /演示时钟/ }).click();
  await page.getByLabel('到指定时间').fill(to);
  await page.getByRole('button', { name: '拨到这个时间' }).click();
  await page.getByText(/^演示时钟已拨到/).waitFor();
}
