import { Picker } from 'emoji-picker-element'
import en from 'emoji-picker-element/i18n/en'
import zh from 'emoji-picker-element/i18n/zh_CN'
import enData from 'emoji-picker-element-data/en/emojibase/data.json?url'
import zhData from 'emoji-picker-element-data/zh/emojibase/data.json?url'
import { useEffect, useRef } from 'react'
import { useLanguage } from '../../lib/i18n'

const SOURCES = {
  'zh-CN': { locale: 'zh', dataSource: zhData, i18n: zh },
  en: { locale: 'en', dataSource: enData, i18n: en },
}

export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const language = useLanguage()
  const slot = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  pick.current = onPick

  useEffect(() => {
    const picker = new Picker(SOURCES[language])
    picker.className = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
    picker.addEventListener('emoji-click', (event) => pick.current(event.detail.unicode ?? ''))
    slot.current?.append(picker)
    return () => picker.remove()
  }, [language])

  return <div ref={slot} className="emoji-picker min-h-0" />
}
