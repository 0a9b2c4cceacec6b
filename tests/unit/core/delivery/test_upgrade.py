"""What Engine.IO v4 promises to a client that moves from polling to a WebSocket."""

import asyncio

import aiohttp
import pytest

from .chat_server import PATIENCE, Server, running
from .poller import Poller
from .raw_client import RawClient, raw_client


async def upgrade(client: RawClient) -> None:
    client.send("2probe")
    assert await client.text() == "3probe"
    client.send("5")


async def test_a_polling_client_moves_to_a_websocket_and_misses_nothing(server: Server, poller: Poller):
    sid = await poller.join()
    server.fanout.publish("everybody", "before", 1)
    async with raw_client(server.url, sid=sid) as client:
        client.send("2probe")
        assert await client.text() == "3probe"
        polled = await poller.poll()
        server.fanout.publish("everybody", "during", 2)
        client.send("5")
        server.fanout.publish("everybody", "during", 3)
        client.send('42["echo","after"]')
        heard = [packet for packet in polled if packet != "6"]
        while not heard or "after" not in heard[-1]:
            heard.append(await client.text())
    assert [packet for packet in heard if packet != "6"] == [
        '42["before",1]',
        '42["during",2]',
        '42["during",3]',
        '42["echo","after"]',
    ]


async def test_a_waiting_poll_is_let_go_by_the_probe(server: Server, poller: Poller):
    sid = await poller.join()
    waiting = asyncio.create_task(poller.poll())
    await asyncio.sleep(0)
    async with raw_client(server.url, sid=sid) as client:
        client.send("2probe")
        assert await client.text() == "3probe"
        assert await waiting == ["6"]


@pytest.mark.parametrize("wrong", ["2", "3probe", "5", "40", "hello"])
async def test_a_wrong_probe_ends_the_attempt_and_polling_goes_on(server: Server, poller: Poller, wrong: str):
    sid = await poller.join()
    async with raw_client(server.url, sid=sid) as client:
        client.send(wrong)
        await client.until_closed()
    server.fanout.publish("everybody", "still", "here")
    assert '42["still","here"]' in await poller.poll()


async def test_a_second_attempt_at_the_same_time_does_not_disturb_the_first():
    async with running(Server()) as server, aiohttp.ClientSession() as http:
        sid = await Poller(http, server.url).join()
        async with raw_client(server.url, sid=sid) as first:
            first.send("2probe")
            assert await first.text() == "3probe"
            async with raw_client(server.url, sid=sid) as second:
                second.send("2probe")
                await second.until_closed()
            first.send("5")
            first.send('42["echo",1]')
            while await first.text() != '42["echo",1]':
                pass


async def test_an_attempt_that_is_given_up_leaves_polling_alone(server: Server, poller: Poller):
    sid = await poller.join()
    async with raw_client(server.url, sid=sid) as client:
        client.send("2probe")
        assert await client.text() == "3probe"
    heard: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while '42["still","here"]' not in heard:
            server.fanout.publish("everybody", "still", "here")
            heard += await poller.poll()
    assert server.left == []


async def test_a_session_that_moved_takes_neither_requests_nor_another_websocket(server: Server, poller: Poller):
    sid = await poller.join()
    async with raw_client(server.url, sid=sid) as client:
        await upgrade(client)
        client.send('42["echo",1]')
        while await client.text() == "6":
            pass
        assert await poller.say('42["echo",2]') == 400
        async with raw_client(server.url, sid=sid) as second:
            assert second.status in {400, 403}
        client.send('42["echo",3]')
        assert await client.text() == '42["echo",3]'


async def test_a_client_that_moved_from_polling_is_pinged_as_well(impatient: Server):
    async with aiohttp.ClientSession() as http:
        sid = await Poller(http, impatient.url).join()
        async with raw_client(impatient.url, sid=sid) as client:
            await upgrade(client)
            for _ in range(3):
                while await client.text() != "2":
                    pass
                client.send("3")
            assert impatient.left == []
            await client.until_closed()
    await impatient.until_left(1)
