/** Beside each text file that is built, the same packed: the server hands out what a browser takes, and packs nothing. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/
/** Packing less than this (bytes) saves no packet. */
const SMALLEST = 1024

export function compressed(): Plugin {
  let folder = ''
  let isWritten = false
  return {
    name: 'serai:compressed',
    apply: 'build',
    enforce: 'post',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir)
    },
    writeBundle: () => {
      isWritten = true
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        // Called after a build that failed too: its own words say why, and there is nothing to pack.
        if (!isWritten) return
        for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (TEXT.test(path)) pack(join(folder, path))
        }
      },
    },
  }
}

function pack(file: string): void {
  const plain = readFileSync(file)
  if (plain.length < SMALLEST) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }))
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: constants.Z_BEST_COMPRESSION }))
}
