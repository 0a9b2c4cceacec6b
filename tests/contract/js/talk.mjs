// Talks to LanChat through the official socket.io-client, as a web page or a Node bot would.
// Usage: node talk.mjs <url> <token> <room id> <transports, by comma>; prints one JSON object.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))
const { io } = require('socket.io-client')

const [url, token, room, transports] = process.argv.slice(2)
const roomId = Number(room)
const socket = io(url, { auth: { token }, transports: transports.split(','), reconnection: false })
const wanted = transports.split(',').at(-1)

const heard = []
socket.onAny((event, payload) => heard.push([event, payload]))

function until(event, fits = () => true) {
  const found = heard.find(([name, payload]) => name === event && fits(payload))
  if (found) return found[1]
  return new Promise((resolve) => {
    socket.on(event, (payload) => fits(payload) && resolve(payload))
  })
}

async function connected() {
  await new Promise((resolve, reject) => {
    socket.on('connect', resolve)
    socket.on('connect_error', reject)
  })
  const engine = socket.io.engine
  if (engine.transport.name !== wanted) await new Promise((resolve) => engine.once('upgrade', resolve))
  return engine.transport.name
}

const transport = await connected()
const entered = await socket.timeout(20000).emitWithAck('join_room', { room_id: roomId })
const joined = await until('room_joined')
const ack = await socket.timeout(20000).emitWithAck('send_message', { room_id: roomId, content: 'with an ack 你好' })
socket.emit('send_message', { room_id: roomId, content: 'without an ack' })
const plain = await until('new_message', (message) => message.content === 'without an ack')
const refused = await socket.timeout(20000).emitWithAck('send_message', { room_id: roomId, content: '' })
socket.emit('send_message', { room_id: roomId, content: '' })
const error = await until('error')
const order = heard.filter(([event]) => event === 'new_message').map(([, message]) => message.content)

console.log(JSON.stringify({ transport, entered, joined, ack, plain, refused, error, order }))
socket.disconnect()
