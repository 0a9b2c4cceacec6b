/** Parts that are no part of the first view: some load once the chat stands, others when they are wanted. */
import { type ComponentType, lazy } from 'react'
import { learn, type Sentences } from './i18n'
import { isHostThere } from './part'
import { useConnection } from './socket'

type Load<P> = () => Promise<{ default: ComponentType<P> }>

const AGAIN_AFTER = 2_000 // ms
const QUIET_AFTER = 1_500 // ms; for browsers that don't tell when they have nothing to do

const rest: (() => Promise<unknown>)[] = []

const isKnownAway = (): boolean => useConnection.getState().downSince !== null

/** While the host is away it is asked for until it comes; a host that is there is asked once more. */
function insisting<P>(load: Load<P>): Load<P> {
  return async function insist() {
    try {
      return await load()
    } catch {
      if (!isKnownAway() && (await isHostThere())) return await load()
      await new Promise<void>((go) => setTimeout(go, AGAIN_AFTER))
      return insist()
    }
  }
}

function withSentences<P>(sentences: Sentences, load: Load<P>): Load<P> {
  return async () => {
    const [part] = await Promise.all([load(), learn(sentences)])
    return part
  }
}

/** What the first message does without, and nobody shall wait for: it loads by itself once the chat stands. */
export function later<P extends object>(load: Load<P>) {
  const insist = insisting(load)
  rest.push(insist)
  return lazy(insist)
}

/** One with sentences of its own. */
export const laterWith = <P extends object>(sentences: Sentences, load: Load<P>) =>
  later(withSentences(sentences, load))

/** A part that loads when it is wanted, with sentences of its own: they stay out of the first view's weight. */
export const lazyWith = <P extends object>(sentences: Sentences, load: Load<P>) =>
  lazy(insisting(withSentences(sentences, load)))

/** One after the other, when the browser has nothing better to do. */
export function loadRest(): void {
  const next = rest.shift()
  if (next === undefined) return
  const run = () => void next().then(loadRest, loadRest)
  if (globalThis.requestIdleCallback === undefined) setTimeout(run, QUIET_AFTER)
  else requestIdleCallback(run)
}
