/** Cards of people, and what I say of myself. */
import { currentUser, setUser } from '../accounts/store'
import type { components } from '../contract'
import { answer, api } from '../lib/api'
import { asForm } from '../lib/pictureForm'
import { on } from '../lib/socket'
import { sessionStore } from '../lib/stores'

export type Card = components['schemas']['UserCard']
export type ProfileChange = components['schemas']['ProfileChange']

export const useCards = sessionStore<{ byId: Record<number, Card> }>({ byId: {} })

/** Throws ChatError. */
export async function loadCard(user_id: number): Promise<void> {
  const card = await answer(api.GET('/api/users/{user_id}', { params: { path: { user_id } } }))
  useCards.setState(({ byId }) => ({ byId: { ...byId, [user_id]: card } }))
}

/** Throws ChatError. */
export async function changeProfile(body: ProfileChange): Promise<void> {
  setUser(await answer(api.PATCH('/api/auth/me', { body })))
}

/** Throws ChatError. A guest has no password. */
export async function changeUsername(username: string, password: string): Promise<void> {
  setUser(await answer(api.PUT('/api/auth/me/username', { body: { username, password } })))
}

/** Throws ChatError. */
export async function showPicture(picture: Blob): Promise<void> {
  setUser(await answer(api.PUT('/api/auth/me/avatar', asForm(picture))))
}

/** Throws ChatError. */
export async function removePicture(): Promise<void> {
  setUser(await answer(api.DELETE('/api/auth/me/avatar')))
}

on('user_updated', (user) => {
  useCards.setState(({ byId }) => {
    const card = byId[user.id]
    return card === undefined ? {} : { byId: { ...byId, [user.id]: { ...card, ...user, email: '' } } }
  })
})

export const isMe = (userId: number): boolean => currentUser()?.id === userId
