import { createContext, type ReactElement, type ReactNode, useState } from 'react'
import { Aside } from './Aside'
import { IconButton } from './Button'

interface Props {
  label: string
  icon: ReactNode
  /** What the first click loads; it opens by itself, and keeps the button as its trigger. */
  content: (trigger: ReactElement) => ReactNode
}

/** Whether what it opens was first wanted by a key, and not by a finger or a mouse. */
export const WasByKey = createContext(false)

/** The button of a menu whose code loads when it is first wanted. */
export function Deferred({ label, icon, content }: Props) {
  const [wanted, setWanted] = useState<'by key' | 'by pointer' | null>(null)
  const trigger = (
    <IconButton
      label={label}
      aria-haspopup="true"
      onClick={({ detail }) => setWanted(detail === 0 ? 'by key' : 'by pointer')}
    >
      {icon}
    </IconButton>
  )
  if (wanted === null) return trigger
  return (
    <WasByKey value={wanted === 'by key'}>
      <Aside onFail={() => setWanted(null)} meanwhile={trigger}>
        {content(trigger)}
      </Aside>
    </WasByKey>
  )
}
