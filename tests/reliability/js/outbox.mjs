// Chats through the official socket.io-client as the web page does: whatever is not acknowledged stays in an outbox
// and is sent again, in order, after the client has come back by itself.
// Usage: node outbox.mjs <url> <token> <room id> <name> [<ms of rest after an acknowledgement>]; prints a line for every
// 10 acknowledgements, and once its standard input has ended and the outbox is empty, one JSON object.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))
const { io } = require('socket.io-client')

const [url, token, room, name, rest] = process.argv.slice(2)
const roomId = Number(room)
const AT_ONCE = 20 // on their way at the same time
const ACK_TIMEOUT = 5_000 // ms

const outbox = [] // what is not acknowledged, oldest first
const acknowledged = [] // [content, id, seq]
const timeline = new Map() // seq -> [id, content]
const unordered = [] // live events that came twice or late within one connection
let written = 0
let returns = -1
let hasEnded = false
let lastLive = 0

const socket = io(url, {
  auth: { token },
  transports: ['websocket'],
  reconnectionDelay: 50,
  reconnectionDelayMax: 400,
})

function send(entry) {
  const { content, client_id } = entry
  const sentBy = socket.id
  socket
    .timeout(ACK_TIMEOUT)
    .emitWithAck('send_message', { room_id: roomId, content, client_id })
    .then((ack) => {
      if (!ack.ok) throw new Error(JSON.stringify(ack))
      acknowledged.push([content, ack.message.id, ack.message.seq])
      outbox.splice(outbox.indexOf(entry), 1)
      if (acknowledged.length % 10 === 0) console.log(acknowledged.length)
      if (rest === undefined) write()
      else setTimeout(write, Number(rest))
    })
    .catch((error) => {
      // Silence on a connection that still stands would be the server's fault; a lost one is what we are here for.
      if (socket.connected && socket.id === sentBy) {
        console.error(String(error))
        process.exit(1)
      }
    })
}

function write() {
  while (!hasEnded && socket.connected && outbox.length < AT_ONCE) {
    const content = `${name} ${written++}`
    const entry = { content, client_id: content.replace(' ', '-') }
    outbox.push(entry)
    send(entry)
  }
  if (hasEnded && outbox.length === 0) void finish()
}

function keep(message) {
  timeline.set(message.seq, [message.id, message.content])
}

let known = 0 // everything up to this seq is in the timeline
function unbroken() {
  while (timeline.has(known + 1)) known++
  return known
}

async function catchUp() {
  for (let hasMore = true; hasMore; ) {
    const ack = await socket.timeout(ACK_TIMEOUT).emitWithAck('sync', { rooms: { [room]: unbroken() } })
    for (const message of ack.rooms[room].messages) keep(message)
    hasMore = ack.rooms[room].has_more
  }
}

socket.on('connect', () => {
  returns++
  lastLive = 0
  for (const entry of outbox) send(entry)
  write()
  catchUp().catch(() => undefined) // it broke again: the next return starts over
})

socket.on('new_message', (message) => {
  if (message.room_id !== roomId) return
  if (message.seq <= lastLive) unordered.push([lastLive, message.seq])
  lastLive = message.seq
  keep(message)
})

let isFinishing = false
async function finish() {
  if (isFinishing) return
  isFinishing = true
  await catchUp()
  const seqs = [...timeline.keys()].sort((a, b) => a - b)
  const heard = seqs.map((seq) => [seq, ...timeline.get(seq)])
  await new Promise((done) => {
    process.stdout.write(`${JSON.stringify({ acknowledged, heard, unordered, returns })}\n`, done)
  })
  socket.disconnect()
}

process.stdin.resume()
process.stdin.on('end', () => {
  hasEnded = true
  write()
})
