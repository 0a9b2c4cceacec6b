import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { MAX_ZOOM, middle, type Part, sideOf, within } from './part'

const DRAWN = 512 // px; twice what the server keeps
const SHOWN = 224 // px on the page
const STEP = 0.04 // of the square, by an arrow key
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface Props {
  bitmap: ImageBitmap
  /** Of its corners: a class. */
  shape: string
  isBusy: boolean
  onUse: (picture: Blob) => void
  onCancel: () => void
}

/** The square of a picture that is shown: dragged by a finger or a mouse, enlarged by two fingers or the slider. */
export function Crop({ bitmap, shape, isBusy, onUse, onCancel }: Props) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [part, setPart] = useState<Part>(middle(bitmap))
  const move = (edit: (part: Part) => Part) => setPart((before) => within(bitmap, edit(before)))
  const handlers = useDragging(bitmap, move)
  useEffect(() => {
    const side = sideOf(bitmap, part.zoom)
    const context = canvas.current?.getContext('2d')
    context?.clearRect(0, 0, DRAWN, DRAWN)
    context?.drawImage(bitmap, part.x - side / 2, part.y - side / 2, side, side, 0, 0, DRAWN, DRAWN)
  }, [bitmap, part])

  function onKeyDown(event: KeyboardEvent) {
    const arrow = ARROWS[event.key]
    if (arrow === undefined) return
    event.preventDefault()
    const step = (zoom: number) => sideOf(bitmap, zoom) * STEP
    move(({ zoom, x, y }) => ({ zoom, x: x + arrow[0] * step(zoom), y: y + arrow[1] * step(zoom) }))
  }

  return (
    <div className="flex flex-col items-center gap-3">
      <canvas
        ref={canvas}
        width={DRAWN}
        height={DRAWN}
        tabIndex={0}
        role="img"
        aria-label={t('profile.crop')}
        className={`cursor-move touch-none border border-line ${shape}`}
        style={{ width: SHOWN, height: SHOWN }}
        onKeyDown={onKeyDown}
        {...handlers}
      />
      <label className="flex w-56 items-center gap-3 text-sm">
        {t('profile.zoom')}
        <input
          type="range"
          min={1}
          max={MAX_ZOOM}
          step={0.05}
          value={part.zoom}
          onChange={(event) => {
            const zoom = Number(event.currentTarget.value)
            move((before) => ({ ...before, zoom }))
          }}
          className="h-6 min-w-0 flex-1 accent-accent coarse:h-11"
        />
      </label>
      <div className="flex gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button
          disabled={isBusy}
          onClick={() => canvas.current?.toBlob((blob) => blob !== null && onUse(blob))}
        >
          {t('profile.usePicture')}
        </Button>
      </div>
    </div>
  )
}

/** One pointer moves, two also enlarge. */
function useDragging(bitmap: ImageBitmap, move: (edit: (part: Part) => Part) => void) {
  const pointers = useRef(new Map<number, { x: number; y: number }>())

  function onPointerMove(event: PointerEvent) {
    const known = pointers.current
    const before = known.get(event.pointerId)
    if (before === undefined) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...known].find(([id]) => id !== event.pointerId)?.[1]
    const distance = (at: { x: number; y: number }) =>
      other === undefined ? 1 : Math.max(1, Math.hypot(at.x - other.x, at.y - other.y))
    const growth = distance(now) / distance(before)
    const share = known.size // each finger moves the picture by its part
    known.set(event.pointerId, now)
    move(({ zoom, x, y }) => {
      const scale = sideOf(bitmap, zoom) / SHOWN / share
      return { zoom: zoom * growth, x: x - (now.x - before.x) * scale, y: y - (now.y - before.y) * scale }
    })
  }

  const end = (event: PointerEvent) => pointers.current.delete(event.pointerId)
  return {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onPointerMove,
    onPointerUp: end,
    onPointerCancel: end,
  }
}
