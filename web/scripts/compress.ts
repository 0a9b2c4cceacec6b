/** Writes .br and .gz beside every text asset, so that the server never compresses on request. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|json|svg)$/
const MIN_BYTES = 1024

export function compress(): Plugin {
  let folder = ''
  return {
    name: 'lanchat-compress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const path = join(folder, name)
        if (!TEXT.test(path) || statSync(path).size < MIN_BYTES) continue
        const body = readFileSync(path)
        const quality = { [constants.BROTLI_PARAM_QUALITY]: body.length > 200_000 ? 9 : 11 }
        writeFileSync(`${path}.br`, brotliCompressSync(body, { params: quality }))
        writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
      }
    },
  }
}
