import { ArrowLeft, ArrowRight, File as FileIcon, X } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import { IconButton } from '../ui/Button'
import { moveUpload, removeUpload, type Upload, useUploads } from './store'

/** What will be sent with the next press of Send, in the order in which it will stand. */
export default function ChosenFiles({ roomId }: { roomId: number }) {
  const t = useT()
  const uploads = useUploads((state) => state.uploads)
  const list = useRef<HTMLUListElement>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const chosen = uploads.filter((upload) => upload.roomId === roomId && upload.state === 'chosen')

  function move(upload: Upload, by: number) {
    const place = Math.min(chosen.length - 1, Math.max(0, chosen.indexOf(upload) + by))
    moveUpload(upload.id, by)
    setSaid(t('files.moved', { name: upload.file.name, place: place + 1, count: chosen.length }))
  }

  function onKeyDown(event: KeyboardEvent, upload: Upload) {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const ahead = isRtl ? 'ArrowLeft' : 'ArrowRight'
    if (event.key === 'Delete' || event.key === 'Backspace') {
      const next = chosen[chosen.indexOf(upload) + 1] ?? chosen.at(-2)
      removeUpload(upload.id)
      if (next !== undefined) focusOn(next.id)
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const step = event.key === ahead ? 1 : -1
      if (event.altKey) move(upload, step)
      else focusOn(chosen[chosen.indexOf(upload) + step]?.id)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const focusOn = (id: string | undefined) =>
    list.current?.querySelector<HTMLElement>(`[data-upload="${id}"]`)?.focus()

  /** What is dragged stands where the pointer is at once; let go, it stays. */
  function dragOver(over: Upload) {
    const from = chosen.findIndex(({ id }) => id === dragged)
    const to = chosen.indexOf(over)
    if (dragged !== null && from !== to) moveUpload(dragged, to - from)
  }

  return (
    <div className="border-b border-line">
      <ul ref={list} aria-label={t('files.chosen')} className="flex gap-2 overflow-x-auto p-2">
        {chosen.map((upload) => (
          <ChosenFile
            key={upload.id}
            upload={upload}
            isOne={chosen.length === 1}
            isDragged={dragged === upload.id}
            isPicked={picked === upload.id && chosen.length > 1}
            onPick={() => setPicked(upload.id)}
            onDrag={setDragged}
            onDragOver={() => dragOver(upload)}
            onKeyDown={(event) => onKeyDown(event, upload)}
          />
        ))}
      </ul>
      {chosen.length > 1 && <Order upload={chosen.find(({ id }) => id === picked)} onMove={move} />}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  )
}

interface OrderProps {
  upload: Upload | undefined
  onMove: (upload: Upload, by: number) => void
}

/** How to put them in order; of the one that was tapped or clicked, without dragging it. */
function Order({ upload, onMove }: OrderProps) {
  const t = useT()
  if (upload === undefined)
    return (
      <p className="px-3 pb-2 text-xs text-soft">
        <span className="coarse:hidden">{t('files.order')}</span>
        <span className="hidden coarse:inline">{t('files.orderTouch')}</span>
      </p>
    )
  const { name } = upload.file
  return (
    <div className="flex items-center gap-1 px-2 pb-1 text-xs text-soft">
      <IconButton label={t('files.ahead', { name })} onClick={() => onMove(upload, -1)}>
        <ArrowLeft size={20} className="rtl:-scale-x-100" />
      </IconButton>
      <IconButton label={t('files.behind', { name })} onClick={() => onMove(upload, 1)}>
        <ArrowRight size={20} className="rtl:-scale-x-100" />
      </IconButton>
      <bdi className="min-w-0 truncate">{name}</bdi>
    </div>
  )
}

interface ChosenProps {
  upload: Upload
  isOne: boolean
  isDragged: boolean
  isPicked: boolean
  onPick: () => void
  onDrag: (id: string | null) => void
  onDragOver: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

function ChosenFile(props: ChosenProps) {
  const t = useT()
  const { upload, isOne, isDragged, isPicked, onPick, onDrag, onDragOver, onKeyDown } = props
  const { file, previewUrl, id } = upload
  return (
    <li
      className={`relative shrink-0 ${isDragged ? 'opacity-50' : ''}`}
      draggable={!isOne}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        onDrag(id)
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        onDragOver()
      }}
      onDrop={(event) => event.preventDefault()}
      onDragEnd={() => onDrag(null)}
    >
      <button
        type="button"
        data-upload={id}
        aria-label={`${file.name}, ${fileSize(file.size)}`}
        aria-keyshortcuts={isOne ? 'Delete' : 'Alt+ArrowLeft Alt+ArrowRight Delete'}
        title={file.name}
        onClick={onPick}
        onKeyDown={onKeyDown}
        className={`block cursor-grab rounded-lg ${isPicked ? 'outline-2 outline-offset-1 outline-accent' : ''}`}
      >
        {previewUrl === null ? (
          <span className="flex h-20 w-44 flex-col justify-center gap-0.5 rounded-lg border border-line bg-ground px-3 text-start">
            <FileIcon size={16} className="text-soft" aria-hidden />
            <span className="truncate text-sm">{file.name}</span>
            <span className="text-xs text-soft">{fileSize(file.size)}</span>
          </span>
        ) : (
          <img
            src={previewUrl}
            alt=""
            draggable={false}
            className="h-20 max-w-40 min-w-16 rounded-lg border border-line object-cover"
          />
        )}
      </button>
      <button
        type="button"
        aria-label={t('files.remove', { name: file.name })}
        onClick={() => removeUpload(id)}
        className="absolute end-1 top-1 grid size-6 place-items-center rounded-full bg-ink text-ground coarse:size-11"
      >
        <X size={16} aria-hidden />
      </button>
    </li>
  )
}
