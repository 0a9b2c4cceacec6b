import { type ComponentProps, useId } from 'react'

type Props = ComponentProps<'select'> & {
  label: string
  hint?: string | undefined
  options: readonly { value: string; label: string }[]
}

/** One of a few words, by the system's own list. */
export function Select({ label, hint, options, ...rest }: Props) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        className="field"
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        {...rest}
      >
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-note`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}
