import { useT } from '../lib/i18n'
import type { Attachment } from '../lib/types'
import { ALBUM, albumRatio, tileSpans } from './albumRows'
import { loadByToken, useSource } from './contents'
import { FileRow } from './FileRow'
import { openImage } from './openedImage'

/** Pictures that were sent together. Those whose file is gone are named below. */
export default function Album({ pictures }: { pictures: Attachment[] }) {
  const t = useT()
  const spans = tileSpans(pictures.length)
  return (
    <ul
      aria-label={t('files.album', { count: pictures.length })}
      style={{ aspectRatio: albumRatio(pictures.length) }}
      className={`${ALBUM} grid grid-cols-6 gap-0.5 overflow-hidden rounded-lg`}
    >
      {pictures.map((picture, index) => (
        <Tile key={picture.file_path} picture={picture} span={spans[index] ?? 2} />
      ))}
    </ul>
  )
}

function Tile({ picture, span }: { picture: Attachment; span: number }) {
  const t = useT()
  const { filename, file_path, thumbnail_path } = picture
  const path = thumbnail_path ?? file_path
  const source = useSource(path)
  return (
    <li style={{ gridColumn: `span ${span}` }} className="min-h-0 min-w-0 bg-hover">
      {source === null ? (
        <FileRow attachment={picture} />
      ) : (
        <button
          type="button"
          aria-label={t('files.openImage', { name: filename })}
          onClick={() => openImage(file_path)}
          className="block size-full -outline-offset-2"
        >
          <img
            src={source}
            alt={filename}
            loading="lazy"
            onError={() => void loadByToken(path)}
            className="size-full object-cover"
          />
        </button>
      )}
    </li>
  )
}
