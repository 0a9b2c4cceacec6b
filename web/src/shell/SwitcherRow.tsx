import { Paperclip } from 'lucide-react'
import type { ReactNode } from 'react'
import { shortDay } from '../lib/format'
import { useT } from '../lib/i18n'
import { shownName } from '../lib/people'
import { DirectMark } from '../rooms/DirectMark'
import { RoomMark } from '../rooms/RoomMark'
import { useReading } from '../rooms/readState'
import { roomTitle } from '../rooms/roomTitle'
import { findRoom, type Room } from '../rooms/store'
import type { FoundFile } from '../search/files'
import { Avatar } from '../ui/Avatar'
import type { Row } from './switcherRows'

interface Props {
  row: Row
  isChosen: boolean
  onGo: () => void
}

/** A room, a person or a file that the letters may mean. */
export function SwitcherRow({ row, isChosen, onGo }: Props) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's.
    <div
      tabIndex={-1}
      id={`switcher-${row.key}`}
      role="option"
      aria-selected={isChosen}
      onClick={onGo}
      className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover aria-selected:bg-chosen"
    >
      {row.kind === 'room' && <RoomParts room={row.room} />}
      {row.kind === 'person' && (
        <>
          <Avatar
            id={row.person.id}
            name={shownName(row.person)}
            url={row.person.avatar_url}
            isOnline={row.person.is_online}
            isRound
          />
          <bdi className="truncate font-medium">{shownName(row.person)}</bdi>
          <Aside>{t('direct.write')}</Aside>
        </>
      )}
      {row.kind === 'file' && <FileParts file={row.file} />}
    </div>
  )
}

function RoomParts({ room }: { room: Room }) {
  const t = useT()
  const count = useReading((state) => state.unread[room.id]) ?? 0
  return (
    <>
      {room.kind === 'direct' ? <DirectMark room={room} /> : <RoomMark room={room} />}
      <bdi className={`truncate ${count > 0 ? 'font-semibold' : ''}`}>{roomTitle(t, room)}</bdi>
      {count > 0 && <Aside>{t('rooms.unread', { count })}</Aside>}
    </>
  )
}

/** What it is called, who sent it where, and when. */
function FileParts({ file: { attachment, message, room } }: { file: FoundFile }) {
  const t = useT()
  const known = findRoom(room.id)
  return (
    <>
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-tint text-soft">
        <Paperclip size={20} aria-hidden />
      </span>
      <span className="min-w-0">
        <bdi className="block truncate">{attachment.filename}</bdi>
        <span className="block truncate text-xs text-soft">
          <bdi>{shownName(message)}</bdi> · <bdi>{known === undefined ? room.name : roomTitle(t, known)}</bdi>
        </span>
      </span>
      <Aside>{shortDay(message.timestamp)}</Aside>
    </>
  )
}

const Aside = ({ children }: { children: ReactNode }) => (
  <span className="ms-auto shrink-0 text-sm text-soft">{children}</span>
)
