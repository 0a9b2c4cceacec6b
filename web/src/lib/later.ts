/** Parts that the first message does without, and that nobody shall wait for: they load once the chat stands. */
import { type ComponentType, lazy } from 'react'
import { learn, type Sentences } from './i18n'
import { useConnection } from './socket'

type Load<P> = () => Promise<{ default: ComponentType<P> }>

const AGAIN_AFTER = 2_000 // ms
const QUIET_AFTER = 1_500 // ms; for browsers that don't tell when they have nothing to do

const rest: (() => Promise<unknown>)[] = []

const isHostAway = (): boolean => useConnection.getState().downSince !== null

/** While the host is away it is asked for until it comes. */
export function later<P extends object>(load: Load<P>) {
  const insist: Load<P> = () =>
    load().catch((reason) => {
      if (!isHostAway()) throw reason
      return new Promise<void>((go) => setTimeout(go, AGAIN_AFTER)).then(insist)
    })
  rest.push(insist)
  return lazy(insist)
}

/** One with sentences of its own. */
export function laterWith<P extends object>(sentences: Sentences, load: Load<P>) {
  return later(async () => {
    const [part] = await Promise.all([load(), learn(sentences)])
    return part
  })
}

/** One after the other, when the browser has nothing better to do. */
export function loadRest(): void {
  const next = rest.shift()
  if (next === undefined) return
  const run = () => void next().then(loadRest, loadRest)
  if (globalThis.requestIdleCallback === undefined) setTimeout(run, QUIET_AFTER)
  else requestIdleCallback(run)
}
