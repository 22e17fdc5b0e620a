import { credits } from './credits';

const { code, out, err } = credits(process.argv.slice(2));
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
