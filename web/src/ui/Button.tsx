import type { ComponentProps } from 'react'

const LOOKS = {
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-deep font-medium',
  quiet: 'bg-transparent text-ink hover:bg-hover',
  outline: 'border border-field-line bg-raised text-ink hover:bg-hover',
  danger: 'border border-danger bg-transparent text-danger hover:bg-danger-tint font-medium',
}

type Props = ComponentProps<'button'> & { look?: keyof typeof LOOKS }

export function Button({ look = 'primary', className = '', type = 'button', ...rest }: Props) {
  const base =
    'inline-flex items-center justify-center gap-2 rounded-lg px-4 h-10 coarse:h-11 select-none whitespace-nowrap transition-colors disabled:opacity-55'
  return <button type={type} className={`${base} ${LOOKS[look]} ${className}`} {...rest} />
}

type IconProps = ComponentProps<'button'> & { label: string }

/** A square button that shows only an icon; its label is its tooltip and its accessible name. */
export function IconButton({ label, className = '', type = 'button', ...rest }: IconProps) {
  const base =
    'inline-grid place-items-center size-button coarse:size-touch shrink-0 rounded-lg text-soft hover:bg-hover hover:text-ink transition-colors aria-pressed:bg-tint aria-pressed:text-accent disabled:opacity-45 data-[state=open]:bg-hover data-[state=open]:text-ink'
  return <button type={type} aria-label={label} title={label} className={`${base} ${className}`} {...rest} />
}
