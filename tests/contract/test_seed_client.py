"""A client of the first contract beside one that uses all that came since: nothing that it hears breaks its types."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from tests.contract.seed_types import EVENTS, MESSAGE, ROOM, USER, amiss
from tests.contract.test_room_order import LATER, at
from tests.files import share
from tests.patience import patience
from tests.people import PASSWORD, Payload, People, Person
from tests.server import LanChat
from tests.unit.files.samples import png

SCRIPT = Path(__file__).with_name("js") / "seed_client.mjs"
SINCE = 60  # s


class SeedClient:
    """socket.io-client in Node, as a page of the first contract would use it; hears a command a line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, url: str, token: str) -> "SeedClient":
        node = shutil.which("node")
        assert node is not None, "Node is needed to run the official client"
        pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
        client = cls(await asyncio.create_subprocess_exec(node, str(SCRIPT), url, token, **pipes, limit=1 << 24))
        assert await client.answer() == "connected"
        return client

    async def answer(self) -> Any:
        assert self.process.stdout is not None
        async with asyncio.timeout(patience(SINCE)):
            return json.loads(await self.process.stdout.readline())

    async def do(self, command: str, event: str = "", payload: object = None) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write((json.dumps([command, event, payload]) + "\n").encode())
        await self.process.stdin.drain()
        return await self.answer()

    async def heard(self) -> list[list[Any]]:
        return await self.do("heard")

    async def close(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


async def test_a_client_of_the_first_contract_works_beside_one_that_uses_everything(people: People, server: LanChat):
    new, friend = await people("new", "friend")
    old = people.newcomer("old")
    form = {"username": old.name, "email": "old@lan.example", "password": PASSWORD, "password2": PASSWORD}
    (await old.post("/api/auth/register", form)).expect(201)
    old.token = (await old.post("/api/auth/login", data={"username": old.name, "password": PASSWORD})).body[
        "access_token"
    ]
    me = (await old.get("/api/auth/me")).expect(200)
    assert (list(amiss(me, USER)), me["email"]) == ([], "old@lan.example")
    old.id = me["id"]
    room = await new.make_room()
    page, ear = await SeedClient.start(server.url, old.token), await old.connect()
    try:
        await page.do("emit", "join_room", {"room_id": room["id"]})
        await ear.hears("new_message", message_type="system")
        await friend.join(room)
        before = await new.say(room, "before all that")

        typing = await new.connect()
        await typing.emit("typing_start", {"room_id": room["id"]})
        await ear.hears("typing_update")
        await everything(new, friend, old, room)
        await ear.catch_up()
        await old.say(room, "I only write")  # over REST, and by socket:
        await page.do("emit", "typing_start", {"room_id": room["id"]})
        await page.do("emit", "send_message", {"room_id": room["id"], "content": "from the page"})
        await ear.hears("new_message", content="from the page")
        await page.do("emit", "send_message", {"room_id": room["id"], "content": ""})
        await page.do("until", "error", {})  # before the connection ends
        await ear.catch_up()

        assert await page.do("reconnect") == "connected"
        assert await page.do("emit", "join_room", {"room_id": room["id"]})
        await new.say(room, "after you came back")
        await ear.hears("new_message", content="after you came back")
        await page.do("until", "new_message", {"content": "after you came back"})

        heard = [*await page.heard(), *([name, payload] for name, payload in ear.heard)]
        assert [(name, wrong) for name, payload in heard if (wrong := list(amiss(payload, EVENTS.get(name, {}))))] == []
        assert {name for name, _ in heard} >= set(EVENTS) - {"user_left"}
        await history_is_as_then(old, room, before)
        missed = (await ear.call("sync", {"rooms": {str(room["id"]): 0}}))["rooms"][str(room["id"])]["messages"]
        assert [wrong for message in missed if (wrong := list(amiss(message, MESSAGE)))] == []
        listed = (await old.get("/api/rooms/")).expect(200)
        rooms = [*listed["user_rooms"], *listed["available_rooms"], (await old.get(at(room))).expect(200)]
        assert [wrong for each in rooms if (wrong := list(amiss(each, ROOM)))] == []
        (await old.post("/api/auth/logout")).expect(200)
    finally:
        await page.close()


async def everything(new: Person, friend: Person, old: Person, room: Payload) -> None:
    """What there wasn't then; each event of it goes to the old client as well."""
    base = f"/api/messages/{room['id']}"
    edited, recalled = await new.say(room, "wronk"), await new.say(room, "never mind")
    answer = await friend.say(room, f"@{old.name} @all look", reply_to_id=edited["id"])
    (await new.patch(f"{base}/{edited['id']}", {"content": "wrong, now right"})).expect(200)
    (await new.put(f"{base}/{answer['id']}/reactions/👍", {})).expect(200)
    (await new.put(f"{base}/{answer['id']}/pin", {})).expect(200)
    (await new.delete(f"{base}/{recalled['id']}")).expect(200)
    path = await share(new, room, png(), "picture.png")
    more = await share(new, room, b"text", "notes.txt")
    await new.say(room, "", file_paths=[path, more])
    away = await new.make_room()
    await new.say(room, "", forward={"room_id": away["id"], "message_id": (await new.say(away, "elsewhere"))["id"]})
    direct = (await new.post("/api/direct/", {"user_ids": [old.id]})).expect(201)
    await new.say(direct, "just us")
    (await new.patch(at(room, "members", friend.id), {"role": "moderator"})).expect(200)
    (await new.patch(at(room, "members", old.id), {"muted_until": LATER})).expect(200)
    (await new.patch(at(room, "members", old.id), {"muted_until": None})).expect(200)
    (await new.put(at(room), {"name": f"{room['name']} again", "description": "new", "history": "everyone"})).expect(
        200
    )
    (await new.put(at(room, "notifications"), {"level": "mentions"})).expect(200)
    (
        await new.patch("/api/auth/me", {"display_name": f"New {new.id}", "status": {"emoji": "😀", "text": "hi"}})
    ).expect(200)
    (await new.post(f"{base}/{answer['id']}/report", {"reason": "other", "with_context": True})).expect(201)
    (await new.delete(at(room, "members", friend.id))).expect(200)
    await friend.join(room)


async def history_is_as_then(old: Person, room: Payload, before: Payload) -> None:
    """An edit is the new text, what was recalled is deleted and empty."""
    messages = (await old.get(f"/api/messages/{room['id']}?skip=0&limit=50")).expect(200)["messages"]
    assert [wrong for message in messages if (wrong := list(amiss(message, MESSAGE)))] == []
    by_content = {message["content"]: message for message in messages}
    assert by_content["wrong, now right"]["edited_at"] is not None
    assert "wronk" not in by_content
    (tombstone,) = [message for message in messages if message["is_deleted"]]
    assert tombstone["content"] == ""
    assert by_content[before["content"]]["id"] == before["id"]
