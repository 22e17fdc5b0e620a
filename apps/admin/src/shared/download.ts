import { fileRefusal, refusalOf } from '@cadre/client/refusal';
import { setSignInEnded } from '@cadre/client/session';

/** The address of a file with what it is asked for; what is empty is not asked. */
export function fileAddress(
  path: string,
  asked: Readonly<Record<string, string | null | undefined>>,
): string {
  const given = Object.entries(asked).flatMap(([key, value]) => (value ? [[key, value]] : []));
  return `${path}?${new URLSearchParams(given).toString()}`;
}

/**
 * Saves a file of the server; the sign-in cookie goes along. Throws the server's refusal, and asks to sign in again
 * where the sign-in has ended.
 */
export async function download(path: string): Promise<void> {
  const response = await fetch(path, { headers: { 'x-cadre-app': 'admin' } });
  if (!response.ok) {
    const refused = await fileRefusal(response);
    if (refusalOf(refused).code === 'NOT_SIGNED_IN') setSignInEnded(true);
    throw refused;
  }
  save(await response.blob(), fileNameOf(response));
}

/** The name under which the server hands out a file. */
export function fileNameOf({ headers }: Response): string {
  const named = /filename\*=UTF-8''([^;]+)/.exec(headers.get('content-disposition') ?? '')?.[1];
  return decodeURIComponent(named ?? 'download');
}

/** Hands a file to the browser under its name. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
