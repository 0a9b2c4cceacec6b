import { CircleAlert, File as FileIcon, RotateCcw, X } from 'lucide-react'
import { errorText } from '../lib/errorText'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import { IconButton } from '../ui/Button'
import { removeUpload, retryUpload, type Upload, useUploads } from './store'

/** Files on their way to the server. */
export default function UploadRows({ roomId }: { roomId: number }) {
  const uploads = useUploads((state) => state.uploads)
  const running = uploads.filter((upload) => upload.roomId === roomId && upload.state !== 'chosen')
  return (
    <ul className="mb-2 space-y-1.5">
      {running.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

function UploadRow({ upload }: { upload: Upload }) {
  const t = useT()
  const { file, previewUrl, state, sent, id } = upload
  const percent = file.size === 0 ? 100 : Math.round((sent / file.size) * 100)
  return (
    <li className="flex items-center gap-3 rounded-xl border border-line bg-raised py-1.5 ps-2 pe-1">
      {previewUrl === null ? (
        <FileIcon size={20} className="mx-2 shrink-0 text-soft" aria-hidden />
      ) : (
        <img src={previewUrl} alt="" className="size-9 shrink-0 rounded-md object-cover" />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm">{file.name}</p>
        {state === 'failed' ? (
          <p role="alert" className="flex items-center gap-1 text-xs text-danger">
            <CircleAlert size={16} aria-hidden />
            {upload.error === null ? '' : errorText(upload.error)}
          </p>
        ) : (
          <ProgressLine percent={percent} label={file.name} text={progressText(upload, percent)} />
        )}
      </div>
      {state === 'failed' && (
        <IconButton label={t('ui.retry')} onClick={() => void retryUpload(id)}>
          <RotateCcw size={20} />
        </IconButton>
      )}
      <IconButton label={t('files.cancel', { name: file.name })} onClick={() => removeUpload(id)}>
        <X size={20} />
      </IconButton>
    </li>
  )
}

function progressText({ speed, file }: Upload, percent: number): string {
  const rate = speed > 0 ? ` · ${fileSize(speed)}/s` : ''
  return `${percent}% · ${fileSize(file.size)}${rate}`
}

function ProgressLine({ percent, label, text }: { percent: number; label: string; text: string }) {
  return (
    <div className="flex items-center gap-2">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        className="h-1 flex-1 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      </div>
      <span className="shrink-0 text-xs text-soft tabular-nums">{text}</span>
    </div>
  )
}
