/** What the desktop program says and does: it answers on loopback, to this page only. */
import type { components } from '../contract'
import { asChatError, ChatError } from '../lib/errors'
import { currentLanguage } from '../lib/i18n'
import { deviceStore } from '../lib/stores'

const POLL = 1000 // ms; hosts nearby come and go

export type Finding = components['schemas']['Finding']

type Desk = components['schemas']['Desk']
export type NearbyHost = Desk['hosts'][number]
export type Suspect = components['schemas']['DeskSuspect']

export const useDesk = deviceStore<{ desk: Desk | null }>({ desk: null })

async function askDesk(method: string, path: string, body?: object): Promise<unknown> {
  const headers = {
    // The program put its token behind the #, where nobody else reads it.
    Authorization: `Bearer ${location.hash.slice(1)}`,
    'Accept-Language': currentLanguage(),
    'Content-Type': 'application/json',
  }
  const response = await fetch(`/desk/${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((reason: unknown) => {
    throw asChatError(reason)
  })
  const content = await response.json()
  if (!response.ok) throw new ChatError(content.error, response.status)
  return content
}

async function refresh(): Promise<void> {
  useDesk.setState({ desk: (await askDesk('GET', 'state')) as Desk })
}

export function watchDesk(): () => void {
  let timer = 0
  let isOver = false
  const again = async () => {
    await refresh().catch(() => {})
    if (!isOver) timer = window.setTimeout(again, POLL)
  }
  void again()
  return () => {
    isOver = true
    window.clearTimeout(timer)
  }
}

/** Resolves when the window is about to turn to the chat. */
export async function hostHere(): Promise<void> {
  await askDesk('POST', 'host')
  await refresh()
}

/** One host, by its addresses; the first that answers is opened, if the host is who it was. */
export async function join(addresses: string[]): Promise<void> {
  await askDesk('POST', 'join', { addresses })
  await refresh()
}

/** What keeps this computer from a host; takes a few seconds. */
export async function whyNot(address: string): Promise<Finding[]> {
  const { findings } = (await askDesk('POST', 'why-not', { addresses: [address] })) as { findings: Finding[] }
  return findings
}

/** The suspect is right, says the person. */
export async function trust(): Promise<void> {
  await askDesk('POST', 'trust')
  await refresh()
}

/** What failed, once more. */
export async function retry(): Promise<void> {
  await askDesk('POST', 'retry')
  await refresh()
}

export async function chooseAgain(): Promise<void> {
  await askDesk('POST', 'choose')
  await refresh()
}

export async function setOpensAtLogin(isOn: boolean): Promise<void> {
  await askDesk('PUT', 'opens-at-login', { is_on: isOn })
  await refresh()
}
