/** Who is signed in at this tab: register, log in, log out, and coming back after a reload. */

import type { components } from '../contract'
import { answer, api, setToken, whenUnauthorised } from '../lib/api'
import { asChatError } from '../lib/errors'
import { on } from '../lib/socket'
import { kept, keptForTab } from '../lib/storage'
import { deviceStore } from '../lib/stores'
import type { OwnUser } from '../lib/types'

const TOKEN_KEY = 'lanchat.token'
const ACCOUNT_KEY = 'lanchat.account'

interface Account {
  status: 'starting' | 'out' | 'in'
  user: OwnUser | null
  token: string | null
  /** Why the login screen shows although nobody logged out. */
  notice: 'expired' | 'deleted' | null
}

export const useAccount = deviceStore<Account>({
  status: 'starting',
  user: null,
  token: null,
  notice: null,
})

/** Somebody with an account was at this browser before: they log in, whereas newcomers are asked for a name only. */
export const hasAccountHere = (): boolean => kept.get(ACCOUNT_KEY) !== null

useAccount.subscribe(({ user }) => {
  if (user !== null && !user.is_guest) kept.set(ACCOUNT_KEY, 'yes')
})

export const currentUser = (): OwnUser | null => useAccount.getState().user

let held: string | null = null

function hold(token: string | null): void {
  held = token
  setToken(token)
}

function keepToken(token: string | null, isRemembered: boolean): void {
  if (isRemembered) kept.set(TOKEN_KEY, token)
  // Another tab may have left the token of another account there.
  else if (kept.get(TOKEN_KEY) === held) kept.set(TOKEN_KEY, null)
  keptForTab.set(TOKEN_KEY, isRemembered ? null : token)
  hold(token)
}

/** However the session came about. */
export function enterAs(user: OwnUser, token: string, isRemembered = true): void {
  keepToken(token, isRemembered)
  useAccount.setState({ status: 'in', user, token, notice: null })
}

/** Goes on with the kept session, if the server still knows it. Throws ChatError when nobody answers. */
export async function restoreSession(): Promise<void> {
  const token = keptForTab.get(TOKEN_KEY) ?? kept.get(TOKEN_KEY)
  if (token === null) {
    useAccount.setState({ status: 'out' })
    return
  }
  hold(token)
  try {
    const user = await answer(api.GET('/api/auth/me'))
    useAccount.setState({ status: 'in', user, token })
  } catch (reason) {
    if (asChatError(reason).status !== 401) throw reason
  }
}

export async function logIn(username: string, password: string, remember: boolean): Promise<void> {
  const body = { username, password, remember }
  const login = await answer(
    api.POST('/api/auth/login', {
      body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      bodySerializer: () => new URLSearchParams({ username, password, remember: String(remember) }),
    }),
  )
  enterAs(login.user, login.access_token, remember)
}

export interface Registration {
  username: string
  email: string
  password: string
  password2: string
}

export async function register({ email, ...fields }: Registration): Promise<void> {
  const body = email === '' ? fields : { ...fields, email }
  const { access_token, token_type: _, ...user } = await answer(api.POST('/api/auth/register', { body }))
  enterAs(user, access_token)
}

export async function joinAsGuest(username: string): Promise<void> {
  const {
    access_token,
    token_type: _,
    ...user
  } = await answer(api.POST('/api/auth/guest', { body: { username } }))
  enterAs(user, access_token)
}

/** The guest that I am becomes an account to log in to; nothing else changes. */
export async function upgrade(password: string, password2: string): Promise<void> {
  setUser(await answer(api.POST('/api/auth/upgrade', { body: { password, password2 } })))
}

on('user_updated', (user) => {
  const me = currentUser()
  if (me?.id === user.id) setUser({ ...me, ...user, email: me.email })
})

/** What the server newly says of me. */
export function setUser(user: OwnUser): void {
  useAccount.setState({ user })
}

export async function logOut(): Promise<void> {
  await answer(api.POST('/api/auth/logout')).catch(() => undefined)
  forget(null)
}

export type Words = components['schemas']['AccountDeletion']['content']

let isLeaving = false

/** For good, and all that this browser kept of it. Throws ChatError. */
export async function deleteAccount(password: string, content: Words): Promise<void> {
  isLeaving = true // the sockets end before the answer comes
  try {
    await answer(api.POST('/api/auth/me/delete', { body: { password, content } }))
  } finally {
    isLeaving = false
  }
  kept.set(ACCOUNT_KEY, null)
  forget('deleted')
}

/** The server no longer knows the session. What is unsent stays in the outbox for the next login. */
export function expireSession(): void {
  if (useAccount.getState().status !== 'out' && !isLeaving) forget('expired')
}

function forget(notice: Account['notice']): void {
  keepToken(null, false)
  useAccount.setState({ status: 'out', user: null, token: null, notice })
}

whenUnauthorised(expireSession)
