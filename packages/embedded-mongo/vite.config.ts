import { defineConfig } from 'vite';

/** One file with everything but the native module, so that the server starts fast. */
export default defineConfig({
  build: {
    ssr: 'src/cli.ts',
    target: 'node20',
    minify: true, // less to read at each start
    rolldownOptions: { output: { entryFileNames: 'cli.mjs' } },
  },
  ssr: { external: ['@photostructure/sqlite'], noExternal: true },
});
