/** Builds the service worker beside the pages, and tells it which files they are made of. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { build, type Plugin } from 'vite'

const SOURCE = 'src/service-worker/main.ts'
/** Those of other scripts are kept when somebody reads them. */
const isLater = (path: string) => path.endsWith('.woff2') && !path.includes('-latin-wght-normal')

export function serviceWorker(): Plugin {
  return {
    name: 'serai-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const hash = createHash('sha256').update(readFileSync('public/manifest.webmanifest'))
        const files: string[] = []
        for (const [path, file] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          hash.update(path).update(file.type === 'chunk' ? file.code : file.source)
          if (!isLater(path) && !path.endsWith('.map')) files.push(`/${path}`)
        }
        files.push('/icon.svg', '/manifest.webmanifest', '/icons/192.png')
        const source = await compiled(files, hash.digest('hex').slice(0, 16))
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
      },
    },
  }
}

/** One script without imports, as every browser can run it. */
async function compiled(files: string[], version: string): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { SHELL_FILES: JSON.stringify(files), SHELL_VERSION: JSON.stringify(version) },
    build: { write: false, lib: { entry: SOURCE, formats: ['iife'], name: 'worker', fileName: 'worker' } },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined
  if (chunk === undefined) throw new Error('The service worker was not built')
  return chunk.code
}
