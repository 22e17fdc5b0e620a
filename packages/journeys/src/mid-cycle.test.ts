import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser/launch-browser';
import { moveClock } from './people/clock';
import { createApiKey, readFeed, type FeedLine } from './people/feed';
import { expectAccessible, takePicture } from './people/looks';
import { signIn, type Person } from './people/person';
import { startProduct, type ProductServer } from './product/product-server';

/** The demonstration begins on 2026-11-18; what was known the day before must read the same for ever. */
const DAY_BEFORE = '2026-11-17';
const NEXT_MORNING = '2026-11-19T09:00';
const NEW_UNIT = '市委党校';
const HOST = '市民政局';

/** Somebody's year does not stand still: promoted, transferred, seconded and retired, each in mid-cycle. */
describe('changes of a person in mid-cycle', () => {
  let product: ProductServer;
  let browser: Browser;
  let keeper: Person;
  let cadre: Person;
  let key: string;
  let recordBefore: string;
  /** What is there of the five-year target once it applies: the hours of the year so far. */
  let ofWindow: string;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    keeper = await signIn(browser, product.url, 'admin');
    key = await createApiKey(keeper);
    cadre = await signIn(browser, product.url, 'linxiaodong');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  }, 60_000);

  const linesOf = async (personNo: string): Promise<FeedLine['statement'][]> => {
    const years = await fetch(`${product.url}/api/v1/assessment-years`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const [year] = (await years.json()) as { id: string }[];
    const lines = await readFeed(`${product.url}/api/v1/assessment-years/${String(year?.id)}/feed`, key);
    return lines.map(({ statement }) => statement).filter((line) => line.personNo === personNo);
  };

  it('a promotion brings the targets of the new post to the open phone, and says why', async () => {
    const { page } = cadre;
    recordBefore = await recordAsOf(page, DAY_BEFORE);
    const trained = /([\d.]+) \/ 90 学时/.exec(recordBefore)?.[1];
    ofWindow = `${String(trained)} / 550 学时`;
    await page.getByRole('link', { name: '学分', exact: true }).click();
    await page.getByRole('heading', { name: '各项要求' }).waitFor();
    await page.evaluate(() => document.documentElement.setAttribute('data-not-reloaded', ''));

    await change(keeper.page, cadre.name, '任职务', async (panel) => {
      await choose(panel, '职务层次', '县处级副职');
      await panel.getByLabel('职务名称').fill('副局长');
    });
    await page.getByText('由乡科级正职任县处级副职', { exact: false }).waitFor();
    await page.getByText(ofWindow).first().waitFor();
    expect(await page.locator('html[data-not-reloaded]').count()).toBe(1);
    await expectAccessible(page);
    await takePicture(page, 'phone-promotion');
    await expect
      .poll(async () => (await linesOf('TZ00002')).at(-1)?.targets.map(({ name }) => name.zh), {
        timeout: 60_000,
      })
      .toContain('五年集中培训');
  });

  it('a transfer takes the hours along, and hands the person from one training officer to another', async () => {
    const { page } = cadre;
    const [from, to] = [
      await signIn(browser, product.url, 'zhaoli'),
      await signIn(browser, product.url, 'xuwei'),
    ];
    expect(await progressOf(from.page, cadre.name)).toBe(1);
    await change(keeper.page, cadre.name, '调动', (panel) => choose(panel, '单位', NEW_UNIT));
    await page.getByText(`转到${NEW_UNIT}`, { exact: false }).waitFor();
    await page.getByText(ofWindow).first().waitFor();
    expect(await progressOf(from.page, cadre.name)).toBe(0);
    expect(await progressOf(to.page, cadre.name)).toBe(1);
    await expectAccessible(to.page);
  });

  it('a secondment is on the record and changes no target', async () => {
    const { page } = cadre;
    const targets = await targetsOn(page);
    await change(keeper.page, cadre.name, '借调', (panel) => choose(panel, '借调单位', HOST));
    await page.getByText(`借调到${HOST}`, { exact: false }).waitFor();
    expect(await targetsOn(page)).toBe(targets);
  });

  it('what was recorded today can be withdrawn today, and not a day later', async () => {
    const panel = await openPerson(keeper.page, '林海燕');
    await record(keeper.page, panel, '调动', () => choose(panel, '单位', NEW_UNIT));
    await panel.getByRole('button', { name: '撤回今天的变动' }).click();
    await keeper.page.getByRole('tooltip').getByRole('button', { name: '撤回今天的变动' }).click();
    await keeper.page.getByText('已撤回，经历恢复原样').waitFor();
    await expectAccessible(keeper.page);
    await close(panel);

    await moveClock(keeper.page, NEXT_MORNING);
    const next = await openPerson(keeper.page, cadre.name);
    await next.getByText('任职经历').waitFor();
    expect(await next.getByRole('button', { name: '撤回今天的变动' }).count()).toBe(0);
    await close(next);
  });

  it('retirement ends the targets and keeps the record and its figures', async () => {
    const retired = await signIn(browser, product.url, 'linhaiyan');
    await retired.page.getByRole('img', { name: /^年度集中培训/ }).waitFor();
    await change(keeper.page, retired.name, '退休', async () => {});
    await retired.page.getByText(/^您已退休/).waitFor();
    await expectAccessible(retired.page);
    await retired.page.getByRole('link', { name: '学分', exact: true }).click();
    await retired.page.getByRole('list', { name: '2026 年', exact: true }).waitFor();
    await expect
      .poll(async () => (await linesOf('TZ00001')).at(-1), { timeout: 60_000 })
      .toMatchObject({ left: '2026-11-19', targets: [] });
  });

  it('the record as of the day before reads the same after all of it', async () => {
    expect(await recordAsOf(cadre.page, DAY_BEFORE)).toBe(recordBefore);
  });
});

