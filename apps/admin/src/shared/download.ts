/** Saves a file of the server; the sign-in cookie goes along. Throws when the server refuses. */
export async function download(path: string): Promise<void> {
  const response = await fetch(path, { headers: { 'x-cadre-app': 'admin' } });
  if (!response.ok) throw new Error(`download failed: ${response.status}`);
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = decodeURIComponent(named ?? 'download');
  link.click();
  URL.revokeObjectURL(url);
}
