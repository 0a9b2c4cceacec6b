/** Serves the one icon in assets/ as the page's; the client draws those of hosts itself. */
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

export function icons(source: URL): Plugin {
  const svg = readFileSync(source, 'utf8')
  return {
    name: 'lanchat-icons',
    configureServer(server) {
      server.middlewares.use('/icon.svg', (_request, response) => {
        response.setHeader('Content-Type', 'image/svg+xml')
        response.end(svg)
      })
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'icon.svg', source: svg })
    },
  }
}
