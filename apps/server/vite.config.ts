import { defineConfig } from 'vite';

/** One bundle per entry: our packages inside, everything from the registry outside. */
export default defineConfig({
  ssr: { noExternal: [/^@cadre\//] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      input: {
        main: 'src/main.ts',
        'create-admin': 'src/scripts/create-admin.ts',
        'export-ledger': 'src/scripts/export-ledger.ts',
      },
    },
  },
});
