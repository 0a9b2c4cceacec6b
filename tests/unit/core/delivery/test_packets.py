"""What happens to packets that are no events of ours: answered, and the client stays."""

import pytest

from .chat_server import Server
from .raw_client import BINARY, FIN, joined, masked


async def test_a_binary_event_is_refused_once_with_its_acknowledgement(server: Server):
    async with joined(server.url) as client:
        for packet, answer in (('452-7["echo",{},{}]', '437[{"ok":false'), ('452-["echo",{},{}]', '42["error"')):
            client.send(packet)
            for _ in range(2):
                client.writer.write(masked(b"\x01\x02", FIN | BINARY))
            client.send('42["echo",1]')
            refusal = await client.text()
            assert refusal.startswith(answer)
            assert "invalid_input" in refusal
            assert await client.text() == '42["echo",1]'


@pytest.mark.parametrize(
    "wrong",
    [
        "42",
        "42{}",
        "42[]",
        "42[1]",
        "42[null,1]",
        '42"text"',
        '42["send_message"',
        '42["send_message",]',
        '42["send_message",1] ',
        '42["send_message","\\ud800"]',
        '42["connect",{}]',
        '42["disconnect"]',
        "42[" * 5000,
        "4299999999999999999999999999999[]",
        '4511-["echo",1]',
        '451-["echo",{"_placeholder":true,"num":0}]',
        "45",
        "46",
        '44{"message":"no"}',
        "47",
        "4",
        "4x",
        "40{",
    ],
)
async def test_a_malformed_packet_is_answered_and_the_client_stays(server: Server, wrong: str):
    server.fanout.on_hot("send_message", lambda sid, payload, ack_id: server.fanout.send(sid, "sent", payload))
    async with joined(server.url) as client:
        client.send(wrong)
        answer = await client.text()
        assert answer.startswith('42["sent"' if wrong.endswith("] ") else '42["error",'), answer
        client.send('42["echo","still here"]')
        assert await client.text() == '42["echo","still here"]'
    assert len(server.sids) == 1
