"""A client that polls, request by request."""

import asyncio
import json

import aiohttp

from .chat_server import PATIENCE


class Poller:
    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, f"{url}/socket.io/?EIO=4&transport=polling"

    async def poll(self) -> list[str]:
        async with asyncio.timeout(PATIENCE), self.http.get(self.url) as response:
            assert response.status == 200
            return (await response.text()).split("\x1e")

    async def say(self, packets: str | bytes) -> int:
        async with asyncio.timeout(PATIENCE), self.http.post(self.url, data=packets) as response:
            return response.status

    async def join(self) -> str:
        (opened,) = await self.poll()
        sid = json.loads(opened[1:])["sid"]
        self.url += f"&sid={sid}"
        await self.say("40")
        (connected,) = await self.poll()
        assert connected.startswith("40")
        return sid
