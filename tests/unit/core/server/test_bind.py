"""The sockets that `serve.bind` makes."""

import asyncio
import socket

from lanchat.core.server.serve import bind


async def test_small_answers_are_sent_at_once():
    """Otherwise the second half of each answer waits for the acknowledgement of the first: 40 ms a request."""
    (listening,) = bind("127.0.0.1", 0)
    accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def look(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(look, sock=listening), asyncio.timeout(10):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        assert await accepted
        writer.close()
        await writer.wait_closed()
