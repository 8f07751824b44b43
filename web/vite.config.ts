import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed'
import { earlyRoute } from './build/early-route'
import { readAtOnce } from './build/read-at-once'
import { serviceWorker } from './build/service-worker'

const inbox = earlyRoute()
const VENDOR = /node_modules\/(react|react-dom|scheduler|@tanstack\/(?!(react-)?virtual)[\w-]+|use-sync-external-store|openapi-fetch|@lingui\/core)\//
/** A part of them that the first view does without. */
const QUERIES = /@tanstack\/(query-core\/.*\/queriesObserver|react-query\/.*\/useQueries)\.js$/
const FIRST = new Set(['vendor', 'first', 'inbox', 'conversation-pane'])

export default defineConfig({
  plugins: [react(), tailwindcss(), inbox.plugin, readAtOnce(FIRST), serviceWorker(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  build: {
    outDir: '../server/serai/web_dist',
    emptyOutDir: true,
    // The first with light-dark(), which the tokens are made of.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // A file of its own is allowed by a policy of 'self'; a data: address is not.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What changes with its own releases only: kept by browsers over many of ours.
            { name: 'vendor', test: VENDOR, includeDependenciesRecursively: false, priority: 2 },
            { name: 'queries', test: QUERIES, includeDependenciesRecursively: false, priority: 3 },
            // One file each instead of a dozen small ones.
            { name: 'first', test: inbox.isOfAll, priority: 1 },
            { name: 'inbox', test: inbox.isOwn, priority: 0 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env['SERAI_API'] ?? 'http://127.0.0.1:8788' } },
})
