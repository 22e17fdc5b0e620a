import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from './env';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: '没有权限 / not permitted',
  EPERM: '没有权限 / not permitted',
  EROFS: '只读 / read-only',
  ENOTDIR: '不是文件夹 / not a folder',
  ENOENT: '这里建不了文件夹 / no folder can be made there',
  ENOSPC: '磁盘已满 / the disk is full',
  ENAMETOOLONG: '路径太长 / the path is too long',
};

/** The refusal to use a folder, in one line. */
export const folderRefusal = (folder: string, error: unknown): StartError => {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  if (message.includes('is in use by another process'))
    return new StartError(
      `另一个进程正在使用数据文件夹：${folder} / another process is using the data folder: ${folder}`,
    );
  const reason = REASONS[code] ?? message.split('\n')[0] ?? code;
  return new StartError(
    `数据文件夹不能用：${folder} / the data folder cannot be used: ${folder} (${reason})`,
  );
};

/** Makes a folder with those above it. Not by `recursive`, which never comes back where nothing can be made. */
async function make(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' });
  if (dirname(folder) !== folder) await make(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Another process has made it meanwhile.
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Makes sure that data can be kept in a folder; throws a StartError otherwise. */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await make(folder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderRefusal(folder, error);
  }
}
