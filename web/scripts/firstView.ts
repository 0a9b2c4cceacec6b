/**
 * What the first view needs travels in three files: the libraries, what every screen shares, and the chat. What only
 * later parts want stays out of them.
 */
import { readFileSync } from 'node:fs'

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[]; code: string | null } | null
}

const ICONS = '/lucide-react.mjs'

let everywhere: Set<string> | undefined
let inChat: Set<string> | undefined

/** The file of a module; null leaves it to the parts that import it. */
export function fileOf(id: string, graph: Graph): string | null {
  everywhere ??= neededBy('main.tsx', graph)
  inChat ??= neededBy('shell/Shell.tsx', graph)
  if (id.endsWith('/src/main.tsx')) return null
  if (everywhere.has(id)) return id.includes('/node_modules/') ? 'libraries' : 'common'
  return inChat.has(id) ? 'chat' : null
}

function neededBy(screen: string, graph: Graph): Set<string> {
  const root = new URL(`../src/${screen}`, import.meta.url).pathname
  const needed = new Set<string>()
  const need = (id: string): void => {
    if (needed.has(id) || id.endsWith(ICONS)) return
    needed.add(id)
    const info = graph.getModuleInfo(id)
    for (const inner of info?.importedIds ?? []) {
      if (inner.endsWith(ICONS)) for (const icon of iconsIn(info?.code ?? '', inner)) need(icon)
      else need(inner)
    }
  }
  need(root)
  return needed
}

/** Of the one file that has them all, those that are imported by name. */
function iconsIn(code: string, list: string): string[] {
  const names = /import \{([^}]*)\} from ["']lucide-react["']/.exec(code)?.[1] ?? ''
  return names.split(',').flatMap((name) => iconFile(name.trim().split(' ')[0] ?? '', list) ?? [])
}

const files = new Map<string, string>()

function iconFile(name: string, list: string): string | undefined {
  if (files.size === 0)
    for (const [, names = '', file = ''] of readFileSync(list, 'utf8').matchAll(
      /^export \{(.*)\} from '\.\/(.*)'/gm,
    ))
      for (const [, alias = ''] of names.matchAll(/as (\w+)/g))
        files.set(alias, list.replace(ICONS, `/${file}`))
  return files.get(name)
}
