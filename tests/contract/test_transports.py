"""The official JavaScript client and python-socketio's, over WebSocket, polling, and polling upgraded."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.people import PATIENCE, People, Person

TALK = Path(__file__).parent / "js" / "talk.mjs"
WAYS = ["websocket", "polling", "polling,websocket"]


async def talk(person: Person, room_id: int, transports: str, url: str = "", **env: str) -> dict[str, Any]:
    node = shutil.which("node")
    assert node is not None, "Node is needed to try the official client"
    process = await asyncio.create_subprocess_exec(
        node,
        str(TALK),
        url or person.url,
        person.token,
        str(room_id),
        transports,
        env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(3 * PATIENCE):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, err.decode()
    return json.loads(out)


@pytest.mark.parametrize("transports", WAYS)
async def test_the_official_client_chats(people: People, transports: str):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    ear = await ann.connect()

    seen = await talk(bob, room["id"], transports)

    assert seen["transport"] == transports.rsplit(",", maxsplit=1)[-1]
    assert seen["entered"]["ok"] is True
    assert seen["joined"]["room_name"] == room["name"]
    assert (seen["ack"]["ok"], seen["ack"]["message"]["content"]) == (True, "with an ack 你好")
    assert seen["plain"]["username"] == bob.name
    assert (seen["refused"]["ok"], seen["refused"]["error"]["code"]) == (False, "empty_message")
    assert seen["error"]["message"]
    assert seen["order"] == [f"{bob.name} joined.", "with an ack 你好", "without an ack"]
    heard = [await ear.hears("new_message", room_id=room["id"]) for _ in range(2)]
    assert heard == [seen["ack"]["message"], seen["plain"]]
    assert await ann.history(room) == heard


@pytest.mark.parametrize("transports", WAYS)
async def test_python_s_client_chats(people: People, transports: str):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    of_ann, of_bob = await ann.connect(), await bob.connect(tuple(transports.split(",")))
    assert of_bob.sio.transport() == transports.rsplit(",", maxsplit=1)[-1]

    assert (await of_bob.call("join_room", {"room_id": room["id"]}))["ok"]
    ack = await of_bob.call("send_message", {"room_id": room["id"], "content": "with an ack"})
    await of_bob.emit("send_message", {"room_id": room["id"], "content": "without"})

    for ear in (of_ann, of_bob):
        assert await ear.hears("new_message", room_id=room["id"]) == ack["message"]
        assert (await ear.hears("new_message", room_id=room["id"]))["content"] == "without"


async def test_a_polling_client_hears_a_burst_in_order(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear, mouth = await bob.connect(("polling",)), await ann.connect()
    for number in range(55):
        await mouth.emit("send_message", {"room_id": room["id"], "content": f"{number} " + "文" * 300})
    heard = [await ear.hears("new_message", room_id=room["id"]) for _ in range(55)]
    assert [int(message["content"].split()[0]) for message in heard] == list(range(55))
