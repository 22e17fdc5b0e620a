import { parseArgs } from 'node:util';
import { StartError } from '../env';

/** Reads the command line; whatever it does not know, and `--help`, is answered with how the command is used. */
export function readOptions<const Options extends Record<string, { type: 'string'; default?: string }>>(
  options: Options,
  usage: string,
) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } });
    const { help, ...given } = values as Record<string, string | boolean | undefined>;
    if (help !== true) return given as Partial<Record<keyof Options, string>>;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
  }
  throw new StartError(usage);
}
