import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** What the server answers itself; the service worker leaves it alone and the development server passes it on. */
const serverPaths = ['/api', '/trpc', '/live', '/healthz', '/readyz'];
const server = process.env['CADRE_SERVER_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        id: '/',
        name: '干部教育联盟培训平台',
        short_name: '联盟培训',
        description: '报名、上课、签到、学分',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f7f5f0',
        theme_color: '#f7f5f0',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(admin|api|trpc|live|healthz|readyz)(\/|\?|$)/],
        globPatterns: ['**/*.{js,css,html,svg,png}'],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      // Building a schema has no effect of its own: a phone gets only the schemas that its screens read with.
      treeshake: { manualPureFunctions: ['z'] },
      output: {
        codeSplitting: {
          // What every page needs changes seldom: one file, compressed as one and kept by browsers over releases.
          groups: [{ name: 'base', test: /[\\/](react|react-dom|scheduler|@tanstack|@trpc|superjson)[\\/]/ }],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(serverPaths.map((path) => [path, { target: server, ws: path === '/live' }])),
  },
});
