/** What waits in a room is done one after the other, and in each room by itself. */
import { whenSessionEnds } from '../../lib/stores'

/** `work` says false when the room has to wait; whoever then finds it ready calls again. */
export function lane<Entry>(
  next: (roomId: number) => Entry | undefined,
  work: (entry: Entry) => Promise<boolean>,
): (roomId: number) => Promise<void> {
  let busyRooms = new Set<number>()
  // Another set, as a room where the last session was at work is none that the next one waits for.
  whenSessionEnds(() => {
    busyRooms = new Set()
  })
  return async (roomId) => {
    const busy = busyRooms
    if (busy.has(roomId)) return
    busy.add(roomId)
    try {
      for (let entry = next(roomId); entry !== undefined; entry = next(roomId))
        if (!(await work(entry))) break
    } finally {
      busy.delete(roomId)
    }
  }
}
