"""Ten guests who do the worst they can, each in a way of their own, until their time is over.

python -m tests.load.hostile_guests URL SECONDS     says at the end what each has tried, as JSON
"""

import asyncio
import contextlib
import json
import os
import random
import struct
import sys
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from tests.files import upload
from tests.people import ENGLISH, People, Person, people_at

AT_ONCE = 6  # requests of one of them: as many as a browser sends
TEXT = "字" * 10_000
EVENTS = 200  # in one go


@dataclass
class Hostile:
    """One of them. What fails is tried again: being refused is what they are for."""

    person: Person
    end: float  # monotonic s
    tries: int = 0
    refused: int = 0

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self.end

    async def over_and_over(self, act: Callable[[], Awaitable[int]], at_once: int = AT_ONCE) -> None:
        """`act` returns a status, 0 for none."""

        async def go_on() -> None:
            while self.goes_on:
                status = 599
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError, ValueError):
                    async with asyncio.timeout(max(0.1, self.end - time.monotonic())):
                        status = await act()
                self.tries += 1
                self.refused += status >= 400
                await asyncio.sleep(0)

        await asyncio.gather(*(go_on() for _ in range(at_once)))

    async def get(self, *paths: str) -> int:
        return (await self.person.get(random.choice(paths))).status

    @contextlib.asynccontextmanager
    async def socket(self, token: str | None = None):
        address = self.person.url + "/socket.io/?EIO=4&transport=websocket"
        async with self.person.http.ws_connect(address, max_msg_size=0) as socket:
            await socket.receive_str()
            await socket.send_str("40" + json.dumps({"token": token or self.person.token, "presence": "ids"}))
            await socket.receive_str()
            yield socket


async def flood_of_nonsense(mine: Hostile) -> None:
    async def act() -> int:
        async with mine.socket() as socket:
            while mine.goes_on and not socket.closed:
                for _ in range(EVENTS):
                    await socket.send_str('42["nope",{}]')
                with contextlib.suppress(TimeoutError):
                    while (await socket.receive(0.001)).type is aiohttp.WSMsgType.TEXT:
                        mine.tries += 1
        return 429

    await mine.over_and_over(act, 3)


async def flood_of_events(mine: Hostile) -> None:
    lobby = (await mine.person.lobby())["id"]

    async def act() -> int:
        async with mine.socket() as socket:
            number = 0
            while mine.goes_on and not socket.closed:
                for name in ("typing_start", "typing_stop", "mark_read", "mark_delivered", "join_room"):
                    number += 1
                    await socket.send_str(f'42{number}["{name}",{{"room_id":{lobby},"seq":{number}}}]')
                    await socket.receive(5)
                    mine.tries += 1
        return 429

    await mine.over_and_over(act, 3)


async def sync_storm(mine: Hostile) -> None:
    rooms = [(await mine.person.lobby())["id"]]
    for number in range(25):
        answer = await mine.person.post("/api/rooms/", {"name": f"{mine.person.name} {number}", "is_private": False})
        if answer.status == 201:
            rooms.append(answer.body["id"])
            await mine.person.post(f"/api/messages/{rooms[-1]}", {"content": TEXT})
    wanted = json.dumps({"rooms": {str(room): 0 for room in rooms}})

    async def act() -> int:
        async with mine.socket() as socket:
            while mine.goes_on and not socket.closed:
                for number in range(20):
                    await socket.send_str(f'42{number}["sync",{wanted}]')
                for _ in range(20):
                    await socket.receive(20)
                    mine.tries += 1
        return 429

    await mine.over_and_over(act, 3)


async def long_messages(mine: Hostile) -> None:
    lobby = (await mine.person.lobby())["id"]

    async def act() -> int:
        return (await mine.person.post(f"/api/messages/{lobby}", {"content": TEXT})).status

    await mine.over_and_over(act)


async def dear_requests(mine: Hostile) -> None:
    lobby = (await mine.person.lobby())["id"]
    paths = ("/api/rooms/", f"/api/rooms/{lobby}/members?limit=500", f"/api/messages/{lobby}?limit=100&skip=1000")
    more = ("/api/messages/overview", "/api/addresses", "/openapi.json", "/", "/api/nearby", "/api/auth/sessions")
    await mine.over_and_over(lambda: mine.get(*paths, *more))


