import { CircleCheckBig } from 'lucide-react'
import { useEffect, useState } from 'react'
import { bestToScan, bestToType, shortOf } from '../host/addressText'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { QrCode } from '../ui/QrCode'
import { Spinner } from '../ui/Spinner'
import { hideCode, showCode, useDeviceCode } from './deviceCode'
import type { DeviceCode } from './types'

/** Signs another device of mine in by a code that it scans or is typed there. */
export default function DeviceCodeDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { run, problem } = useAction()
  const { code, usedBy } = useDeviceCode()
  const left = useTimeLeft()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` is another one at every render.
  useEffect(() => {
    void run(showCode)
    return hideCode
  }, [])
  const isOver = usedBy === null && left <= 0
  return (
    <Dialog
      title={t('device.title')}
      description={usedBy === null ? t('device.hint') : undefined}
      isOpen
      onClose={onClose}
    >
      {problem !== null && <Alert>{problem}</Alert>}
      {code === null && problem === null && <Spinner />}
      {usedBy !== null && <Used device={usedBy} onClose={onClose} />}
      {code !== null && usedBy === null && !isOver && <Code code={code} left={left} />}
      {code !== null && isOver && (
        <div className="space-y-4">
          <p role="alert">{t('device.expired')}</p>
          <Button onClick={() => void run(showCode)}>{t('device.again')}</Button>
        </div>
      )}
    </Dialog>
  )
}

function Code({ code, left }: { code: DeviceCode; left: number }) {
  const t = useT()
  const scanned = bestToScan(code.addresses)
  const place = shortOf(bestToType(code.addresses)?.url ?? location.origin)
  const minutes = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  return (
    <div className="text-center">
      {scanned !== undefined && <QrCode address={scanned} className="size-52 rounded-xl p-1" />}
      <p className="mt-3 text-soft">{t('device.orType', { place: `${place}/device` })}</p>
      <p className="mt-1 font-mono text-2xl font-semibold tracking-wider select-all">{code.code}</p>
      <p role="timer" className="mt-2 text-sm text-soft tabular-nums">
        {t('device.left', { minutes })}
      </p>
    </div>
  )
}

function Used({ device, onClose }: { device: string; onClose: () => void }) {
  const t = useT()
  return (
    <div role="status" className="grid justify-items-center gap-2 py-4 text-center">
      <CircleCheckBig size={48} className="text-online" aria-hidden />
      <p className="text-lg font-semibold">{t('device.used', { device: device || t('device.unknown') })}</p>
      <p className="text-soft">{t('device.usedHint')}</p>
      <Button onClick={onClose} className="mt-3">
        {t('device.done')}
      </Button>
    </div>
  )
}

/** Whole seconds until the code ends. */
function useTimeLeft(): number {
  const endsAt = useDeviceCode((state) => state.endsAt)
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    setNow(performance.now())
    const ticking = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(ticking)
  }, [])
  return Math.max(0, Math.floor((endsAt - now) / 1000))
}