/** The whole statement on the phone, as of a day. */
async function recordAsOf(page: Page, day: string): Promise<string> {
  await page.goto(`/credits?asOf=${day}`);
  await page.getByRole('list', { name: '2026 年', exact: true }).waitFor();
  return page.getByRole('main').innerText();
}

/** The targets as the phone lists them. */
async function targetsOn(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { name: '各项要求' });
  return page.locator('section').filter({ has: heading }).innerText();
}

/** How many rows the officer's table has for somebody. */
async function progressOf(page: Page, name: string): Promise<number> {
  await page.goto('/admin/');
  await page.getByRole('link', { name: '统计' }).click();
  await page.getByText(/^全部 \d+$/).click();
  await page.getByLabel('搜索', { exact: true }).fill(name);
  const found = page.getByRole('row').filter({ hasText: name });
  await page.getByText(/^全部 [01]$/).waitFor();
  await found.or(page.getByText('没有符合条件的人')).first().waitFor();
  return found.count();
}

async function openPerson(page: Page, name: string) {
  await page.getByRole('link', { name: '系统' }).click();
  await page.getByRole('tab', { name: '人员' }).click();
  await page.getByLabel('搜索', { exact: true }).fill(name);
  await page.getByRole('row').filter({ hasText: name }).first().click();
  const panel = page.getByRole('dialog', { name: '人员' });
  await panel.getByText('任职经历').waitFor();
  return panel;
}

type Panel = Awaited<ReturnType<typeof openPerson>>;

async function close(panel: Panel): Promise<void> {
  await panel.page().keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
}

async function choose(panel: Panel, label: string, option: string): Promise<void> {
  const field = panel.getByLabel(label, { exact: true });
  await field.click();
  // The list of units is long: it is searched as a person would.
  if (await field.isEditable()) await field.fill(option);
  await panel.page().getByTitle(option, { exact: true }).click();
}

/** Records a change of somebody's history: it is read over first. */
async function record(page: Page, panel: Panel, kind: string, fill: () => Promise<void>): Promise<void> {
  await choose(panel, '变动类型', kind);
  await fill();
  await panel.getByRole('button', { name: '核对变动' }).click();
  await panel.getByRole('group', { name: '核对变动' }).waitFor();
  await expectAccessible(page);
  await panel.getByRole('button', { name: '登记这个变动' }).click();
  await page.getByText('已记入经历，当天可以撤回').waitFor();
}

async function change(
  page: Page,
  name: string,
  kind: string,
  fill: (panel: Panel) => Promise<void>,
): Promise<void> {
  const panel = await openPerson(page, name);
  await record(page, panel, kind, () => fill(panel));
  await close(panel);
}
