import { launchBrowser } from './src/browser/launch-browser';
import { devices } from './src/people/person';
const browser = await launchBrowser();
for (const dev of ['phone','desktop'] as const){
 for (const locale of ['zh-CN','en-GB']){
 const ctx=await browser.newContext({...devices[dev],offline:true,locale});
 const page=await ctx.newPage(); await page.goto('file:///tmp/audit/v.html');
 await page.screenshot({path:`/tmp/audit/p-${dev}-${locale}-0.png`});
 await page.getByLabel('选择文件').or(page.locator('#files')).first().setInputFiles(['/tmp/audit/e1.jsonl','/tmp/audit/r1.json']);
 const t=Date.now(); await page.waitForFunction(()=>/✓|×|○|读不了/.test(document.getElementById('verdict')!.textContent||''),null,{timeout:120000});
 console.log(dev,locale,Date.now()-t);
 await page.screenshot({path:`/tmp/audit/p-${dev}-${locale}-1.png`,fullPage:true});
 console.log(await page.locator('body').innerText());
 const w=await page.evaluate(()=>[document.documentElement.scrollWidth,innerWidth]);console.log(w);
 await ctx.close();
 }}
await browser.close();
