import { join } from 'node:path';
import { defineConfig } from 'vite';

const NAMES = ['search', 'home', 'enrolment', 'check-in', 'start', 'preview', 'load-process'];

/** The benchmarks bundled as the server is: what is measured is what runs, not what a loader makes of it. */
export default defineConfig({
  ssr: { noExternal: [/^@cadre\//] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: join(import.meta.dirname, '../node_modules/.bench'),
    emptyOutDir: true,
    rollupOptions: {
      // Beside each other, since one starts another as a process.
      output: { chunkFileNames: '[name].js' },
      input: Object.fromEntries(NAMES.map((name) => [name, join(import.meta.dirname, `${name}.ts`)])),
    },
  },
});
