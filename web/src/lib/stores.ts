/**
 * How stores are made. A `sessionStore` is as it began once somebody signs out: the next person at this browser
 * finds nothing of the last. A `deviceStore` stays: it is about the browser, its user's taste, or the host.
 */
import { create, type StoreApi, type UseBoundStore } from 'zustand'

type Store<State> = UseBoundStore<StoreApi<State>>

/** In no order: none of them may need another at its end. */
export const sessionStores: StoreApi<object>[] = []
const endings: (() => void)[] = []
let ended = 0

export function sessionStore<State extends object>(initial: State): Store<State> {
  const store = create<State>(() => initial)
  sessionStores.push(store as unknown as StoreApi<object>)
  return store
}

export function deviceStore<State extends object>(initial: State): Store<State> {
  return create<State>(() => initial)
}

/** For what a session leaves beside its stores: timers, transfers under way. The stores still hold what they held. */
export function whenSessionEnds(run: () => void): void {
  endings.push(run)
}

/** Nothing of a session is left afterwards. */
export function endSession(): void {
  ended += 1
  for (const run of endings) run()
  for (const store of sessionStores) store.setState(store.getInitialState(), true)
}

/** For whoever waits for something: tells whether the session in which the waiting began is over. */
export function watchSession(): () => boolean {
  const begun = ended
  return () => ended !== begun
}
