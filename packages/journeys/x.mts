import { launchBrowser } from './src/browser/launch-browser';
import { signIn, devices } from './src/people/person';
import { moveClock } from './src/people/clock';
import { execSync } from 'node:child_process';
const url='http://127.0.0.1:3232'; const out='/tmp/audit';
const browser = await launchBrowser();
const errs:string[]=[];
const { page } = await signIn(browser,url,'shenji');
page.on('pageerror',e=>errs.push(e.message));
await page.goto('/admin/credit/ledger'); await page.waitForTimeout(1500);
await page.screenshot({path:`${out}/l1.png`,fullPage:true});
console.log(await page.locator('main').innerText());
await page.getByText('核对与导出').click(); await page.waitForTimeout(1000);
await page.screenshot({path:`${out}/l2.png`,fullPage:true});
console.log(await page.locator('main').innerText());
const dl=page.waitForEvent('download',{timeout:60000});
await page.getByRole('button',{name:'导出全部流水'}).click();
const d=await dl; console.log('export file',d.suggestedFilename()); await d.saveAs(`${out}/e1.jsonl`);
for (const [n,f] of [['下载最新的封存文件','r1.json'],['下载核对程序（一个网页文件，断网可用）','v.html']] as const){
 const p=page.waitForEvent('download'); await page.getByText(n).click(); const x=await p; console.log(n,x.suggestedFilename()); await x.saveAs(`${out}/${f}`);
}
await page.getByText('密钥',{exact:true}).click(); await page.waitForTimeout(800);
console.log(await page.locator('main').innerText());
await page.screenshot({path:`${out}/l3.png`,fullPage:true});
console.log(errs);
await browser.close();
