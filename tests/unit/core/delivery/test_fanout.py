import asyncio
import random
import select
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from lanchat.core.delivery.sockets.packets import MAX_EVENT

from .chat_server import PATIENCE, Client, Server, connected
from .raw_client import joined

TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]]


@pytest.fixture(params=TRANSPORTS, ids="+".join)
async def client(server: Server, request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    async with connected(server, request.param) as client:
        yield client


async def test_what_was_published_first_arrives_first(server: Server, client: Client):
    sid = server.sids[0]
    for number in range(0, 300, 3):
        server.fanout.publish("everybody", "new_message", number)
        server.fanout.send(sid, "new_message", number + 1)
        server.fanout.publish_to([sid, sid], "new_message", number + 2)
    assert await client.until_heard("new_message", 300) == list(range(300))


async def test_only_members_hear_a_channel(server: Server):
    async with AsyncExitStack() as stack:
        inside, outside, removed = [
            await stack.enter_async_context(connected(server, transports)) for transports in TRANSPORTS
        ]
        for sid in (server.sids[0], server.sids[2]):
            server.fanout.join(sid, "room")
        server.fanout.leave(server.sids[2], "room")
        assert list(server.fanout.members("room")) == [server.sids[0]]
        server.fanout.publish("room", "secret", {})
        server.fanout.publish("everybody", "end", {})
        for client in (inside, outside, removed):
            await client.until_heard("end")
    assert [name for name, _ in inside.heard] == ["secret", "end"]
    assert [name for name, _ in outside.heard] == ["end"]
    assert [name for name, _ in removed.heard] == ["end"]


async def test_what_is_said_at_once_is_with_the_system_when_the_speaker_returns(server: Server):
    async with joined(server.url) as client:

        def has_arrived() -> bool:
            return bool(select.select([client.writer.get_extra_info("socket")], [], [], 0)[0])

        def speak() -> None:
            server.fanout.publish("everybody", "news", {})
            assert not has_arrived()

        server.fanout.at_once(speak)
        assert has_arrived() is server.takes_over
        assert await client.text() == '42["news",{}]'


async def test_the_skipped_member_hears_nothing(server: Server):
    async with connected(server, ["websocket"]) as typist, connected(server, ["polling"]) as reader:
        server.fanout.publish("everybody", "typing_update", {}, skip=server.sids[0])
        server.fanout.publish("everybody", "end", {})
        await typist.until_heard("end")
        await reader.until_heard("end")
    assert [name for name, _ in typist.heard] == ["end"]
    assert [name for name, _ in reader.heard] == ["typing_update", "end"]


async def test_a_hot_event_is_acknowledged_when_its_handler_says_so(server: Server, client: Client):
    arrived: list[tuple[object, int | None]] = []

    def handle(sid: str, payload: object, ack_id: int | None) -> None:
        arrived.append((payload, ack_id))
        if ack_id is not None:
            server.fanout.acknowledge(sid, ack_id, {"ok": True, "number": payload})

    server.fanout.on_hot("send_message", handle)
    for number in range(50):
        await client.sio.emit("send_message", number)
    answer = await client.sio.call("send_message", 50, timeout=PATIENCE)
    assert answer == {"ok": True, "number": 50}
    assert [payload for payload, _ in arrived] == list(range(51))


async def test_an_ordinary_event_still_reaches_its_handler(server: Server, client: Client):
    server.fanout.on_hot("send_message", lambda *_: None)
    server.sio.on("join_room", handler=lambda sid, payload: {"ok": True, "room": payload})
    assert await client.sio.call("join_room", 7, timeout=PATIENCE) == {"ok": True, "room": 7}


async def test_an_event_over_the_limit_is_answered_and_the_client_stays(server: Server, client: Client):
    answer = await client.sio.call("send_message", "x" * MAX_EVENT, timeout=PATIENCE)
    assert answer["error"]["code"] == "too_large"
    await client.sio.emit("send_message", "x" * MAX_EVENT)
    assert (await client.until_heard("error"))[0]["code"] == "too_large"
    assert client.sio.connected


@pytest.mark.parametrize("name", ["connect", "disconnect", "connect_error", "*"])
async def test_a_client_cannot_call_our_own_lifecycle_handlers(server: Server, name: str):
    async with connected(server, ["websocket"]) as client:
        await client.sio.emit(name, {})
        assert (await client.until_heard("error"))[0]["code"] == "invalid_input"
        assert server.left == []
        assert len(server.sids) == 1


async def test_closing_says_everything_published_before(server: Server, client: Client):
    for number in range(20):
        server.fanout.publish("everybody", "new_message", number)
    await server.fanout.close(server.sids[0])
    server.fanout.publish("everybody", "new_message", "too late")
    async with asyncio.timeout(PATIENCE):
        await client.gone.wait()
    assert client.heard == [("new_message", number) for number in range(20)]
    assert [sid for sid, _ in server.left] == server.sids
    assert not server.fanout.members("everybody")


async def test_a_join_that_comes_too_late_leaves_no_trace(server: Server):
    async with connected(server, ["websocket"]):
        assert server.fanout.is_open(server.sids[0])
    await server.until_left(1)
    assert not server.fanout.is_open(server.sids[0])
    server.fanout.join(server.sids[0], "room")
    server.fanout.send(server.sids[0], "late", {})
    assert not server.fanout.members("room")


@pytest.mark.parametrize("seed", range(5))
async def test_everybody_hears_what_was_for_them_in_the_order_it_was_sent(server: Server, seed: int):
    """Many channels, direct events and changes of who hears what, all within few turns of the loop."""
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(connected(server, TRANSPORTS[place % len(TRANSPORTS)]))
            for place in range(6)
        ]
        expected: dict[str, list[int]] = {sid: [] for sid in server.sids}
        hears: dict[str, set[str]] = {channel: set() for channel in "abc"}
        for number in range(400):
            sid, channel = chance.choice(server.sids), chance.choice("abc")
            match chance.choice(["publish", "publish", "publish", "skip", "send", "some", "join", "leave", "turn"]):
                case "publish":
                    server.fanout.publish(channel, "number", number)
                    reached = hears[channel]
                case "skip":
                    server.fanout.publish(channel, "number", number, skip=sid)
                    reached = hears[channel] - {sid}
                case "send":
                    server.fanout.send(sid, "number", number)
                    reached = {sid}
                case "some":
                    reached = set(chance.choices(server.sids, k=3))
                    server.fanout.publish_to([*reached, *reached], "number", number)
                case "join":
                    server.fanout.join(sid, channel)
                    hears[channel].add(sid)
                    reached = set()
                case "leave":
                    server.fanout.leave(sid, channel)
                    hears[channel].discard(sid)
                    reached = set()
                case _:
                    await asyncio.sleep(0)
                    reached = set()
            for hearer in reached:
                expected[hearer].append(number)
        server.fanout.publish("everybody", "number", -1)
        for client, sid in zip(clients, server.sids, strict=True):
            assert await client.until_heard("number", len(expected[sid]) + 1) == [*expected[sid], -1]
