import type { ComponentProps } from 'react'

type Props = ComponentProps<'input'> & { label: string; hint?: string }

/** Yes or no, with a sentence on what follows from it. */
export function Checkbox({ label, hint, ...rest }: Props) {
  return (
    <label className="flex min-h-6 items-start gap-2 coarse:min-h-11">
      <input
        type="checkbox"
        className="mt-1 size-4 shrink-0 accent-accent coarse:mt-0.5 coarse:size-5"
        {...rest}
      />
      <span>
        {label}
        {hint !== undefined && <span className="block text-sm text-soft">{hint}</span>}
      </span>
    </label>
  )
}
