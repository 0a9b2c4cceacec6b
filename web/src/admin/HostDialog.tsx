import { type FormEvent, useEffect } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import { Spinner } from '../ui/Spinner'
import { say } from '../ui/Toast'
import { LookAlikes } from './LookAlikes'
import { changeSettings, type HostSettings, loadSettings, useHostSettings } from './store'

/** The host's name, and whom it lets in. */
export default function HostDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const settings = useHostSettings((state) => state.settings)
  const { run, isBusy, problem, fields } = useAction(['name'])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens.
  useEffect(() => void run(loadSettings), [])

  function save(body: HostSettings) {
    void run(async () => {
      await changeSettings(body)
      say(t('host.saved'))
      onClose()
    })
  }

  return (
    <Dialog title={t('host.title')} description={t('host.hint')} isOpen onClose={onClose}>
      <LookAlikes />
      {problem !== null && <Alert>{problem}</Alert>}
      {settings === null && problem === null && <Spinner />}
      {settings !== null && (
        <HostForm settings={settings} isBusy={isBusy} nameError={fields.name} onSave={save} />
      )}
    </Dialog>
  )
}

interface FormProps {
  settings: HostSettings
  isBusy: boolean
  nameError: string | undefined
  onSave: (settings: HostSettings) => void
}

function HostForm({ settings, isBusy, nameError, onSave }: FormProps) {
  const t = useT()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const isOn = (name: string) => form.get(name) === 'on'
    onSave({
      name: String(form.get('name')).trim(),
      guests_allowed: isOn('guests_allowed'),
      registration_open: isOn('registration_open'),
      recall_minutes: Number(form.get('recall_minutes')),
      directory: isOn('directory') ? 'everyone' : 'administrators',
      direct_messages: isOn('direct_messages'),
    })
  }

  return (
    <form onSubmit={submit} className="mt-1 space-y-4">
      <Field
        label={t('host.name')}
        hint={t('host.nameHint')}
        error={nameError}
        name="name"
        defaultValue={settings.name}
        maxLength={60}
        required
      />
      <Checkbox
        name="guests_allowed"
        defaultChecked={settings.guests_allowed}
        label={t('host.guests')}
        hint={t('host.guestsHint')}
      />
      <Checkbox
        name="registration_open"
        defaultChecked={settings.registration_open}
        label={t('host.registration')}
        hint={t('host.registrationHint')}
      />
      <Checkbox
        name="directory"
        defaultChecked={settings.directory === 'everyone'}
        label={t('host.directory')}
        hint={t('host.directoryHint')}
      />
      <Checkbox
        name="direct_messages"
        defaultChecked={settings.direct_messages}
        label={t('host.direct')}
        hint={t('host.directHint')}
      />
      <RecallTime minutes={settings.recall_minutes} />
      <div className="flex justify-end">
        <Button type="submit" disabled={isBusy}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}

const RECALL_MINUTES = [0, 15, 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60]

function RecallTime({ minutes }: { minutes: number }) {
  const t = useT()
  const choices = [...new Set([...RECALL_MINUTES, minutes])].sort((a, b) => a - b)
  const inWords = (each: number) => {
    if (each === 0) return t('host.recallNever')
    if (each % (24 * 60) === 0) return t('host.recallDays', { count: each / (24 * 60) })
    if (each % 60 === 0) return t('host.recallHours', { count: each / 60 })
    return t('host.recallMinutes', { count: each })
  }
  return (
    <Select
      name="recall_minutes"
      label={t('host.recall')}
      hint={t('host.recallHint')}
      defaultValue={String(minutes)}
      options={choices.map((each) => ({ value: String(each), label: inWords(each) }))}
    />
  )
}
