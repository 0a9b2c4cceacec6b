/** What a tab says of itself among others: whose host it shows, where in it, and what is unread. */

/** Deep enough for white in front of them; the first is LanChat's own. */
const COLOURS = ['#1c6a57', '#8a4b0f', '#2a5583', '#8a2f52', '#5b4a9c', '#52661a', '#9a3412', '#0f6674']
const BUBBLE =
  'M32 13c13 0 22.500 7.700 22.500 18.500S45 50 32 50c-2 0-4-.2-5.900-.5-2.700 2.600-6.500 4.700-11.100 5.300-.9.100-1.400-.9-.8-1.700 1.600-1.900 2.500-4.200 2.700-6.600C12.500 43 9.500 38 9.500 31.500 9.500 20.700 19 13 32 13z'
const CALL = '#d9482f'
const ACCENT = '#2f9a5f'
const dot = (colour: string): string =>
  `<circle cx="50" cy="14" r="13" fill="${colour}" stroke="#fff" stroke-width="3"/>`

interface Host {
  name: string
  installation_id: string
}

export function tabTitle(host: Host | null, room: string | undefined, unread: number): string {
  const count = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''
  return count + [room, host?.name, 'LanChat'].filter(Boolean).join(' · ')
}

/** The host's initial in a colour of its own: two hosts in two tabs look different. A call's dot is red. */
export function tabIcon(host: Host | null, unread: number, isCalled = false): string {
  const colour = COLOURS[sum(host?.installation_id ?? '') % COLOURS.length]
  const letter = Array.from(host?.name.trim() ?? '')[0]?.toUpperCase() ?? ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="15" fill="${colour}"/><path d="${BUBBLE}" fill="#fdf8ee"/>
<text x="32" y="42" text-anchor="middle" font-family="system-ui, sans-serif" font-size="30" font-weight="700" fill="${colour}">${quoted(letter)}</text>${unread > 0 ? dot(isCalled ? CALL : ACCENT) : ''}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

const sum = (text: string): number => Array.from(text).reduce((total, char) => total + char.charCodeAt(0), 0)

const quoted = (letter: string): string => letter.replace(/[<>&]/, (char) => `&#${char.charCodeAt(0)};`)
