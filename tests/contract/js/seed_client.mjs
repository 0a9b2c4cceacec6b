// A page of the first contract: the official socket.io-client, and the events of then; obeys a command a line.
// Usage: node seed_client.mjs <url> <token>; each line of input is [command, event, payload], each of output JSON.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))
const { io } = require('socket.io-client')

const [url, token] = process.argv.slice(2)
const heard = []
const socket = io(url, { auth: { token } })
socket.onAny((event, payload) => heard.push([event, payload]))
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)
const connected = () => new Promise((resolve) => socket.once('connect', () => resolve('connected')))

function until(event, fields) {
  const fits = ([name, payload]) =>
    name === event && Object.entries(fields).every(([field, value]) => payload[field] === value)
  return new Promise((resolve) => {
    const look = () => (heard.some(fits) ? resolve(true) : setTimeout(look, 20))
    look()
  })
}

const commands = {
  emit: async (event, payload) => {
    socket.emit(event, payload)
    return true
  },
  heard: async () => heard,
  until,
  reconnect: async () => {
    const back = connected()
    socket.io.engine.close() // as a network does, without a word
    return back
  },
}

say(await connected())
for await (const line of createInterface({ input: process.stdin })) {
  const [command, event, payload] = JSON.parse(line)
  say(await commands[command](event, payload))
}
