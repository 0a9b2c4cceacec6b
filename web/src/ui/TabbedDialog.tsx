import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { Dialog } from './Dialog'

interface Props {
  title: string
  description?: string
  tabs: readonly { name: string; title: string; content: ReactNode }[]
  /** The name of the one that shows first; without it the first. */
  start?: string | undefined
  onClose: () => void
}

/** A large dialog of several parts, one of which shows. */
export function TabbedDialog({ title, description, tabs, start, onClose }: Props) {
  return (
    <Dialog title={title} description={description} isOpen onClose={onClose} place="large">
      <Tabs.Root defaultValue={start ?? tabs[0]?.name ?? ''} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List
          aria-label={title}
          className="-mx-4 flex shrink-0 overflow-x-auto border-b border-line px-2 md:-mx-5 md:px-3"
        >
          {tabs.map(({ name, title }) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="h-10 shrink-0 border-b-2 border-transparent px-2.5 whitespace-nowrap text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink coarse:h-11"
            >
              {title}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {tabs.map(({ name, content }) => (
          <Tabs.Content
            key={name}
            value={name}
            className="-mx-4 min-h-0 flex-1 overflow-y-auto px-4 pt-4 pb-1 -outline-offset-2 md:-mx-5 md:px-5"
          >
            {content}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  )
}
