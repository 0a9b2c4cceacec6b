import { type ChangeEvent, type ComponentProps, useEffect, useRef, useState } from 'react'
import { useT } from '../lib/i18n'
import { Field } from '../ui/Field'
import { nextName, withoutBlanks } from './freeName'

type Props = ComponentProps<typeof Field> & {
  /** Somebody else has the name that was sent. */
  taken: boolean
}

/** A name has no blanks, which every phone suggests; a taken one is told where it stands, with one to take instead. */
export function NameField({ taken, error, hint, ...rest }: Props) {
  const t = useT()
  const [name, setName] = useState('')
  const [refused, setRefused] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name that was sent, and not what it becomes.
  useEffect(() => {
    setRefused(taken ? name.trim() : '')
    if (taken || error !== undefined) field.current?.focus()
  }, [taken, error])
  const isRefused = refused !== '' && refused === name.trim()
  const proposal = nextName(name.trim())

  function take() {
    setName(proposal)
    field.current?.focus()
  }

  return (
    <div>
      <Field
        {...rest}
        ref={field}
        value={name}
        onChange={(event) =>
          setName(isComposing(event) ? event.target.value : withoutBlanks(event.target.value))
        }
        onCompositionEnd={(event) => setName(withoutBlanks(event.currentTarget.value))}
        hint={hint}
        error={isRefused ? t('account.taken', { name: refused }) : error}
      />
      {isRefused && (
        <button
          type="button"
          onClick={take}
          className="min-h-6 font-medium text-accent underline underline-offset-2 coarse:min-h-11"
        >
          {t('account.takeInstead', { name: proposal })}
        </button>
      )}
    </div>
  )
}

/** What an input method is still composing is its own, blanks and all. */
function isComposing({ nativeEvent }: ChangeEvent): boolean {
  return nativeEvent instanceof InputEvent && nativeEvent.isComposing
}
