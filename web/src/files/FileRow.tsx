import { Download } from 'lucide-react'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import type { Attachment } from '../lib/types'
import { sayProblem } from '../ui/Toast'
import { saveByToken } from './contents'
import { FileName, FileTag } from './FileName'

/** A file that is saved by a click. */
export function FileRow({ attachment }: { attachment: Attachment }) {
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
