"""Whichever piece of a socket is killed, the socket ends, that is told once, and everybody else goes on."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from lanchat.core.delivery.sockets.connection import Connection
from lanchat.core.delivery.sockets.heartbeat import Health
from lanchat.core.delivery.sockets.polling import QueuedSocket
from lanchat.core.delivery.sockets.registry import Links

from .chat_server import PATIENCE, Server, running
from .poller import Poller
from .raw_client import RawClient, joined, raw_client

OURS = "of ours"


def failing_once(original: Callable[..., Any]) -> Callable[..., Any]:
    """Fails the first time that it is called, and never again."""
    has_failed = False

    def call(*args: Any) -> Any:
        nonlocal has_failed
        if not has_failed:
            has_failed = True
            raise RuntimeError(OURS)
        return original(*args)

    return call


def told(caplog: pytest.LogCaptureFixture) -> int:
    return len([record for record in caplog.records if OURS in record.getMessage() or OURS in str(record.exc_info)])


async def answers(client: RawClient) -> bool:
    client.send('42["echo",1]')
    while (text := await client.text()) == "2":  # a ping
        client.send("3")
    return text == '42["echo",1]'


async def test_a_killed_inbox_ends_its_socket(monkeypatch: pytest.MonkeyPatch):
    """Whoever cancels its task: nobody else would ever read what this client says."""
    begun = asyncio.Event()

    async def wait(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with running(Server()) as server, joined(server.url) as other:
        async with raw_client(server.url) as client:
            await client.text()
            with monkeypatch.context() as patch:
                patch.setattr(Links, "receive", wait)
                client.send("40")
                await asyncio.wait_for(begun.wait(), PATIENCE)
            (task,) = [task for task in asyncio.all_tasks() if task.get_name().startswith("packets of")]
            task.cancel()
            assert await client.until_closed() == 1011
        assert await answers(other)


async def test_a_heartbeat_that_fails_ends_one_socket_and_beats_on(
    impatient: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    if not impatient.takes_over:
        pytest.skip("the library pings for itself there")
    monkeypatch.setattr(Connection, "ping", failing_once(Connection.ping))
    async with joined(impatient.url) as first, joined(impatient.url) as second:
        await first.until_closed()
        for _ in range(2):
            assert await second.text() == "2"
            second.send("3")
    assert told(caplog) == 1


async def test_a_look_at_a_poll_that_fails_ends_its_session(
    server: Server, poller: Poller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(Health, "_look_at", failing_once(Health._look_at))
    await poller.join()
    await server.until_left(1)
    assert told(caplog) == 1


@pytest.mark.parametrize("way", ["all", "one"])
async def test_a_write_that_fails_ends_one_socket_and_the_others_hear(
    way: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    async with running(Server()) as server, joined(server.url) as first, joined(server.url) as second:
        link = server.fanout._links.find(server.sids[0])
        assert isinstance(link, Connection)
        if way == "all":
            link.outlet.send = failing_once(link.outlet.send)
        else:
            monkeypatch.setattr(Connection, "write", failing_once(Connection.write))
            server.fanout.send(server.sids[0], "hello", {})
        server.fanout.publish("everybody", "hello", {})
        assert await first.until_closed() == 1011
        assert await second.text() == '42["hello",{}]'
    assert told(caplog) == 1


async def test_an_event_that_is_never_answered_ends_its_socket(server: Server, caplog: pytest.LogCaptureFixture):
    async def fail(_sid: str, _arguments: list[object], _ack_id: int | None) -> None:
        raise RuntimeError(OURS)

    async with joined(server.url) as client:
        server.fanout.on_other(fail)
        client.send('421["anything"]')
        await client.until_closed()
    await server.until_left(1)
    assert told(caplog) == 1


async def test_a_poll_that_fails_is_answered_and_ends_the_session(
    server: Server, poller: Poller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    await poller.join()
    (link,) = server.fanout._links._links.values()
    assert isinstance(link, QueuedSocket)
    monkeypatch.setattr(link.socket, "poll", failing_once(link.socket.poll))
    async with asyncio.timeout(PATIENCE), poller.http.get(poller.url) as answer:
        assert answer.status == 400
    await server.until_left(1)
    assert told(caplog) == 1


async def test_a_socket_is_closed_even_if_its_goodbye_fails(server: Server, monkeypatch: pytest.MonkeyPatch):
    async with joined(server.url) as client:
        monkeypatch.setattr(server.sio, "disconnect", failing_once(server.sio.disconnect))
        with pytest.raises(RuntimeError):
            await server.fanout.close(server.sids[0])
        await client.until_closed()
    await server.until_left(1)
