/** Finding back after every connection: what happened in my rooms while this page could not hear it. */
import { on } from '../../lib/socket'
import { whenSessionEnds } from '../../lib/stores'
import { startCountingAnew } from '../../rooms/readState'
import { findRoom, forgetNewest, isMine, loadRooms, useRooms } from '../../rooms/store'
import { catchUp, loseAllBut, onNewEpoch, placeOf } from './feed'
import { openTimeline } from './opening'
import { loadOverview } from './overview'
import { forgetReceipts } from './receipts'
import { clearTimelines, dropTimeline, shownRooms } from './timelines'

/** A timeline further behind than this starts over at the newest page. */
const MAX_CATCH_UP = 500

/** What is on screen first, by the socket alone; then the lists, then the other gaps. Throws ChatError. */
export async function resume(): Promise<void> {
  const { openId } = useRooms.getState()
  loseAllBut(shownRooms())
  // Not waited for: requests may hang for a while on connections that a sleep has killed.
  if (openId !== null && shownRooms().includes(openId)) void catchUp([openId])
  await loadRooms()
  await loadOverview()
  for (const id of shownRooms()) {
    const room = findRoom(id)
    if (!isMine(room) || (id !== openId && room.last_seq - placeOf(id) > MAX_CATCH_UP)) dropTimeline(id)
  }
  await catchUp(shownRooms())
}

/** The server's data is another than was known: nothing held here can be trusted to follow on. */
async function startOver(): Promise<void> {
  clearTimelines()
  forgetReceipts()
  forgetNewest()
  startCountingAnew()
  await loadRooms()
  await loadOverview()
  const { openId } = useRooms.getState()
  if (openId !== null) await openTimeline(openId)
}

onNewEpoch(startOver)

const SPREAD = 2_000 // ms in which all who hear of it ask

let asking: ReturnType<typeof setTimeout> | undefined

function ask(): void {
  asking = undefined
  void resume().catch(() => undefined)
}

// Of somebody who deletes their account each room is told, all at the same moment.
on('resync', ({ room_id }) => {
  if (room_id === undefined || room_id === null) ask()
  else asking ??= setTimeout(ask, SPREAD * (0.2 + Math.random()))
})
whenSessionEnds(() => {
  clearTimeout(asking)
  asking = undefined
})
