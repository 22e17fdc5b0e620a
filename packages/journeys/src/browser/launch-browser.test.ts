import { expect, it } from 'vitest';
import { launchBrowser } from './launch-browser';

it('shows Chinese in a Chinese font, in every weight of the product', async () => {
  await using browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 360, height: 240 } });
  await page.setContent(
    `<body style="font-family: 'PingFang SC', 'Noto Sans CJK SC', sans-serif; margin: 24px">
       <p id="text">干部教育联盟 <b>学时学分</b> Training 2026</p>
     </body>`,
  );

  const inspector = await page.context().newCDPSession(page);
  await inspector.send('DOM.enable');
  await inspector.send('CSS.enable');
  const { root } = await inspector.send('DOM.getDocument');
  const fontsOf = async (selector: string) => {
    const { nodeId } = await inspector.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = await inspector.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.map(({ familyName, postScriptName }) => `${familyName}: ${postScriptName}`);
  };
  expect(await fontsOf('b')).toEqual(['Noto Sans SC: NotoSansSC-Bold']);
  expect(await fontsOf('#text')).toContain('Noto Sans SC: NotoSansSC-Regular');
  const picture = await page.screenshot(process.env['SCREENSHOT'] ? { path: process.env['SCREENSHOT'] } : {});
  expect(picture.length).toBeGreaterThan(3_000);
});
