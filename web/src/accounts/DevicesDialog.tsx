import { Monitor, Smartphone } from 'lucide-react'
import { useEffect } from 'react'
import { exactTime, shortWhen } from '../lib/format'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Spinner } from '../ui/Spinner'
import { type Device, loadDevices, signOutDevice, signOutOthers, useDevices } from './sessions'

/** Where I am signed in, the one in my hand first. */
export default function DevicesDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const devices = useDevices((state) => state.devices)
  const { run, isBusy, problem } = useAction()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens.
  useEffect(() => void run(loadDevices), [])
  return (
    <Dialog title={t('devices.title')} description={t('devices.hint')} isOpen onClose={onClose}>
      {problem !== null && <Alert>{problem}</Alert>}
      {devices === null && problem === null && <Spinner />}
      <ul className="-mx-2 divide-y divide-line" aria-live="polite">
        {devices?.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            isBusy={isBusy}
            onSignOut={() => void run(() => signOutDevice(device.id))}
          />
        ))}
      </ul>
      {devices !== null && devices.length > 1 && (
        <Button look="outline" className="mt-4" disabled={isBusy} onClick={() => void run(signOutOthers)}>
          {t('devices.signOutOthers')}
        </Button>
      )}
    </Dialog>
  )
}

interface RowProps {
  device: Device
  isBusy: boolean
  onSignOut: () => void
}

function DeviceRow({ device, isBusy, onSignOut }: RowProps) {
  const t = useT()
  const name = device.user_agent || t('devices.unknown')
  const Icon = /iPhone|iPad|Android|HarmonyOS/.test(name) ? Smartphone : Monitor
  return (
    <li className="flex items-center gap-3 px-2 py-2.5">
      <Icon size={20} className="shrink-0 text-soft" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="text-sm text-soft">
          {device.is_current ? (
            <span className="font-medium text-accent">{t('devices.this')}</span>
          ) : (
            <time dateTime={device.last_used_at} title={exactTime(device.last_used_at)}>
              {t('devices.lastUse', { when: shortWhen(device.last_used_at) })}
            </time>
          )}
          {' · '}
          {device.address}
        </p>
      </div>
      {!device.is_current && (
        <Button
          look="outline"
          disabled={isBusy}
          aria-label={t('devices.signOutOne', { name })}
          onClick={onSignOut}
        >
          {t('devices.signOut')}
        </Button>
      )}
    </li>
  )
}
