import { createServer } from 'node:net';
import { Refusal } from './refusal.mjs';

const DEFAULT_PORT = 3000;

/** The port of the server: `PORT`, else 3000. */
export function serverPort() {
  const text = process.env.PORT ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(
      `PORT 应为 1–65535 的整数，现在是 ${text} · PORT must be a whole number from 1 to 65535, it is ${text}`,
    );
  }
  return port;
}

/**
 * Refuses a port that somebody listens on already, before anything is built for it.
 * @param {number} port
 */
export async function mustBeFree(port) {
  const host = process.env.HOST ?? '127.0.0.1';
  const code = await listenCode(port, host);
  if (code === undefined) return;
  if (code === 'EADDRINUSE') {
    throw new Refusal(
      `端口 ${port} 已被占用，可换一个：PORT=${port + 1} npm start · port ${port} is taken, choose another: PORT=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES') {
    throw new Refusal(`没有权限使用端口 ${port} · no permission to use port ${port}`);
  }
  throw new Refusal(`不能在 ${host}:${port} 监听（${code}） · cannot listen on ${host}:${port} (${code})`);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} why it cannot be listened on
 */
function listenCode(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
