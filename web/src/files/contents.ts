/**
 * Files are loaded by their address, which a cookie opens. A browser that keeps none gets them here, by the session's
 * token, as soon as a picture could not be loaded.
 */
import { fileContent } from '../lib/api'
import { ChatError } from '../lib/errors'
import { sessionStore, whenSessionEnds } from '../lib/stores'

type Found = string | 'missing'

const useContents = sessionStore<{ byPath: Record<string, Found> }>({ byPath: {} })

const keep = (path: string, found: Found): void =>
  useContents.setState(({ byPath }) => ({ byPath: { ...byPath, [path]: found } }))

whenSessionEnds(() => {
  for (const found of Object.values(useContents.getState().byPath))
    if (found !== 'missing') URL.revokeObjectURL(found)
})

const isWithoutCookies = (): boolean =>
  !navigator.cookieEnabled ||
  Object.values(useContents.getState().byPath).some((found) => found !== 'missing')

/** Where to load it from; null once it is known that it can't be. */
export function useSource(path: string): string | null {
  const found = useContents(({ byPath }) => byPath[path])
  return found === 'missing' ? null : (found ?? path)
}

/** For a list of them. */
export function useSources(): (path: string) => string {
  const { byPath } = useContents()
  return (path) => {
    const found = byPath[path]
    return found === undefined || found === 'missing' ? path : found
  }
}

/** Once; whoever uses `useSource` is told the rest. */
export async function loadByToken(path: string): Promise<void> {
  const found = useContents.getState().byPath[path]
  if (found !== undefined) return keep(path, 'missing')
  try {
    keep(path, URL.createObjectURL(await fileContent(path)))
  } catch (reason) {
    // Without a connection nothing is known; it is tried again where it is shown again.
    if (reason instanceof ChatError) keep(path, 'missing')
  }
}

/** For the large pictures: those beside the open one come with the next step. */
export function loadWhereNeeded(path: string): void {
  if (isWithoutCookies() && useContents.getState().byPath[path] === undefined) void loadByToken(path)
}

/** Whether it was saved here; else the browser does it by the address. */
export function saveByToken(path: string, filename: string, whenRefused: () => void): boolean {
  if (!isWithoutCookies()) return false
  fileContent(path).then((content) => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(content)
    link.download = filename
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }, whenRefused)
  return true
}
