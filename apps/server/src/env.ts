import { resolve } from 'node:path';
import { z } from 'zod';

export const mode = z.enum(['demo', 'live']);
export type Mode = z.infer<typeof mode>;

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//)
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
});

export interface Env {
  mode: Mode;
  port: number;
  host: string;
  /** Where the embedded database keeps its files. */
  dataDir: string;
  /** A MongoDB given from outside; only a live installation uses one. */
  mongoUri: string | null;
  publicUrl: string | null;
  logLevel: z.infer<typeof environment>['LOG_LEVEL'];
}

/** Something outside the program must be put right before it can start; shown as one line, without a stack. */
export class StartError extends Error {}

/** What each variable must be, for the line that refuses another value. */
const EXPECTED: Readonly<Record<string, { zh: string; en: string }>> = {
  PORT: { zh: ' 0–65535 的整数', en: 'a whole number from 0 to 65535' },
  HOST: { zh: '一个地址', en: 'an address' },
  DATA_DIR: { zh: '一个文件夹', en: 'a folder' },
  MONGODB_URI: {
    zh: '以 mongodb:// 或 mongodb+srv:// 开头的地址',
    en: 'an address that begins with mongodb:// or mongodb+srv://',
  },
  PUBLIC_URL: {
    zh: '以 http:// 或 https:// 开头的网址',
    en: 'an address that begins with http:// or https://',
  },
  LOG_LEVEL: { zh: ' fatal、error、warn、info 或 debug', en: 'fatal, error, warn, info or debug' },
} satisfies Record<keyof z.infer<typeof environment>, { zh: string; en: string }>;

/** Reads the environment once. The demonstration keeps to its own folder and ignores `MONGODB_URI`. */
export function readEnv(variables: NodeJS.ProcessEnv, chosen: Mode, root: string): Env {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    const { zh = '', en = '' } = EXPECTED[name] ?? {};
    throw new StartError(`环境变量 ${name} 应为${zh} / ${name} must be ${en}`);
  }
  const { PORT, HOST, DATA_DIR, MONGODB_URI, PUBLIC_URL, LOG_LEVEL } = parsed.data;
  return {
    mode: chosen,
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR ?? resolve(root, '.data', chosen),
    mongoUri: chosen === 'live' ? (MONGODB_URI ?? null) : null,
    publicUrl: PUBLIC_URL?.replace(/\/$/, '') ?? null,
    logLevel: LOG_LEVEL,
  };
}
