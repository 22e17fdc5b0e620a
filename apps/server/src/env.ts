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

/** Reads the environment once. The demonstration keeps to its own folder and ignores `MONGODB_URI`. */
export function readEnv(variables: NodeJS.ProcessEnv, chosen: Mode, root: string): Env {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new StartError(`环境变量不正确 / wrong environment variable: ${names}`);
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
