/** What the page needs of the OpenAPI document. */
export interface RestDocument {
  info: { title: string; version: string; description?: string | undefined };
  paths?: Record<string, Record<string, RestOperation>> | undefined;
}
interface RestOperation {
  summary?: string;
  description?: string;
  security?: readonly unknown[];
  parameters?: readonly { name: string; in: string; required?: boolean; description?: string }[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const PLACES: Readonly<Record<string, string>> = { path: '路径 path', query: '查询 query' };

function operationSection(path: string, method: string, operation: RestOperation): string {
  const rows = (operation.parameters ?? []).map(
    (parameter) =>
      `<tr><td><code>${escape(parameter.name)}</code></td><td>${PLACES[parameter.in] ?? escape(parameter.in)}</td>` +
      `<td>${parameter.required ? '必填 required' : '可选 optional'}</td></tr>`,
  );
  return `<section>
<h2><code>${method.toUpperCase()} /api/v1${escape(path)}</code></h2>
<p>${escape(operation.summary ?? '')}</p>
${(operation.description ?? '')
  .split('\n\n')
  .filter((part) => part !== '')
  .map((part) => `<p>${escape(part)}</p>`)
  .join('\n')}
<p>${operation.security ? '需要接口密钥 needs an API key' : '公开 public'}</p>
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}
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
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.7 system-ui, sans-serif; color: #1c2b33; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; } h2 code { background: #e8eef0; padding: 0.2rem 0.5rem; }
section { border-top: 1px solid #c9d5d9; } td { padding: 0.2rem 1.5rem 0.2rem 0; }
</style>
<h1>接口说明 REST interface</h1>
<p>${escape(title)} · ${escape(version)}</p>
<p>${escape(description)}</p>
<p>请求带上密钥 Send the key with each request: <code>Authorization: Bearer …</code><br>
密钥由系统管理员在“系统 › 接口”里生成 A system admin makes keys under System › API clients.<br>
给程序用的说明 For programs (OpenAPI 3.1): <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
${sections.join('\n')}
</html>
`;
}