def pieces(count: int) -> bytes:
    """A picture of one pixel, made of so many chunks."""

    def chunk(kind: bytes, data: bytes = b"") -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = b"\x89PNG\r\n\x1a\n" + head + chunk(b"qqQq") * count
    return picture + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND")


async def pictures(mine: Hostile) -> None:
    contents = (pieces(19_000), pieces(800_000), bytes(9 << 20))

    async def act() -> int:
        return (await upload(mine.person, random.choice(contents), "picture.png")).status

    await mine.over_and_over(act)


async def wrong_passwords(mine: Hostile) -> None:
    room = await mine.person.make_room(password="12345678")
    form = aiohttp.FormData({"username": "LanChat", "password": "guess"})

    async def act() -> int:
        answers = (
            mine.person.post("/api/auth/login", data=form()),
            mine.person.put(f"/api/rooms/{room['id']}", {"password": f"{random.random()}"}),
            mine.person.post(f"/api/rooms/{room['id'] - 1}/join", {"password": "0000"}),
            mine.person.post("/api/invites/read", {"code": "AAAA-AAAA-AAAA"}),
        )
        return max(answer.status for answer in await asyncio.gather(*answers))

    await mine.over_and_over(act, 3)


async def reconnecting(mine: Hostile) -> None:
    async def act() -> int:
        if random.random() < 0.5:
            return await mine.get("/socket.io/?EIO=4&transport=polling")
        async with mine.socket() as socket:
            await socket.close()
        return 101

    await mine.over_and_over(act)


async def huge_forms(mine: Hostile) -> None:
    form = b"username=a&password=b&" + b"a&" * 500_000
    kinds = (("/api/auth/login", "application/x-www-form-urlencoded"), ("/api/auth/register", "application/json"))

    async def act() -> int:
        path, kind = random.choice(kinds)
        return (await mine.person.request("POST", path, data=form, headers={"Content-Type": kind})).status

    await mine.over_and_over(act)


async def never_reading(mine: Hostile) -> None:
    """Asks for all there is, and takes none of it."""
    lobby = (await mine.person.lobby())["id"]

    async def act() -> int:
        async with mine.socket() as socket:
            for number in range(100):
                await socket.send_str(f'42{number}["sync",{{"rooms":{{"{lobby}":0}}}}]')
            await asyncio.sleep(min(6.0, max(0.0, mine.end - time.monotonic())))
        return 200

    await mine.over_and_over(act)


WAYS = (
    flood_of_nonsense,
    flood_of_events,
    sync_storm,
    long_messages,
    dear_requests,
    pictures,
    wrong_passwords,
    reconnecting,
    huge_forms,
    never_reading,
)


async def guest(people: People) -> Person:
    found = people.newcomer("hostile")
    # Of other addresses than those of the program that measures.
    await found.http.close()
    found = Person(people.url, f"h{found.name}", found.address.replace("127.", "127.1", 1))
    people.all.append(found)
    async with found.http.post(
        found.url + "/api/auth/guest", json={"username": found.name}, headers=ENGLISH
    ) as response:
        found.token = (await response.json())["access_token"]
    return found


async def run(url: str, seconds: float) -> dict[str, dict[str, int]]:
    end = time.monotonic() + seconds
    async with people_at(url) as people:
        all_of_them = {way: Hostile(await guest(people), end) for way in WAYS}
        tasks = [asyncio.create_task(way(mine)) for way, mine in all_of_them.items()]
        _, late = await asyncio.wait(tasks, timeout=max(0.0, end - time.monotonic()) + 2)
        for task in late:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for way, outcome in zip(WAYS, outcomes, strict=True):
            if isinstance(outcome, Exception):
                sys.stderr.write(f"{way.__name__}: {outcome!r}\n")
    return {way.__name__: {"tries": mine.tries, "refused": mine.refused} for way, mine in all_of_them.items()}


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(19)
    sys.stdout.write(json.dumps(asyncio.run(run(sys.argv[1], float(sys.argv[2])))))
