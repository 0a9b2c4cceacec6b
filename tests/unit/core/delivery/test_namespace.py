"""What Socket.IO v5 promises about the namespace and its events."""

import json

import pytest

from .chat_server import Server
from .raw_client import BINARY, FIN, joined, masked, raw_client


async def test_a_client_is_connected_to_the_namespace_that_exists(server: Server):
    async with raw_client(server.url) as client:
        await client.text()
        client.send("40/unknown,")
        assert (await client.text()).startswith("44/unknown,")
        client.send('40{"token":"right"}')
        assert json.loads((await client.text())[2:])["sid"] == server.sids[0]


async def test_a_refused_client_is_told_why(server: Server):
    async with raw_client(server.url) as client:
        await client.text()
        client.send('40{"token":"wrong"}')
        assert await client.text() == '44{"message":"no","data":{"code":"not_authenticated"}}'


async def test_an_event_and_its_acknowledgement_keep_their_arguments(server: Server):
    async with joined(server.url) as client:
        client.send('42456["echo",1,"2",{"3":[true]}]')
        assert await client.text() == '42["echo",1,"2",{"3":[true]}]'
        assert await client.text() == '43456[1,"2",{"3":[true]}]'


async def test_a_client_that_left_the_namespace_hears_nothing_and_may_return(server: Server):
    async with joined(server.url) as client:
        client.send("41")
        await server.until_left(1)
        server.fanout.publish("everybody", "not", "for it")
        client.send('42["echo",1]')
        client.send("40")
        assert (await client.text()).startswith("40")
        server.fanout.publish("everybody", "for it", {})
        assert await client.text() == '42["for it",{}]'


async def test_a_client_that_never_connects_is_dismissed(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.CONNECT_TIMEOUT", 0.0)
    monkeypatch.setattr("lanchat.core.delivery.sockets.heartbeat.TICK", 0.05)
    async with raw_client(server.url) as client:
        await client.text()
        await client.until_closed()
    assert server.sids == []


async def test_hot_events_and_others_start_in_the_order_of_arrival(server: Server):
    order: list[object] = []
    server.fanout.on_hot("hot", lambda sid, payload, ack_id: order.append(payload))
    server.sio.on("cold", handler=lambda sid, payload: order.append(payload))
    async with joined(server.url) as client:
        for number in range(20):
            name = "cold" if number % 3 == 0 else "hot"
            client.send(f'42["{name}",{number}]')
        client.send('42["echo",1]')
        await client.text()
    assert [number for number in order if number % 3] == [number for number in range(20) if number % 3]
    assert [number for number in order if number % 3 == 0] == list(range(0, 20, 3))


async def test_one_handler_may_take_all_other_events(server: Server):
    taken: list[tuple[list[object], int | None]] = []

    async def take(sid: str, arguments: list[object], ack_id: int | None) -> None:
        taken.append((arguments, ack_id))
        server.fanout.send(sid, "taken", arguments)

    server.fanout.on_hot("hot", lambda sid, payload, ack_id: None)
    server.fanout.on_other(take)
    async with joined(server.url) as client:
        client.send('42["hot",1]')
        client.send('42["one",{"a":1},2]')
        client.send('427["two"]')
        assert await client.text() == '42["taken",["one",{"a":1},2]]'
        assert await client.text() == '42["taken",["two"]]'
        client.send('42["broken",')
        assert "invalid_input" in await client.text()
    assert taken == [(["one", {"a": 1}, 2], None), (["two"], 7)]


@pytest.mark.parametrize("namespace", ["/other", "/聊天", "/a/b"])
@pytest.mark.parametrize("behind", ["", ",", ',{"token":"x"}', "?a=b,"])
async def test_another_namespace_is_refused_with_a_message(server: Server, namespace: str, behind: str):
    """Clients show `error.message`."""
    async with joined(server.url) as client:
        client.send(f"40{namespace}{behind}")
        assert await client.text() == f'44{namespace},{{"message":"Invalid namespace"}}'
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'


async def test_an_event_with_attachments_gets_one_refusal_by_its_acknowledgement(server: Server):
    async with joined(server.url) as client:
        client.send('452-7["echo",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]')
        client.writer.write(masked(b"one", FIN | BINARY) + masked(b"two", FIN | BINARY))
        client.send('42["echo",1]')
        assert (await client.text()).startswith('437[{"ok":false,"error":{"code":"invalid_input"')
        assert await client.text() == '42["echo",1]'
