import { type ComponentProps, useId } from 'react'

type Props = ComponentProps<'input'> & {
  label: string
  error?: string | undefined
  hint?: string | undefined
}

export function Field({ label, error, hint, className = '', ...rest }: Props) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        className="field"
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        {...rest}
      />
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
