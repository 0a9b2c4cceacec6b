import { Download } from 'lucide-react'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import type { Attachment } from '../lib/types'
import { FileName, FileTag } from './FileName'
import { openImage } from './openedImage'

interface Props {
  attachment: Attachment
  isImage: boolean
}

export function AttachmentView({ attachment, isImage }: Props) {
  return isImage ? <Picture attachment={attachment} /> : <FileRow attachment={attachment} />
}

const MAX_WIDTH = 360 // px
const MAX_HEIGHT = 300 // px

/** The size on screen, known before the picture has loaded. */
function shownSize({ width, height }: Attachment): { width: number; aspectRatio: string } {
  const [w, h] = [width ?? MAX_WIDTH, height ?? MAX_HEIGHT]
  const scale = Math.min(1, MAX_WIDTH / w, MAX_HEIGHT / h)
  return { width: Math.max(48, Math.round(w * scale)), aspectRatio: `${w} / ${h}` }
}

function Picture({ attachment }: { attachment: Attachment }) {
  const t = useT()
  return (
    <button
      type="button"
      aria-label={t('files.openImage', { name: attachment.filename })}
      onClick={() => openImage(attachment.file_path)}
      style={shownSize(attachment)}
      className="my-1 block max-w-full overflow-hidden coarse:min-h-11 coarse:min-w-11 rounded-lg border border-line bg-hover"
    >
      <img
        src={attachment.thumbnail_path ?? attachment.file_path}
        alt={attachment.filename}
        loading="lazy"
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
      <Download size={18} className="shrink-0 text-soft" aria-hidden />
    </a>
  )
}
