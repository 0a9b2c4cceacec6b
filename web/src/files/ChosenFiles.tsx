import { File as FileIcon, X } from 'lucide-react'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import { removeUpload, type Upload, useUploads } from './store'

/** What will be sent with the next press of Send. */
export default function ChosenFiles({ roomId }: { roomId: number }) {
  const t = useT()
  const uploads = useUploads((state) => state.uploads)
  const chosen = uploads.filter((upload) => upload.roomId === roomId && upload.state === 'chosen')
  return (
    <ul aria-label={t('files.chosen')} className="flex gap-2 overflow-x-auto border-b border-line p-2">
      {chosen.map((upload) => (
        <ChosenFile key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

function ChosenFile({ upload }: { upload: Upload }) {
  const t = useT()
  const { file, previewUrl, id } = upload
  return (
    <li className="relative shrink-0">
      {previewUrl === null ? (
        <div className="flex h-20 w-44 flex-col justify-center gap-0.5 rounded-lg border border-line bg-ground px-3">
          <FileIcon size={16} className="text-soft" aria-hidden />
          <span className="truncate text-sm">{file.name}</span>
          <span className="text-xs text-soft">{fileSize(file.size)}</span>
        </div>
      ) : (
        <img
          src={previewUrl}
          alt={file.name}
          className="h-20 max-w-40 min-w-16 rounded-lg border border-line object-cover"
        />
      )}
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
