/** The newest message and what is unread in every room of mine, as the server counts it. */
import { answer, api } from '../../lib/api'
import { on } from '../../lib/socket'
import { countFrom, countMarks, whenCountIsUnsure } from '../../rooms/readState'
import { noteNewest } from '../../rooms/store'
import { followFrom } from './feed'
import { markDelivered, noteReceipts } from './receipts'
import { useMessages } from './timelines'

/** Throws ChatError. What came live while it was on its way is not lost. */
export async function loadOverview(): Promise<void> {
  const marks = countMarks()
  const { rooms } = await answer(api.GET('/api/messages/overview'))
  // Counted before I read on elsewhere, or after: nothing in the answer tells.
  if (countMarks() !== marks) reload()
  for (const { room_id, unread_count, mention_count, last_message, last_seq, receipts } of rooms) {
    noteReceipts(receipts)
    noteNewest(room_id, last_message, last_seq)
    countFrom(room_id, {
      count: unread_count,
      mentioned: mention_count,
      at: last_seq,
      newest: last_message?.seq ?? 0,
    })
    if (last_message !== null && unread_count > 0) markDelivered(last_message)
    // A timeline has to catch up with what lies between.
    if (useMessages.getState().byRoom[room_id] === undefined) followFrom(room_id, last_seq)
  }
}

const reload = (): void => void loadOverview().catch(() => undefined)

whenCountIsUnsure(reload)
on('preferences_updated', ({ preferences }) => preferences.show_read_receipts && reload())
// A room comes without its newest message.
on('membership_added', reload)
