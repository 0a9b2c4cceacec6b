/** Puts Swagger UI and ReDoc beside the pages in public/docs/ that show the API with them. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from 'vite'

const FILES = [
  'swagger-ui-dist/swagger-ui.css',
  'swagger-ui-dist/swagger-ui-bundle.js',
  'redoc/bundles/redoc.standalone.js',
]
// ReDoc shows its maker's logo from the internet, and nothing at all where the image can't be loaded.
const REMOTE_LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg'

export function docs(): Plugin {
  return {
    name: 'lanchat-docs',
    apply: 'build',
    generateBundle() {
      for (const file of FILES) {
        const content = readFileSync(new URL(`../node_modules/${file}`, import.meta.url), 'utf8')
        this.emitFile({
          type: 'asset',
          fileName: `docs/${basename(file)}`,
          source: content.replaceAll(REMOTE_LOGO, 'data:,'),
        })
      }
    },
  }
}
