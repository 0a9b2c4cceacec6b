import { type FormEvent, useState } from 'react'
import { useT } from '../lib/i18n'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Spinner } from '../ui/Spinner'

interface Props {
  /** From a link outside; it is opened only by a click here. */
  proposed: string | null
  isBusy: boolean
  onOpen: (address: string) => void
}

export function AddressForm({ proposed, isBusy, onOpen }: Props) {
  const t = useT()
  const [address, setAddress] = useState(proposed?.replace(/^lanchat:\/\//, '').replace(/\/$/, '') ?? '')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (address.trim() !== '') onOpen(address.trim())
  }

  return (
    <form onSubmit={submit} className="grid grid-cols-[1fr_auto] items-end gap-2 border-t border-line pt-5">
      <Field
        label={t('start.address')}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        placeholder="192.168.1.5:8000"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="ltr"
      />
      <Button type="submit" look="outline" disabled={isBusy || address.trim() === ''}>
        {isBusy ? <Spinner /> : t('start.join')}
      </Button>
    </form>
  )
}
