/**
 * Whatever happened in a room, in whatever order: a page that was away during any part of it ends with exactly what one
 * that stayed has, and with what a page has that is opened afterwards. `HISTORY_SEED` tries one again.
 */
import { beforeAll, test, vi } from 'vitest'
import { openBrowserAt } from './browser'
import { as, openPage, PATIENCE, type Person, person, SERVER } from './live'

const LENGTH = 30 // steps; all that is said fits in a page
const LASTS = 4_000 // ms, in which histories are tried
const SHRINKING = 20_000 // ms
vi.setConfig({ testTimeout: 6 * PATIENCE, hookTimeout: 2 * PATIENCE })

/** Who does what to which of the messages, from 0 to 1. */
interface Step {
  deed: string
  who: number
  which: number
}

const WEIGHTS: Record<string, number> = {
  ...{ say: 5, call: 2, reply: 4, forward: 2, edit: 4, recall: 3, react: 4, unreact: 2, pin: 2, unpin: 1 },
  ...{ read: 3, readMine: 2, unread: 1, block: 1, unblock: 1, leave: 3, come: 3 },
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function historyOf(seed: number): Step[] {
  const chance = chances(seed)
  const deeds = Object.entries(WEIGHTS).flatMap(([deed, weight]) => Array<string>(weight).fill(deed))
  return Array.from({ length: LENGTH }, () => ({
    deed: deeds[Math.floor(chance() * deeds.length)] ?? 'say',
    who: Math.floor(chance() * 3),
    which: chance(),
  }))
}

let me: Person
let bob: Person
let carol: Person

beforeAll(async () => {
  openBrowserAt(Number(new URL(SERVER).port))
  const names = ['dan', 'eve', 'fay'] as const
  ;[me, bob, carol] = (await Promise.all(names.map(person))) as [Person, Person, Person]
  localStorage.setItem('lanchat.token', me.token)
})

/** In a room of Bob's. What is refused, as it may be, is no step. */
class Doing {
  readonly said: number[] = []
  private count = 0

  constructor(
    readonly room: number,
    private readonly elsewhere: { room_id: number; message_id: number },
  ) {}

  async do({ deed, who, which }: Step): Promise<void> {
    const people = [bob, carol, me] as const
    const person = people[who] ?? bob
    const id = this.said[Math.floor(which * this.said.length)] ?? 0
    const at = `messages/${this.room}/${id}`
    const seq = 1 + Math.floor(which * (this.said.length + 4))
    this.count += 1
    const reaction = `${at}/reactions/${encodeURIComponent(['👍', '🎉'][this.count % 2] ?? '👍')}`
    const deeds: Record<string, () => Promise<unknown>> = {
      say: () => this.say(person, { content: `said ${this.count}` }),
      call: () => this.say(person, { content: `@dan ${this.count}` }),
      reply: () => this.say(person, { content: `answered ${this.count}`, reply_to_id: id || null }),
      forward: () => this.say(bob, { forward: this.elsewhere }),
      edit: () => as.patch(person, at, { content: `otherwise ${this.count}${which < 0.3 ? ' @dan' : ''}` }),
      recall: () => as.end(person, at),
      react: () => as.put(person, reaction, {}),
      unreact: () => as.end(person, reaction),
      pin: () => as.put(bob, `${at}/pin`, {}),
      unpin: () => as.end(bob, `${at}/pin`),
      read: () => person.socket.emitWithAck('mark_read', { room_id: this.room, seq }),
      readMine: () => me.socket.emitWithAck('mark_read', { room_id: this.room, seq }),
      unread: () => as.post(me, `rooms/${this.room}/unread`, { seq }),
      block: () => as.put(me, `users/${carol.id}/block`, {}),
      unblock: () => as.end(me, `users/${carol.id}/block`),
    }
    await deeds[deed]?.().catch(() => undefined)
  }

  private async say(person: Person, draft: object): Promise<void> {
    this.said.push((await as.post<{ id: number }>(person, `messages/${this.room}`, draft)).id)
  }
}

const make = async (name: string): Promise<number> => {
  const { id } = await as.post<{ id: number }>(bob, 'rooms/', { name })
  for (const each of [me, carol]) await as.post(each, `rooms/${id}/join`)
  return id
}

/** What differs between two pages: of the first, and of who stayed. */
function otherwise(who: string, one: object, stayed: object): string[] {
  const parts = Object.entries(one).map(([name, part]) => [name, part, Object(stayed)[name]] as const)
  return parts
    .filter(([, part, other]) => JSON.stringify(part) !== JSON.stringify(other))
    .map(
      ([name, part, other]) =>
        `${who} has in ${name} ${firstOf(part, other)}, who stayed ${firstOf(other, part)}`,
    )
}

/** The first element that the other doesn't have. */
function firstOf(part: unknown, other: unknown): string {
  const [all, others] = [Object.entries(Object(part)), Object.entries(Object(other))]
  const known = new Set(others.map((each) => JSON.stringify(each)))
  return JSON.stringify(all.find((each) => !known.has(JSON.stringify(each))) ?? all)
}

let rooms = 0

/** What the page that was away, or a fresh one, has otherwise after these steps in a new room; null if nothing. */
async function differs(history: Step[], patience = 8_000): Promise<string | null> {
  rooms += 1
  await as.end(me, `users/${carol.id}/block`)
  const [room, other] = [await make(`Here ${rooms}`), await make(`There ${rooms}`)]
  const { id } = await as.post<{ id: number }>(bob, `messages/${other}`, { content: 'said elsewhere' })
  const doing = new Doing(room, { room_id: other, message_id: id })
  const [staying, leaving] = [await openPage(room), await openPage(room)]
  let isAway = false
  try {
    for (const step of history) {
      if (step.deed === 'leave' && !isAway) leaving.close()
      else if (step.deed === 'come' && isAway) leaving.come()
      else await doing.do(step)
      if (step.deed === 'leave' || step.deed === 'come') isAway = step.deed === 'leave'
    }
    if (isAway) leaving.come()
    const fresh = await openPage(room)
    try {
      await vi.waitFor(
        () => {
          const stayed = staying.state()
          const wrong = [
            ...otherwise('who was away', leaving.state(), stayed),
            ...otherwise('a fresh page', fresh.state(), stayed),
          ]
          if (wrong.length > 0) throw new Error(wrong.join('\n'))
        },
        { timeout: patience, interval: 50 },
      )
    } finally {
      fresh.close()
    }
    return null
  } catch (reason) {
    return String(reason)
  } finally {
    for (const page of [staying, leaving]) page.close()
  }
}

/** Without the parts that it takes nothing of to go wrong, larger ones first. */
async function shrunk(history: Step[]): Promise<Step[]> {
  const until = Date.now() + SHRINKING
  let shortest = history
  for (let size = Math.floor(history.length / 2); size > 0; size = Math.floor(size / 2))
    for (let start = 0; start < shortest.length && Date.now() < until; ) {
      const shorter = [...shortest.slice(0, start), ...shortest.slice(start + size)]
      if ((await differs(shorter, 3_000)) !== null) shortest = shorter
      else start += size
    }
  return shortest
}

test('a page that was away ends with what one that stayed has', async () => {
  const given = Number(process.env.HISTORY_SEED)
  const seed = given || Math.floor(Math.random() * 2 ** 32)
  const until = Date.now() + LASTS
  let tried = 0
  do {
    const history = historyOf(seed + tried)
    const wrong = await differs(history)
    if (wrong !== null) {
      const steps = (await shrunk(history)).map((step) => JSON.stringify(step)).join('\n')
      throw new Error(`HISTORY_SEED=${seed + tried}: ${wrong}\nas well after only:\n${steps}`)
    }
    tried += 1
  } while (Date.now() < until && !given)
})
