import { setLanguage, useLanguage } from '../lib/i18n'

export const LANGUAGE_NAMES = [
  { value: 'zh-CN', label: '中文' },
  { value: 'en', label: 'English' },
] as const

export function LanguageSwitch() {
  const language = useLanguage()
  return (
    <div className="flex gap-1 text-sm">
      {LANGUAGE_NAMES.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          lang={value}
          aria-pressed={language === value}
          onClick={() => void setLanguage(value)}
          className="rounded-lg px-3 h-9 coarse:h-11 text-soft hover:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
        >
          {label}
        </button>
      ))}
    </div>
  )
}
