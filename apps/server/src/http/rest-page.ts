/** What the page needs of the OpenAPI document. */
export interface RestDocument {
  info: { title: string; version: string; description?: string | undefined };
  servers?: readonly { url: string }[] | undefined;
  paths?: Record<string, Record<string, RestOperation>> | undefined;
}
interface RestOperation {
  summary?: string;
  description?: string;
  security?: readonly unknown[];
  parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: { description?: string };
  }[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const PLACES: Readonly<Record<string, string>> = { path: '路径 path', query: '查询 query' };

const paragraphs = (text: string): string =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => `<p${/[\u4e00-\u9fff]/.test(part) ? '' : ' lang="en"'}>${escape(part)}</p>`)
    .join('\n');

function operationSection(path: string, method: string, operation: RestOperation): string {
  const rows = (operation.parameters ?? []).map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${PLACES[place] ?? escape(place)}</td>` +
      `<td>${required ? '必填 required' : '可选 optional'}</td><td>${escape(description ?? schema?.description ?? '')}</td></tr>`,
  );
  return `<section>
<h2><code>${method.toUpperCase()} /api/v1${escape(path)}</code></h2>
<p><strong>${escape(operation.summary ?? '')}</strong></p>
<p class="quiet">${operation.security ? '需要接口密钥 needs an API key' : '公开，不需要密钥 public, without a key'}</p>
${paragraphs(operation.description ?? '')}
${
  rows.length > 0
    ? `<table><thead><tr><th>参数 parameter</th><th>在哪里 in</th><th></th><th>说明 what it is</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
    : ''
}
</section>`;
}

/** The REST interface for people: every operation with its parameters, made from the same document that programs read. */
export function restPage(document: RestDocument): string {
  const sections = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => operationSection(path, method, operation)),
  );
  const { title, version, description = '' } = document.info;
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>接口说明 · REST</title>
<style>
/* The colours of the design tokens: paper, surface, line, ink, ink-2, primary. */
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem; background: #f7f5f0; color: #1d2126; font: 1rem/1.65 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; } p { margin: 0.5rem 0; }
a { color: #1b5e6b; } .quiet { color: #565e67; }
section, pre { margin-top: 1rem; padding: 1rem 1.25rem; border: 1px solid #d9d5cc; border-radius: 6px; background: #fff; }
pre { overflow-x: auto; } table { width: 100%; margin-top: 0.75rem; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.4rem 1rem 0.4rem 0; border-top: 1px solid #d9d5cc; text-align: left; vertical-align: top; }
th { color: #565e67; font-weight: 500; } td:nth-child(-n+3) { white-space: nowrap; }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; } tr { padding: 0.5rem 0; border-top: 1px solid #d9d5cc; } td { padding: 0; border: 0; } }
</style>
<main>
<h1>接口说明 REST interface</h1>
<p class="quiet">${escape(title)} · ${escape(version)}</p>
${paragraphs(description)}
<p>密钥由系统管理员在“系统 › 接口”里生成，标着“需要接口密钥”的请求都要带上；给程序用的说明（OpenAPI 3.1）：<a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
<p lang="en">A system admin makes keys under System › API clients; requests that need one carry it. For programs there is the same as OpenAPI 3.1.</p>
<pre><code>curl -H 'Authorization: Bearer cadre_…' ${escape(document.servers?.[0]?.url ?? '')}/assessment-years</code></pre>
<p>没有成功时，<code>says</code> 用两种语言说明原因，<code>data.refusal.code</code> 供程序判断，<code>data.refusal.requestId</code> 供管理员查日志。</p>
<p lang="en">When a request is refused, <code>says</code> gives the reason in both languages, <code>data.refusal.code</code> is for programs, and <code>data.refusal.requestId</code> finds it in the log.</p>
${sections.join('\n')}
</main>
</html>
`;
}
