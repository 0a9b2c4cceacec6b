import { Download } from 'lucide-react'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import type { Attachment } from '../lib/types'
import { sayProblem } from '../ui/Toast'
import { loadByToken, saveByToken, useSource } from './contents'
import { FileName, FileTag } from './FileName'
import { isPicture } from './limits'
import { openImage } from './openedImage'

export function AttachmentView({ attachment }: { attachment: Attachment }) {
  return isPicture(attachment) ? <Picture attachment={attachment} /> : <FileRow attachment={attachment} />
}

const MAX_WIDTH = 360 // px
const MAX_HEIGHT = 300 // px
const MIN_SIDE = 48 // px, so that a strip can be hit; what doesn't fit in then is cut off, and whole when opened

/** The size on screen, known before the picture has loaded. */
export function shownSize({ width, height }: Attachment): { width: number; aspectRatio: string } {
  const [w, h] = [width ?? MAX_WIDTH, height ?? MAX_HEIGHT]
  const scale = Math.min(1, MAX_WIDTH / w, MAX_HEIGHT / h)
  const [shownW, shownH] = [w, h].map((side) => Math.max(MIN_SIDE, Math.round(side * scale))) as [
    number,
    number,
  ]
  return { width: shownW, aspectRatio: `${shownW} / ${shownH}` }
}

function Picture({ attachment }: { attachment: Attachment }) {
  const t = useT()
  const path = attachment.thumbnail_path ?? attachment.file_path
  const source = useSource(path)
  if (source === null) return <FileRow attachment={attachment} />
  return (
    <button
      type="button"
      aria-label={t('files.openImage', { name: attachment.filename })}
      onClick={() => openImage(attachment.file_path)}
      style={shownSize(attachment)}
      className="my-1 block max-w-full overflow-hidden coarse:min-h-11 coarse:min-w-11 rounded-lg border border-line bg-hover"
    >
      <img
        src={source}
        alt={attachment.filename}
        loading="lazy"
        onError={() => void loadByToken(path)}
        className="size-full object-cover"
      />
    </button>
  )
}

function FileRow({ attachment }: { attachment: Attachment }) {
  const t = useT()
  const { filename, file_path, file_size } = attachment
  return (
    <a
      href={file_path}
      download={filename}
      onClick={(event) => {
        const isTaken = saveByToken(file_path, filename, () => sayProblem(t('files.notLoaded')))
        if (isTaken) event.preventDefault()
      }}
      className="my-1 flex w-80 max-w-full items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 hover:bg-hover"
    >
      <FileTag name={filename} />
      <span className="min-w-0 flex-1">
        <span className="sr-only">
          {t('files.downloadFile')} {filename}
        </span>
        <FileName name={filename} />
        <span className="block text-xs text-soft">{fileSize(file_size)}</span>
      </span>
      <Download size={16} className="shrink-0 text-soft" aria-hidden />
    </a>
  )
}
