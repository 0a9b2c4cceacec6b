import { Picker } from 'emoji-picker-element'
import en from 'emoji-picker-element/i18n/en'
import zh from 'emoji-picker-element/i18n/zh_CN'
import enData from 'emoji-picker-element-data/en/emojibase/data.json?url'
import zhData from 'emoji-picker-element-data/zh/emojibase/data.json?url'
import { type MouseEvent, useEffect, useRef } from 'react'
import { hasCoarsePointer } from '../../lib/capabilities'
import { useLanguage } from '../../lib/i18n'

const SOURCES = {
  'zh-CN': { locale: 'zh', dataSource: zhData, i18n: zh },
  en: { locale: 'en', dataSource: enData, i18n: en },
}

/** In the shadow tree, where the page's styles don't reach: a line above the favourites, the skin tone in the field. */
const INNER_STYLE = `
  .favorites { border-top: 1px solid var(--c-line) }
  input.search { padding-inline-end: 2.5rem }
  .search-row { padding-inline-end: var(--emoji-padding) }
  .skintone-button-wrapper { position: absolute; inset-inline-end: var(--emoji-padding); top: 0; background: none }
  #skintone-button { width: 2.125rem; height: 2.125rem; font-size: 1.125rem }
`

interface Props {
  /** `goesOn`: Shift was held, for one more. */
  onPick: (emoji: string, goesOn: boolean) => void
}

export default function EmojiPicker({ onPick }: Props) {
  const language = useLanguage()
  const slot = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  const goesOn = useRef(false)

  useEffect(() => {
    const picker = new Picker(SOURCES[language])
    picker.className = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
    picker.addEventListener('emoji-click', (event) => {
      const { unicode } = event.detail
      if (unicode !== undefined) pick.current(unicode, goesOn.current)
    })
    slot.current?.append(picker)
    const style = document.createElement('style')
    style.textContent = INNER_STYLE
    picker.shadowRoot?.append(style)
    return () => picker.remove()
  }, [language])

  return (
    // The picker's own event doesn't say whether Shift was held.
    <div
      ref={slot}
      onClickCapture={(event: MouseEvent) => {
        goesOn.current = event.shiftKey
      }}
      className="emoji-picker min-h-0"
    />
  )
}

/** The picker's search, but not where that would raise a phone's keyboard over it. */
export function focusSearch(box: HTMLElement | null): void {
  const root = box?.querySelector('emoji-picker')?.shadowRoot
  if (hasCoarsePointer()) box?.focus()
  else root?.querySelector<HTMLElement>('input')?.focus()
}
