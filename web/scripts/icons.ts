/** Makes the favicons, plain and with an unread dot, from the one icon in assets/. */
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const UNREAD_DOT = '<circle cx="50" cy="14" r="13" fill="#d9482f" stroke="#fff" stroke-width="3"/>'

export function icons(source: URL): Plugin {
  const plain = readFileSync(source, 'utf8')
  const files: Record<string, string> = {
    'icon.svg': plain,
    'icon-unread.svg': plain.replace('</svg>', `${UNREAD_DOT}</svg>`),
  }
  return {
    name: 'lanchat-icons',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = files[request.url?.slice(1) ?? '']
        if (file === undefined) return next()
        response.setHeader('Content-Type', 'image/svg+xml')
        response.end(file)
      })
    },
    generateBundle() {
      for (const [fileName, svg] of Object.entries(files)) {
        this.emitFile({ type: 'asset', fileName, source: svg })
      }
    },
  }
}
