import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed'
import { serviceWorker } from './build/service-worker'

export default defineConfig({
  plugins: [react(), tailwindcss(), serviceWorker(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  build: {
    outDir: '../server/serai/web_dist',
    emptyOutDir: true,
    // The first with light-dark(), which the tokens are made of.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // A file of its own is allowed by a policy of 'self'; a data: address is not.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': process.env['SERAI_API'] ?? 'http://127.0.0.1:8788' } },
})
