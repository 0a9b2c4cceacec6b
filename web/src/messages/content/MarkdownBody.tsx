/** Renders a message's Markdown. The only place where HTML made from a user's words enters the page. */
import DOMPurify from 'dompurify'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useState,
} from 'react'
import { navigate } from 'wouter/use-browser-location'
import { copyText } from '../../lib/capabilities'
import { t, useLanguage } from '../../lib/i18n'
import { openCard } from '../../profiles/open'
import { say, sayProblem } from '../../ui/Toast'
import { jumpTo } from '../actions/jump'
import { goalAt } from '../actions/permalinkPath'
import type { Called } from './mentions'
import { setHighlight, toHtml } from './render'
import { type Calling, useCalled } from './useCalled'

const MAX_CACHED = 400
const cache = new Map<string, string | null>()

function render(text: string, language: string, called: Called[]): string | null {
  const key = JSON.stringify([language, called, text])
  const known = cache.get(key)
  if (known !== undefined) return known
  const words = {
    ...{ code: t('message.code'), copy: t('ui.copy'), table: t('message.table') },
    ...{ done: t('message.done'), toDo: t('message.toDo') },
  }
  const raw = toHtml(text, words, called)
  const html =
    raw === null
      ? null
      : DOMPurify.sanitize(raw, { ADD_ATTR: ['target'], FORBID_TAGS: ['style', 'form', 'input'] })
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(key, html)
  return html
}

const NAMED_CODE = /^[ \t]*(```|~~~)[ \t]*\w/m
let isLoaded = false

/** Colours arrive with the first message that names its code's language. */
function useHighlighting(text: string): void {
  const [, redraw] = useState(0)
  useEffect(() => {
    if (isLoaded || !NAMED_CODE.test(text)) return
    void import('./highlight').then((module) => {
      if (!isLoaded) cache.clear()
      isLoaded = true
      setHighlight(module.highlight)
      redraw((n) => n + 1)
    })
  }, [text])
}

function onClick(event: MouseEvent): void {
  if (!followHere(event) && !showPerson(event)) copyCode(event)
}

function onKeyDown(event: KeyboardEvent): void {
  if ((event.key === 'Enter' || event.key === ' ') && showPerson(event)) event.preventDefault()
}

/** A link to a message of this host opens in this page. */
function followHere(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const goal = link?.origin === location.origin ? goalAt(link.pathname) : null
  if (goal === null || event.ctrlKey || event.metaKey || event.shiftKey) return false
  event.preventDefault()
  jumpTo(goal)
  navigate(`/rooms/${goal.room_id}`)
  return true
}

/** Whom the message calls. */
function showPerson({ target }: SyntheticEvent): boolean {
  const mention = target instanceof Element ? target.closest<HTMLElement>('[data-person]') : null
  if (mention === null) return false
  openCard(Number(mention.dataset.person), { currentTarget: mention })
  return true
}

/** The buttons are part of the HTML, one at each block of code. */
function copyCode({ target }: MouseEvent): void {
  if (!(target instanceof HTMLButtonElement)) return
  const code = target.parentElement?.querySelector('code')?.textContent ?? ''
  void copyText(code).then((isDone) => (isDone ? say(t('ui.copied')) : sayProblem(t('ui.notCopied'))))
}

interface Props {
  text: string
  /** The words as they were typed, for what form would take words from. */
  plain: ReactNode
  calling?: Calling | undefined
}

export default function MarkdownBody({ text, plain, calling }: Props) {
  const called = useCalled(calling)
  useHighlighting(text)
  const html = render(text, useLanguage(), called)
  if (html === null) return plain
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are what is clicked, by keyboard as well.
    <div
      dir="auto"
      className="prose w-fit max-w-full"
      onClick={onClick}
      onKeyDown={onKeyDown}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised above, and nowhere else in the client.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
