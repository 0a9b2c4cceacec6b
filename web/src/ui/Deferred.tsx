import { type ReactElement, type ReactNode, Suspense, useState } from 'react'
import { IconButton } from './Button'

interface Props {
  label: string
  icon: ReactNode
  /** What the first click loads; it opens by itself, and keeps the button as its trigger. */
  content: (trigger: ReactElement) => ReactNode
}

/** The button of a menu whose code loads when it is first wanted. */
export function Deferred({ label, icon, content }: Props) {
  const [isWanted, setWanted] = useState(false)
  const trigger = (
    <IconButton label={label} aria-haspopup="true" onClick={() => setWanted(true)}>
      {icon}
    </IconButton>
  )
  return isWanted ? <Suspense fallback={trigger}>{content(trigger)}</Suspense> : trigger
}
