import { launchBrowser } from './src/browser/launch-browser';
import { signIn } from './src/people/person';
import { moveClock } from './src/people/clock';
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
const url='http://127.0.0.1:3232'; const out='/tmp/audit';
const sh=(c:string)=>execSync(c,{cwd:out}).toString();
sh('openssl genpkey -algorithm ed25519 -out office.pem');
const pub=sh('openssl pkey -in office.pem -pubout');
const browser = await launchBrowser();
const { page } = await signIn(browser,url,'wangmin');
page.on('pageerror',e=>console.log('ERR',e.message));
await page.goto('/admin/credit/ledger'); await page.getByText('密钥',{exact:true}).click(); await page.waitForTimeout(1500);
await page.getByRole('row',{name:/联盟/}).getByRole('button',{name:/登记公钥|更换公钥/}).click();
await page.getByLabel(/公钥（PEM/).fill('rubbish'); await page.waitForTimeout(300);
await page.screenshot({path:`${out}/k1.png`});
await page.getByLabel(/公钥（PEM/).fill(pub);
await page.getByRole('dialog').getByRole('button',{name:/登记公钥|更换公钥/}).click();
await page.getByText(/公钥已登记/).waitFor();
await page.getByText('封存与会签').click();
await page.getByRole('row',{name:/^3 /}).first().click(); await page.waitForTimeout(1500);
console.log(await page.getByRole('dialog').innerText());
const p=page.waitForEvent('download'); await page.getByRole('button',{name:'下载待签文本'}).click(); const x=await p; console.log(x.suggestedFilename()); await x.saveAs(`${out}/${x.suggestedFilename()}`);
console.log(readFileSync(`${out}/countersign-3.txt`,'utf8'));
const sig=sh('openssl pkeyutl -sign -rawin -inkey office.pem -in countersign-3.txt | openssl base64 -A');
// wrong first
await page.getByLabel('签名（Base64）').fill(Buffer.alloc(64).toString('base64'));
await page.getByRole('button',{name:'提交会签'}).click(); await page.waitForTimeout(1500);
await page.screenshot({path:`${out}/k2.png`});
await page.getByLabel('签名（Base64）').fill(sig);
await page.getByRole('button',{name:'提交会签'}).click(); await page.getByText(/已会签第 3 号封存/).waitFor();
await page.waitForTimeout(800);
await page.screenshot({path:`${out}/k3.png`});
// rotate as admin
const a=(await signIn(browser,url,'admin')).page;
await a.goto('/admin/credit/ledger'); await a.getByText('密钥',{exact:true}).click(); await a.waitForTimeout(1500);
await a.getByRole('button',{name:'换一把签名密钥'}).click(); await a.waitForTimeout(500);
await a.screenshot({path:`${out}/k4.png`});
await a.getByRole('tooltip').or(a.locator('.ant-popover')).getByRole('button',{name:'换一把签名密钥'}).click();
await a.getByText(/新密钥已公布/).waitFor();
await moveClock(a,'2026-11-20T09:00'); await a.waitForTimeout(6000);
const s=(await signIn(browser,url,'shenji')).page;
await s.goto('/admin/credit/ledger'); await s.waitForTimeout(3000); await s.screenshot({path:`${out}/k5.png`});
for (const [n,f] of [['ledger/root.json','r2.json'],['ledger/export.jsonl','e2.jsonl']] as const){
  const r=await s.request.get(`/api/v1/${n}`,{timeout:60000}); console.log(n,r.status()); (await import('node:fs')).writeFileSync(`${out}/${f}`,await r.body());
}
await browser.close();
