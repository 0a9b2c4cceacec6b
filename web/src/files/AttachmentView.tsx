import { Suspense } from 'react'
import { useT } from '../lib/i18n'
import { later } from '../lib/later'
import type { Attachment } from '../lib/types'

import { ALBUM, albumRatio } from './albumRows'
import { loadByToken, useSource } from './contents'
import { FileRow } from './FileRow'
import { isPicture } from './limits'
import { openImage } from './openedImage'

const Album = later(() => import('./Album'))

/** Of one message: several pictures as an album, and what else there is below it. */
export function Attachments({ files }: { files: Attachment[] }) {
  const pictures = files.filter(isPicture)
  return (
    <>
      {pictures.length === 1 && pictures.map((each) => <Picture key={each.file_path} attachment={each} />)}
      {pictures.length > 1 && (
        <Suspense fallback={<div style={{ aspectRatio: albumRatio(pictures.length) }} className={ALBUM} />}>
          <Album pictures={pictures} />
        </Suspense>
      )}
      {files.map((each) => !isPicture(each) && <FileRow key={each.file_path} attachment={each} />)}
    </>
  )
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
