// The peer that most would pick: Socket.IO's own server with its default settings, and better-sqlite3.
// node node_peer.cjs PORT DATABASE ACCOUNTS
const crypto = require('node:crypto')
const http = require('node:http')
const { Server } = require('socket.io')
const Database = require('better-sqlite3')

const [port, file, accounts] = process.argv.slice(2)
const secret = process.env.BENCH_SECRET

const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = NORMAL')
db.exec(`
  CREATE TABLE user(id INTEGER PRIMARY KEY, username TEXT UNIQUE);
  CREATE TABLE room(id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  CREATE TABLE message(id INTEGER PRIMARY KEY, content TEXT NOT NULL, message_type TEXT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES user(id), room_id INTEGER NOT NULL REFERENCES room(id), timestamp TEXT NOT NULL);
  CREATE INDEX message_room ON message(room_id);
  INSERT INTO room(name) VALUES ('bench');`)
for (let n = 1; n <= Number(accounts); n++) db.prepare('INSERT INTO user(username) VALUES (?)').run(`user${n}`)
const findUser = db.prepare('SELECT * FROM user WHERE id = ?')
const findRoom = db.prepare('SELECT * FROM room WHERE id = ?')
const insert = db.prepare(
  'INSERT INTO message(content, message_type, user_id, room_id, timestamp) VALUES (?, ?, ?, ?, ?)',
)

const server = http.createServer((_, response) => response.end('ok'))
const io = new Server(server)

io.use((socket, next) => {
  const [id, given] = String(socket.handshake.auth.token).split('.')
  const wanted = crypto.createHmac('sha256', secret).update(id).digest('hex')
  const user = given === wanted ? findUser.get(Number(id)) : undefined
  if (user === undefined) return next(new Error('unauthorized'))
  socket.data.user = user
  next()
})

io.on('connection', (socket) => {
  socket.on('join_room', ({ room_id }, acknowledge) => {
    const room = findRoom.get(room_id)
    if (room === undefined) return
    socket.join(`room:${room.id}`)
    acknowledge?.({ ok: true, room })
  })
  socket.on('send_message', ({ room_id, content }, acknowledge) => {
    const room = findRoom.get(room_id)
    const { id: user_id, username } = socket.data.user
    if (room === undefined || content.trim() === '' || content.length > 10_000) return
    const timestamp = new Date().toISOString()
    const id = Number(insert.run(content, 'text', user_id, room.id, timestamp).lastInsertRowid)
    const message = { id, content, message_type: 'text', user_id, username, room_id: room.id, timestamp }
    io.to(`room:${room.id}`).emit('new_message', message)
    acknowledge?.({ ok: true, message })
  })
})

server.listen(Number(port), '127.0.0.1')
