"""The peer that the manuals of our own libraries lead to: Quart, Hypercorn, python-socketio and Peewee.

python naive_peer.py PORT, with BENCH_DB, BENCH_SECRET and BENCH_ACCOUNTS in the environment.
"""

import asyncio
import hashlib
import hmac
import os
import sys
from datetime import UTC, datetime

import socketio
from hypercorn.asyncio import serve
from hypercorn.config import Config
from peewee import CharField, DateTimeField, ForeignKeyField, Model, SqliteDatabase, TextField
from quart import Quart

SECRET = os.environ["BENCH_SECRET"].encode()
db = SqliteDatabase(os.environ["BENCH_DB"], pragmas={"journal_mode": "wal", "synchronous": "normal"})


class Base(Model):
    class Meta:
        database = db


class User(Base):
    username = CharField(unique=True)


class Room(Base):
    name = CharField(unique=True)


class Message(Base):
    content = TextField()
    message_type = CharField(default="text")
    user = ForeignKeyField(User)
    room = ForeignKeyField(Room)
    timestamp = DateTimeField()


db.connect()
db.create_tables([User, Room, Message])
Room.create(name="bench")
for number in range(1, int(os.environ["BENCH_ACCOUNTS"]) + 1):
    User.create(username=f"user{number}")

sio = socketio.AsyncServer(async_mode="asgi")
app = socketio.ASGIApp(sio, Quart(__name__))


@sio.event
async def connect(sid, environ, auth):
    user_id, _, given = auth["token"].partition(".")
    if not hmac.compare_digest(given, hmac.new(SECRET, user_id.encode(), hashlib.sha256).hexdigest()):
        return False
    user = User.get_by_id(int(user_id))
    await sio.save_session(sid, {"user_id": user.id, "username": user.username})
    return True


@sio.event
async def join_room(sid, data):
    room = Room.get_by_id(data["room_id"])
    await sio.enter_room(sid, f"room:{room.id}")
    return {"ok": True, "room": {"id": room.id, "name": room.name}}


@sio.event
async def send_message(sid, data):
    session = await sio.get_session(sid)
    room = Room.get_by_id(data["room_id"])
    content = data["content"]
    if not content.strip() or len(content) > 10_000:
        return {"ok": False}
    stored = Message.create(content=content, user=session["user_id"], room=room.id, timestamp=datetime.now(UTC))
    message = {
        "id": stored.id,
        "content": content,
        "message_type": stored.message_type,
        "user_id": session["user_id"],
        "username": session["username"],
        "room_id": room.id,
        "timestamp": stored.timestamp.isoformat(),
    }
    await sio.emit("new_message", message, room=f"room:{room.id}")
    return {"ok": True, "message": message}


if __name__ == "__main__":
    config = Config()
    config.bind = [f"127.0.0.1:{sys.argv[1]}"]
    config.errorlog = None
    asyncio.run(serve(app, config))
