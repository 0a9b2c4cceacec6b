import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { desktop } from '../lib/desktop'
import { fileSize } from '../lib/format'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Choice } from '../ui/Choice'
import { sayProblem } from '../ui/Toast'
import { type ExportFormat, type ExportSize, measureExport, saveExport } from './store'

/** Rough bytes of a message in an archive: what text comes to once packed. */
const OF_MESSAGE = 60

/** What shall be taken, as what, and how much it is; without a room, all that is mine. */
export function ExportForm({ roomId }: { roomId: number | null }) {
  const t = useT()
  const [size, setSize] = useState<ExportSize | null>(null)
  const [format, setFormat] = useState<ExportFormat>('html')
  const [isSaving, setSaving] = useState(false)
  const measuring = useAction()
  const { run, isBusy, problem } = useAction()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each room.
  useEffect(() => void measuring.run(async () => setSize(await measureExport(roomId))), [roomId])

  const save = () =>
    run(async () => {
      setSaving(false)
      await saveExport(roomId, format, () => sayProblem(t('export.failed')))
      setSaving(true)
    })

  const formats = (['html', 'json'] as const).map((value) => ({ value, label: t(`export.${value}`) }))
  return (
    <div className="space-y-3">
      <p className="text-soft">{t(roomId === null ? 'export.mineHint' : 'export.roomHint')}</p>
      <Choice label={t('export.format')} value={format} options={formats} onChange={setFormat} />
      <p className="text-sm text-soft">{t(`export.${format}Hint`)}</p>
      {measuring.problem !== null && <Alert>{measuring.problem}</Alert>}
      {problem !== null && <Alert>{problem}</Alert>}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-44 text-sm tabular-nums" aria-live="polite">
          {size !== null &&
            t('export.size', {
              messages: t('export.messages', { count: size.messages }),
              files: t('export.files', { count: size.files }),
              size: fileSize(size.file_bytes + size.messages * OF_MESSAGE),
            })}
        </p>
        <Button disabled={isBusy || size === null} onClick={() => void save()}>
          <Download size={16} aria-hidden />
          {t('export.save')}
        </Button>
      </div>
      <div role="status">
        {isSaving && (
          <p className="rounded-lg bg-tint p-3 text-sm">
            {t(desktop() === undefined ? 'export.saving' : 'export.savingHere')}{' '}
            <span className="text-soft">{t('export.again')}</span>
          </p>
        )}
      </div>
    </div>
  )
}
