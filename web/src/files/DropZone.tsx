import { type DragEvent, type ReactNode, useState } from 'react'
import { useT } from '../lib/i18n'
import { droppedFiles, takeFiles } from './takeFiles'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

/** Takes files dropped anywhere on it. */
export function DropZone({ roomId, children }: { roomId: number | null; children: ReactNode }) {
  const t = useT()
  // Entering a child leaves its parent: only the balance tells whether the pointer is inside.
  const [depth, setDepth] = useState(0)
  const isOver = depth > 0

  function drop(event: DragEvent) {
    if (!holdsFiles(event)) return
    event.preventDefault()
    setDepth(0)
    if (roomId !== null) takeFiles(roomId, droppedFiles(event.dataTransfer.items))
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first.
    <div
      className="relative flex h-dvh flex-col"
      onDragEnter={(event) => holdsFiles(event) && setDepth((n) => n + 1)}
      onDragLeave={(event) => holdsFiles(event) && setDepth((n) => Math.max(0, n - 1))}
      onDragOver={(event) => holdsFiles(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {isOver && roomId !== null && (
        <div className="pointer-events-none absolute inset-3 z-40 grid place-items-center rounded-2xl border-2 border-dashed border-accent bg-tint/90 text-lg font-medium">
          {t('files.dropHere')}
        </div>
      )}
    </div>
  )
}
