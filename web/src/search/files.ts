/** Files by their names, among all that I may read. */
import type { components } from '../contract'
import { BY_INITIALS, fitOf, folded, likeliest, NO_FIT } from '../lib/names'
import type { Attachment } from '../lib/types'
import { type Lookup, useLookup } from '../lib/useLookup'
import { isFolded } from '../rooms/folded'
import { nextHits } from './pages'
import { ANY, isWorthAsking } from './wish'

type Hit = components['schemas']['Hit']

export interface FoundFile {
  attachment: Attachment
  message: Hit['message']
  room: Hit['room']
}

const ASKED = 20 // messages with such a file, the newest

/** By the first name that begins so; then by how Chinese is read, which only the host knows. Whom I blocked, none of. Throws ChatError. */
export async function findFiles(query: string, isWanted: () => boolean): Promise<FoundFile[]> {
  const asked = { q: query, names: true, limit: ASKED }
  const page = await nextHits((cursor) => (cursor === null ? asked : { ...asked, cursor }), null, isWanted)
  const shown = page?.hits.filter(({ message }) => !isFolded(message)) ?? []
  const found = shown.flatMap(({ message, room, files }) =>
    files.flatMap((place) => {
      const attachment = message.attachments[place]
      return attachment === undefined ? [] : [{ attachment, message, room }]
    }),
  )
  const sought = folded(query)
  return likeliest(onlyOnce(found), ({ attachment }) => {
    const fit = fitOf(sought, [attachment.filename], null)
    return fit === NO_FIT ? BY_INITIALS : fit
  })
}

/** What was passed on is there once, where it was said last. */
function onlyOnce(found: FoundFile[]): FoundFile[] {
  const paths = found.map(({ attachment }) => attachment.file_path)
  return found.filter(({ attachment }, place) => paths.indexOf(attachment.file_path) === place)
}

export function useFiles(query: string): Lookup<FoundFile> {
  const isIdle = !isWorthAsking({ ...ANY, text: query })
  return useLookup(query, findFiles, isIdle)
}
