"""What RFC 6455 demands of a connection that we took over."""

import pytest

from .chat_server import Server, running
from .raw_client import CLOSE, CONTINUATION, FIN, PING, PONG, TEXT, joined, masked


async def test_a_websocket_ping_is_answered_with_its_payload(server: Server):
    async with joined(server.url) as client:
        client.writer.write(masked(b"are you there", FIN | PING))
        assert await client.frame() == (FIN | PONG, b"are you there")


async def test_a_message_may_come_in_fragments(server: Server):
    async with joined(server.url) as client:
        for first, piece in ((TEXT, b'42["ec'), (CONTINUATION, b'ho","'), (FIN, '片段"]'.encode())):
            client.writer.write(masked(piece, first))
        assert await client.text() == '42["echo","片段"]'


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (b"\x81\x0142", 1002),  # not masked
        (masked(b"x", 0xC1), 1002),
        (masked(b"x", FIN | 3), 1002),
        (masked(b"x", FIN | CONTINUATION), 1002),
        (masked(b"\x00", FIN | CLOSE), 1002),
        (masked(b"4\xff"), 1007),
        (masked(b"x" * (1 << 20))[:14], 1009),
    ],
)
async def test_a_violation_is_answered_with_its_close_code(wrong: bytes, code: int):
    async with running(Server()) as server, joined(server.url) as client:
        client.writer.write(wrong if code != 1009 else wrong[:2] + (1 << 21).to_bytes(8, "big") + bytes(4))
        assert await client.until_closed() == code
