/** A list that comes page by page: the first when it is shown, the others when they are asked for. */
import { useEffect, useState } from 'react'
import { useAction } from '../lib/useAction'

interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

export function usePages<Item>(load: (cursor: string | null) => Promise<Page<Item>>) {
  const { run, isBusy, problem } = useAction()
  const [items, setItems] = useState<Item[] | null>(null)
  const [cursor, setCursor] = useState<string | null>(null)

  const more = () =>
    run(async () => {
      const page = await load(cursor)
      setItems((known) => [...(known ?? []), ...page.items])
      setCursor(page.next_cursor)
    })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first page is asked for once.
  useEffect(() => void more(), [])
  return { items, setItems, run, problem, isBusy, more: cursor === null ? null : () => void more() }
}
