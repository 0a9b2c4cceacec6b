/** The interface's language: chosen, else the browser's first that we speak. */
import i18next from 'i18next'
import { type ComponentType, lazy, useSyncExternalStore } from 'react'
import type start from '../desktop/en.json'
import type en from '../locales/en.json'
import { kept } from './storage'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
const KEY = 'lanchat.language'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof start }
  }
}

type Sentences = Record<Language, () => Promise<{ default: object }>>

/** What is spoken so far: the first view's sentences, and those of the parts that were opened. */
const spoken: Sentences[] = [
  { 'zh-CN': () => import('../locales/zh-CN.json'), en: () => import('../locales/en.json') },
]

/** A part that loads when it is wanted, with sentences of its own: they stay out of the first view's weight. */
export function lazyWith<P extends object>(
  sentences: Sentences,
  load: () => Promise<{ default: ComponentType<P> }>,
) {
  return lazy(async () => {
    const [part] = await Promise.all([load(), learn(sentences)])
    return part
  })
}

/** For a part that is no component. */
export async function learn(sentences: Sentences): Promise<void> {
  spoken.push(sentences)
  await add(sentences, currentLanguage())
}

async function add(sentences: Sentences, language: Language): Promise<void> {
  const { default: bundle } = await sentences[language]()
  i18next.addResourceBundle(language, 'translation', bundle, true)
}

export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh/i.test(tag)) return 'zh-CN'
    if (/^en/i.test(tag)) return 'en'
  }
  return 'en'
}

export const currentLanguage = (): Language => pickLanguage([i18next.language ?? 'en'])

export async function startI18n(): Promise<void> {
  await i18next.init({ fallbackLng: false, resources: {}, interpolation: { escapeValue: false } })
  await show(pickLanguage([kept.get(KEY) ?? '', ...navigator.languages]))
}

export async function setLanguage(language: Language): Promise<void> {
  kept.set(KEY, language)
  await show(language)
}

async function show(language: Language): Promise<void> {
  await Promise.all(spoken.map((sentences) => add(sentences, language)))
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

export const t = i18next.t

function subscribe(onChange: () => void): () => void {
  i18next.on('languageChanged', onChange)
  return () => i18next.off('languageChanged', onChange)
}

/** Runs after every change of the language. */
export function whenLanguageChanges(run: () => void): void {
  i18next.on('languageChanged', run)
}

/** Re-renders the caller when the language changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage)
}

export function useT(): typeof i18next.t {
  useLanguage()
  return i18next.t
}
