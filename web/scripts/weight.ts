/** Refuses a build whose first view is heavy: what a phone on a slow Wi-Fi must load before anybody can chat. */
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const MOST = 150_000 // bytes of script as plain HTTP carries it; browsers take Brotli over HTTPS only
const VIEWS = ['main.tsx', 'shell/Shell.tsx', 'locales/zh-CN.json']

export function weight(): Plugin {
  return {
    name: 'lanchat-weight',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const needed = new Set<string>()
      const need = (fileName: string): void => {
        if (needed.has(fileName)) return
        needed.add(fileName)
        for (const inner of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) need(inner)
      }
      for (const view of VIEWS) {
        const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/src/${view}`)))
        if (chunk === undefined) this.error(`There is no ${view} to weigh.`)
        else need(chunk.fileName)
      }
      const bytes = chunks
        .filter((chunk) => needed.has(chunk.fileName))
        .reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0)
      const kilobytes = (bytes / 1000).toFixed(1)
      if (bytes > MOST)
        this.error(`The first view takes ${kilobytes} kB of compressed script, and may take ${MOST / 1000}.`)
      this.info(`The first view takes ${kilobytes} kB of compressed script.`)
    },
  }
}
