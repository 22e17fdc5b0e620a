import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What the server answers itself; the development server passes it on. */
const serverPaths = ['/api', '/trpc', '/live', '/healthz', '/readyz'];
const server = process.env['CADRE_SERVER_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/admin/',
  plugins: [react(), tailwindcss()],
  build: { target: 'es2022', reportCompressedSize: false, chunkSizeWarningLimit: 1_500 },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(serverPaths.map((path) => [path, { target: server, ws: path === '/live' }])),
  },
});
