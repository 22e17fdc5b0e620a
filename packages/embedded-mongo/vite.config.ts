import { defineConfig } from 'vite';

/** One file with everything but the native module, of the kind for which V8's code cache works: the server starts fast. */
export default defineConfig({
  build: {
    ssr: 'src/cli.ts',
    target: 'node20',
    minify: true, // less to read at each start
    rolldownOptions: { output: { entryFileNames: 'cli.cjs', format: 'cjs' } },
  },
  ssr: { external: ['@photostructure/sqlite'], noExternal: true },
});
