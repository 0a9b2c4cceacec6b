"""What one socket may cost the others: its packets, its turn, its memory; and that none is left that nobody serves."""

import asyncio

import pytest

from lanchat.core.delivery.sockets.connection import MAX_FIRST_MESSAGE
from lanchat.core.delivery.sockets.inbox import Inbox
from lanchat.core.delivery.sockets.load import EVENTS_A_TURN, MAX_KNOCKS, MAX_REFUSED, MAX_UNFINISHED

from .chat_server import Server, running, until
from .raw_client import BINARY, CONTINUATION, FIN, TEXT, joined, masked, raw_client


@pytest.mark.parametrize("packet", ["7", "8x", "9", "x", "\u0663", "b", "", "99999"])
async def test_what_is_no_packet_ends_the_connection(server: Server, packet: str, caplog: pytest.LogCaptureFixture):
    if not server.takes_over and packet in {"\u0663", "b"}:
        pytest.skip("the library reads other digits, and Base64")
    async with raw_client(server.url) as client:
        assert (await client.text())[0] == "0"
        client.send(packet)
        await client.until_closed()
    assert "Traceback" not in caplog.text


async def test_a_stranger_can_not_make_us_keep_more_than_a_little():
    async with running(Server()) as server, raw_client(server.url) as client:
        await client.text()
        client.writer.write(masked(b"4" + b"x" * MAX_FIRST_MESSAGE))
        assert await client.until_closed() == 1009


async def test_who_has_connected_may_send_more():
    async with running(Server()) as server, joined(server.url) as client:
        client.send('42["echo","' + "x" * (1 << 19) + '"]')
        assert "too_large" in await client.text()


async def test_a_packet_whose_handling_fails_ends_its_socket_and_is_told_once(
    server: Server, caplog: pytest.LogCaptureFixture
):
    async def fail(_sid: str, *_: object) -> None:
        raise RuntimeError("of ours")

    server.sio.on("connect", fail)
    async with raw_client(server.url) as client:
        await client.text()
        client.send("40")
        client.send("40")
        await client.until_closed()
    assert [record.levelname for record in caplog.records if "of ours" in record.message] == ["ERROR"]


async def test_who_knocks_and_is_refused_is_shown_out(server: Server):
    """Each login costs as much as many messages, and a stranger has nothing to lose."""
    async with raw_client(server.url) as client:
        await client.text()
        for _ in range(MAX_KNOCKS + 1):
            client.send('40{"token":"wrong"}')
        for _ in range(MAX_KNOCKS):
            assert (await client.text()).startswith("44")
        await client.until_closed()


@pytest.mark.parametrize("packet", ["43", "431[1]", "41", "40"])
async def test_control_packets_without_end_are_shown_out(server: Server, packet: str):
    """Nobody has so many answers to give: they come to nothing, like an event that isn't one."""
    async with joined(server.url) as client:
        for _ in range(2 * MAX_REFUSED):
            client.send(packet)
        await client.until_closed()


async def test_an_inbox_that_never_runs_dry_lets_others_have_their_turn():
    """Handling waits for nothing, and there is always more to read."""
    handled, is_over = 0, asyncio.Event()

    async def handle(_packet: bytes) -> bool:
        nonlocal handled
        handled += 1
        inbox.put(b"4")
        return not is_over.is_set() and handled < 10**6

    inbox = Inbox(handle)
    inbox.put(b"4")
    asyncio.get_running_loop().call_later(0.02, is_over.set)
    await inbox.empty(lambda: None)
    assert is_over.is_set(), "nobody else was heard meanwhile"


async def test_binary_packets_are_not_kept(server: Server):
    async with joined(server.url) as client:
        for _ in range(8):
            client.writer.write(masked(bytes(1 << 16), FIN | BINARY))
            assert "invalid_input" in await client.text()
        client.send('42["echo",1]')
        assert await client.text() == '42["echo",1]'


@pytest.mark.parametrize("flood", [masked(b'42["hot",1]'), masked(b"", FIN | 0x9), masked(b"2")])
async def test_a_flood_waits_for_everybody_else_s_turn(flood: bytes):
    """`flood` comes a thousand times in one piece; what is due in between isn't kept waiting for all of it."""
    heard: list[str] = []
    async with running(Server()) as server, joined(server.url) as client:
        loop = asyncio.get_running_loop()

        def hear(_sid: str, payload: object, _ack_id: int | None) -> None:
            heard.append(str(payload))
            if payload == "first":
                loop.call_soon(lambda: heard.append("turn"))

        server.fanout.on_hot("hot", hear)
        client.writer.write(masked(b'42["hot","first"]') + flood * 1000 + masked(b'42["hot","last"]'))
        await until(lambda: heard[-1:] == ["last"])
    assert heard.index("turn") <= EVENTS_A_TURN


async def test_fragments_count_as_well():
    heard: list[str] = []
    async with running(Server()) as server, joined(server.url) as client:

        def hear(_sid: str, payload: object, _ack_id: int | None) -> None:
            heard.append(str(payload))
            asyncio.get_running_loop().call_soon(lambda: heard.append("turn"))

        server.fanout.on_hot("hot", hear)
        pieces = masked(b"", TEXT) + masked(b"", CONTINUATION) * 1000 + masked(b'42["hot","last"]', FIN | CONTINUATION)
        client.writer.write(masked(b'42["hot","first"]') + pieces)
        await until(lambda: "last" in heard)
    assert heard.index("turn") < heard.index("last")


async def test_a_socket_has_so_many_events_under_way_and_the_rest_waits_unread():
    begun: list[int] = []
    may_end = asyncio.Event()

    async def work(_sid: str, arguments: list[object], _ack_id: int | None) -> None:
        begun.append(len(begun))
        await may_end.wait()

    async with running(Server()) as server, joined(server.url) as client, joined(server.url) as other:
        server.fanout.on_other(work)
        server.fanout.on_hot("hot", lambda sid, payload, ack_id: server.fanout.send(sid, "heard", payload))
        client.writer.write(masked(b'42["slow"]') * 200)
        await until(lambda: len(begun) == MAX_UNFINISHED)
        other.send('42["hot",1]')
        assert await other.text() == '42["heard",1]'
        assert len(begun) == MAX_UNFINISHED
        may_end.set()
        await until(lambda: len(begun) == 200)


@pytest.mark.parametrize("wrong", ["42[]", "42", "2", "6", "45"])
async def test_who_sends_nothing_but_nonsense_is_shown_out(server: Server, wrong: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lanchat.core.delivery.sockets.load.MAX_REFUSED", 20)
    if not server.takes_over and wrong in {"2", "6"}:
        pytest.skip("the library drops them before we see them")
    async with joined(server.url) as client:
        for _ in range(40):
            client.send(wrong)
        await client.until_closed()
    await server.until_left(1)
