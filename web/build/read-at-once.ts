/**
 * The files of the first view: most functions in them are called while it is drawn. A browser reads a function only when
 * it is called; told so, Chromium reads all of them while the file arrives, on a thread that draws nothing.
 */
import type { Plugin } from 'vite'

/** https://github.com/WICG/explicit-javascript-compile-hints-file-based */
const HINT = '//# allFunctionsCalledOnLoad\n'

export function readAtOnce(names: ReadonlySet<string>): Plugin {
  return {
    name: 'serai:read-at-once',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // After Vite has put its own lines before the code: the hint counts only where it is the first.
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && names.has(file.name)) file.code = HINT + file.code
        }
      },
    },
  }
}
