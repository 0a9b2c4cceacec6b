"""The whole of LanChat, as it is served, must reach the fast path."""

import asyncio
import gc
from pathlib import Path

import aiohttp
from hypercorn.protocol.ws_stream import WSStream

from lanchat.app import create_app
from lanchat.config import load
from lanchat.core.server.serve import Listener, bind, serve
from lanchat.core.storage.data_folder import prepare

from .chat_server import PATIENCE, until
from .raw_client import raw_client


async def test_lanchat_takes_its_websockets_over(tmp_path: Path):
    """Fails when something between the HTTP server and the fan-out wraps what must reach it untouched, or keeps it."""
    app = create_app(prepare(load(data_dir=tmp_path, discovery=False, disk_reserve_bytes=0)))
    listening = bind("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening[0].getsockname()[1]}"
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve(app, [Listener(listening)], stop, ready.set))
    try:
        async with asyncio.timeout(PATIENCE):
            await ready.wait()
        form = {"username": "ada", "email": "", "password": "correct horse", "password2": "correct horse"}
        async with aiohttp.ClientSession() as http, http.post(f"{url}/api/auth/register", json=form) as response:
            token = (await response.json())["access_token"]
        async with raw_client(url, extensions="permessage-deflate") as client:
            assert (await client.text())[0] == "0"
            client.send(f'40{{"token":"{token}"}}')
            assert (await client.text()).startswith("40")
            assert "sec-websocket-extensions" not in client.headers
            assert app._fanout.stats.fast_sockets == 1
            assert app._fanout.stats.queued_sockets == 0
            await until(has_let_the_handshake_go)
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await serving


def has_let_the_handshake_go() -> bool:
    """Hypercorn's stream, with the request and a queue, is 8 KB."""
    return not any(isinstance(each, WSStream) for each in gc.get_objects())
