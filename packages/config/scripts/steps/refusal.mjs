/** Something the person can mend. Its message is the one line they read, Chinese first; `detail` is a tool's own output before it. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {string} [detail]
   */
  constructor(message, detail = '') {
    super(message);
    this.name = 'Refusal';
    this.detail = detail;
  }
}

/**
 * A refusal for a file-system error that has an ordinary cause; other errors are given back as they are.
 * @param {unknown} error
 * @param {string} path
 */
export function fileRefusal(error, path) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Refusal(`文件夹不可写：${path} · this folder is read-only: ${path}`);
  }
  if (code === 'ENOSPC') return new Refusal(`磁盘已满：${path} · no space left on the disk: ${path}`);
  return error;
}
