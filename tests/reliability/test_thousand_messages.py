"""What was acknowledged is there after a stop: a thousand messages in turn, and a stop in the midst of sending."""

import asyncio
from typing import Any

import pytest
import socketio

from tests.people import Ear, Person, people_at
from tests.server import LanChat

MESSAGES = 1000
COMINGS = 4  # lines that say who came


async def whole_history(person: Person, room: dict[str, Any]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    while True:
        page = (await person.get(f"/api/messages/{room['id']}?limit=100&after_seq={len(messages)}")).expect(200)
        messages += page["messages"]
        if not page["has_more"]:
            return messages


async def test_a_thousand_messages_of_five_people_survive_a_restart(own_server: LanChat):
    async with people_at(own_server.url) as people:
        authors = await people("ann", "bob", "cleo", "dan", "eve")
        room = await authors[0].make_room()
        for author in authors[1:]:
            await author.join(room)
        mouths = [await author.connect() for author in authors]
        listener = await authors[0].connect(("polling",))
        sent = []
        for number in range(MESSAGES):
            draft = {"room_id": room["id"], "content": f"message {number}", "client_id": f"n-{number}"}
            ack = await mouths[number % 5].call("send_message", draft)
            assert ack["ok"], ack
            sent.append(ack["message"])
        heard = [await listener.hears("new_message", room_id=room["id"]) for _ in range(MESSAGES)]

        own_server.end_well()
        own_server.start()

        kept = (await whole_history(authors[1], room))[COMINGS:]
        assert [message["content"] for message in kept] == [f"message {number}" for number in range(MESSAGES)]
        assert [message["seq"] for message in kept] == list(range(COMINGS + 1, COMINGS + MESSAGES + 1))
        assert kept == sent == heard


@pytest.mark.parametrize("ending", ["SIGTERM", "kill -9"])
async def test_no_acknowledged_message_is_lost_when_the_server_ends_in_the_midst(own_server: LanChat, ending: str):
    async with people_at(own_server.url) as people:
        ann, bob = await people("ann", "bob")
        room = await ann.make_room()
        await bob.join(room)
        acknowledged: list[dict[str, Any]] = []
        enough = asyncio.Event()

        async def keep_sending(ear: Ear) -> None:
            while True:
                try:
                    ack = await ear.call("send_message", {"room_id": room["id"], "content": "x" * 200})
                except (socketio.exceptions.SocketIOError, ConnectionError):
                    return
                if not ack["ok"]:
                    return
                acknowledged.append(ack["message"])
                if len(acknowledged) == 100:
                    enough.set()

        ears = [await person.connect() for person in (ann, bob) for _ in range(3)]
        senders = [asyncio.create_task(keep_sending(ear)) for ear in ears]
        async with asyncio.timeout(60):
            await enough.wait()
        code = await asyncio.to_thread(own_server.stop if ending == "SIGTERM" else own_server.kill)
        async with asyncio.timeout(60):
            for ear in ears:
                await ear.until_gone()
        for sender in senders:
            sender.cancel()  # whose acknowledgement never came
        await asyncio.gather(*senders, return_exceptions=True)
        if ending == "SIGTERM":
            assert code == 0
            assert all(ear.all("server_stopping") for ear in ears)
        assert "Traceback" not in own_server.report()

        own_server.start()
        kept = await whole_history(ann, room)
        assert [message["seq"] for message in kept] == list(range(1, len(kept) + 1))
        by_id = {message["id"]: message for message in kept}
        assert [by_id.get(message["id"]) for message in acknowledged] == acknowledged
