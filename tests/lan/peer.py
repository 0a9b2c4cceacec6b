"""Runs a part of discovery in a test's namespace; ends when its standard input does."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourites
from lanchat.discovery.mdns import Advertiser
from lanchat.discovery.multicast import Multicast, advertised
from lanchat.discovery.nearby import Nearby
from lanchat.discovery.search import search


def say(**fields: Any) -> None:
    sys.stdout.write(json.dumps({"at": time.monotonic(), **fields}) + "\n")
    sys.stdout.flush()


async def orders() -> "asyncio.StreamReader":
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def advertise(name: str, identity: str) -> None:
    """Every line that comes in is a change of the announcement."""
    multicast = Multicast()
    await multicast.start()
    advertiser = Advertiser(multicast, Announcement(id=identity, name=name, version="1", port=8000, https_port=8443))
    advertiser.start()
    say(started=True)
    telling = asyncio.gather(tell_names(advertiser), tell_addresses(multicast))
    async for line in await orders():
        advertiser.update(**json.loads(line))
    telling.cancel()
    await advertiser.stop()
    say(said_goodbye=True)
    await multicast.stop()


async def tell_names(advertiser: Advertiser) -> None:
    await advertiser.announced()
    told = None
    while True:
        if advertiser.host_name not in {told, None}:
            told = advertiser.host_name
            say(host_name=told)
        await asyncio.sleep(0.05)


async def tell_addresses(multicast: Multicast) -> None:
    told = None
    while True:
        current = [address.ip for address in advertised(multicast.addresses)]
        if current != told:
            told = current
            say(addresses=told)
        await asyncio.sleep(0.05)


async def look(favourites: str) -> None:
    """Says the list of hosts whenever it changes."""
    multicast = Multicast()
    await multicast.start()
    nearby = Nearby(
        multicast, Favourites(Path(favourites)), lambda: say(hosts=[host.as_json() for host in nearby.hosts])
    )
    nearby.start()
    say(started=True)
    async for _ in await orders():
        pass
    await nearby.stop()
    await multicast.stop()


async def answer(identity: str, port: str) -> None:
    """Answers as a host's web server does, and announces nothing."""
    info = json.dumps({"installation_id": identity, "name": identity, "version": "1"})
    reply = f"HTTP/1.1 200 OK\r\nContent-Length: {len(info)}\r\nConnection: close\r\n\r\n{info}".encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, None, int(port))
    say(started=True)
    async for _ in await orders():
        pass
    server.close()


async def find(favourites: str, seconds: str) -> None:
    hosts = await search(float(seconds), Favourites(Path(favourites)))
    say(hosts=[host.as_json() for host in hosts])


COMMANDS = {"look": look, "answer": answer, "search": find, "advertise": advertise}

if __name__ == "__main__":
    asyncio.run(COMMANDS[sys.argv[1]](*sys.argv[2:]))
