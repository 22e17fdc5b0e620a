import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The bench as one bundle, as the server carries the rules: what is measured is what runs. */
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: join(import.meta.dirname, 'recompute.ts'),
    target: 'node20',
    outDir: join(import.meta.dirname, '../node_modules/.bench'),
    emptyOutDir: true,
  },
});
