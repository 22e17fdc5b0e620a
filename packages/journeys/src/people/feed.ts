import { expect } from 'vitest';
import { expectAccessible } from './looks';
import type { Person } from './person';

/** A signed line of the feed, as far as the journeys look at it. */
export interface FeedLine {
  readonly statement: {
    readonly personNo: string;
    readonly version: number;
    /** The first day on which the assessment no longer has this person. */
    readonly left?: string;
    readonly targets: readonly {
      readonly name: { readonly zh: string };
      readonly alternatives: readonly (readonly { readonly measure: string; readonly earned: number }[])[];
    }[];
  };
  readonly jws: string;
}

interface FeedPage {
  readonly items: readonly FeedLine[];
  readonly nextCursor: string;
  readonly more: boolean;
}

/** Has the system admin add a client of the interface, and returns the key that is shown once. */
export async function createApiKey({ page }: Person): Promise<string> {
  await page.getByRole('link', { name: '系统' }).click();
  await page.getByRole('tab', { name: '接口' }).click();
  await page.getByLabel('名称', { exact: true }).fill('年度考核系统');
  await page.getByRole('button', { name: '新增客户端' }).click();
  const shown = page.getByRole('alert').filter({ hasText: '密钥，只显示这一次' });
  const key = await shown.locator('.ant-typography').innerText();
  await expectAccessible(page);
  return key.trim();
}

/** All lines of a feed, in the order in which they were numbered. */
export async function readFeed(url: string, key: string): Promise<FeedLine[]> {
  const items: FeedLine[] = [];
  let cursor = '0';
  for (;;) {
    const response = await fetch(`${url}?cursor=${cursor}&limit=500`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(response.status).toBe(200);
    const page = (await response.json()) as FeedPage;
    items.push(...page.items);
    if (!page.more) return items;
    cursor = page.nextCursor;
  }
}
