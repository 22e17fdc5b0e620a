import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Puts the script into the page, so that one file works from a USB stick. */
const onePage = (): Plugin => ({
  name: 'one-page',
  generateBundle(_options, bundle) {
    const [script] = Object.values(bundle).filter((part) => part.type === 'chunk');
    if (script === undefined) throw new Error('no script for the page');
    const page = readFileSync(resolve(import.meta.dirname, 'page.html'), 'utf8');
    const code = script.code.replaceAll('</script', '<\\/script');
    const source = page.replace('<!--script-->', () => `<script>${code}</script>`);
    delete bundle[script.fileName];
    this.emitFile({ type: 'asset', fileName: 'verify-ledger.html', source });
  },
});

export default defineConfig({
  build: {
    target: 'es2022',
    lib: { entry: 'src/page.ts', formats: ['iife'], name: 'verifyLedger' },
  },
  plugins: [onePage()],
});
