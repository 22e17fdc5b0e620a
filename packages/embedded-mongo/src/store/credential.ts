import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Credential {
  user: string;
  password: string;
}

/** The credential of a folder, made on first use, in a file that only the folder's owner can read. */
export function credentialOf(folder: string): Credential {
  const file = path.join(folder, 'credential.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Credential;
  const credential = { user: 'owner', password: randomBytes(24).toString('base64url') };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(credential), { mode: 0o600 });
  renameSync(draft, file);
  return credential;
}
