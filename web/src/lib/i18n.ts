/** The interface's language: chosen, else the browser's first that we speak; and its sentences. */
import { useSyncExternalStore } from 'react'
import type about from '../about/en.json'
import type account from '../accounts/en.json'
import type admin from '../admin/en.json'
import type start from '../desktop/en.json'
import type doctor from '../doctor/en.json'
import type exported from '../exports/en.json'
import type invites from '../invites/en.json'
import type en from '../locales/en.json'
import type actions from '../messages/actions/en.json'
import type moderation from '../moderation/en.json'
import type nearby from '../nearby/en.json'
import type notifications from '../notifications/en.json'
import type profiles from '../profiles/en.json'
import type rooms from '../rooms/en.json'
import type search from '../search/en.json'
import type secure from '../secure/en.json'
import type settings from '../shell/settings/en.json'
import { isolated } from './scripts'
import { kept } from './storage'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
const KEY = 'lanchat.language'

type All = typeof en &
  typeof actions &
  typeof search &
  typeof exported &
  typeof secure &
  typeof account &
  typeof admin &
  typeof about &
  typeof start &
  typeof doctor &
  typeof nearby &
  typeof invites &
  typeof notifications &
  typeof moderation &
  typeof profiles &
  typeof rooms &
  typeof settings
type PathsOf<T, At extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${At}${K}` : PathsOf<T[K], `${At}${K}.`>
}[keyof T & string]
type WithoutPlural<Path> = Path extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Path

/** Where a sentence stands in the files; one that counts is named without its `_one` or `_other`. */
export type Sentence = WithoutPlural<PathsOf<All>>
type Values = Record<string, string | number | undefined>
type Tree = { [key: string]: string | Tree }
export type Sentences = Record<Language, () => Promise<{ default: Tree }>>

/** What is spoken so far: the first view's sentences, and those of the parts that were opened. */
const spoken: Sentences[] = [
  { 'zh-CN': () => import('../locales/zh-CN.json'), en: () => import('../locales/en.json') },
]
const texts: Record<Language, Map<string, string>> = { 'zh-CN': new Map(), en: new Map() }
let language: Language = 'en'
let next: Language = 'en'
let translate = speak('en')
const watchers = new Set<() => void>()

/** For a part that is no component. */
export async function learn(sentences: Sentences): Promise<void> {
  if (!spoken.includes(sentences)) spoken.push(sentences)
  await Promise.all([add(sentences, language), add(sentences, next)])
}

async function add(sentences: Sentences, to: Language): Promise<void> {
  const { default: tree } = await sentences[to]()
  for (const [key, text] of flat(tree)) texts[to].set(key, text)
}

function* flat(tree: Tree, at = ''): Generator<[string, string]> {
  for (const [key, inner] of Object.entries(tree)) {
    if (typeof inner === 'string') yield [at + key, inner]
    else yield* flat(inner, `${at}${key}.`)
  }
}

/** A function for each language and not one for all: whoever holds it as a dependency notices the change. */
function speak(to: Language) {
  const plural = new Intl.PluralRules(to)
  return (key: Sentence, values: Values = {}): string => {
    const { count } = values
    const counted = typeof count === 'number' ? texts[to].get(`${key}_${plural.select(count)}`) : undefined
    const text = counted ?? texts[to].get(key) ?? key
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => isolated(String(values[name] ?? '')))
  }
}

export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh/i.test(tag)) return 'zh-CN'
    if (/^en/i.test(tag)) return 'en'
  }
  return 'en'
}

export const currentLanguage = (): Language => language

export const startI18n = (): Promise<void> =>
  show(pickLanguage([kept.get(KEY) ?? '', ...navigator.languages]))

export async function setLanguage(language: Language): Promise<void> {
  kept.set(KEY, language)
  await show(language)
}

async function show(wanted: Language): Promise<void> {
  next = wanted
  await Promise.all(spoken.map((sentences) => add(sentences, wanted)))
  language = wanted
  translate = speak(wanted)
  document.documentElement.lang = wanted
  for (const look of watchers) look()
}

/** For code outside components; inside them `useT`, which follows the language. */
export const t = (key: Sentence, values?: Values): string => translate(key, values)

function subscribe(onChange: () => void): () => void {
  watchers.add(onChange)
  return () => watchers.delete(onChange)
}

/** Runs after every change of the language. */
export function whenLanguageChanges(run: () => void): void {
  watchers.add(run)
}

/** Re-renders the caller when the language changes. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage)

export const useT = (): typeof t => useSyncExternalStore(subscribe, () => translate)
