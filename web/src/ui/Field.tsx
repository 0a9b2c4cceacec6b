import { type ComponentProps, type ReactNode, useId } from 'react'

interface Words {
  label: string
  error?: string | undefined
  hint?: string | undefined
}

type Props = ComponentProps<'input'> & Words

export function Field({ label, error, hint, className, ...rest }: Props) {
  return (
    <Labelled words={{ label, error, hint }} className={className}>
      {(field) => <input className="field" {...field} {...rest} />}
    </Labelled>
  )
}

type AreaProps = ComponentProps<'textarea'> & Words

/** For several lines. */
export function AreaField({ label, error, hint, className, ...rest }: AreaProps) {
  return (
    <Labelled words={{ label, error, hint }} className={className}>
      {(field) => (
        <textarea className="field field-sizing-content h-auto max-h-40 py-2" {...field} {...rest} />
      )}
    </Labelled>
  )
}

interface LabelledProps {
  words: Words
  className: string | undefined
  children: (field: {
    id: string
    'aria-invalid': boolean
    'aria-describedby': string | undefined
  }) => ReactNode
}

function Labelled({ words: { label, error, hint }, className = '', children }: LabelledProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
      })}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          role={error === undefined ? undefined : 'alert'}
          className={`mt-1 text-sm ${error === undefined ? 'text-soft' : 'text-danger'}`}
        >
          {note}
        </p>
      )}
    </div>
  )
}
