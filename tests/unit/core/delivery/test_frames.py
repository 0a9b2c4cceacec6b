import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.core.delivery.sockets.frames import FrameReader, Message, Opcode, ProtocolViolation, close_frame, frame

from .raw_client import BINARY, CLOSE, CONTINUATION, FIN, PING, PONG, TEXT, masked

MAX = 1 << 20
PROTOCOL_ERROR, INVALID_DATA, TOO_BIG = 1002, 1007, 1009


def read(*chunks: bytes, max_size: int = MAX) -> list[Message]:
    reader = FrameReader(max_size)
    messages = (message for chunk in chunks for message in reader.feed(chunk))
    return [message for message in messages if message[0] != CONTINUATION]


def refused(data: bytes, max_size: int = MAX) -> int:
    with pytest.raises(ProtocolViolation) as violation:
        read(data, max_size=max_size)
    return violation.value.close_code


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, MAX])
@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_a_message_of_any_size_is_read(size: int, opcode: int):
    assert read(masked(b"x" * size, FIN | opcode)) == [(opcode, b"x" * size)]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536])
def test_what_we_write_has_the_shortest_head(size: int):
    head = 2 if size < 126 else 4 if size < 65536 else 10
    written = frame(b"x" * size)
    assert len(written) == head + size
    assert written[0] == FIN | TEXT


def test_a_close_frame_carries_its_code():
    assert close_frame(1002) == b"\x88\x02\x03\xea"


@pytest.mark.parametrize("first", [0xC1, 0xA1, 0x91, 0xF1, 0xC9])
def test_reserved_bits_are_refused(first: int):
    assert refused(masked(b"x", first)) == PROTOCOL_ERROR


@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
def test_reserved_opcodes_are_refused(opcode: int):
    assert refused(masked(b"", FIN | opcode)) == PROTOCOL_ERROR


def test_an_unmasked_frame_is_refused():
    assert refused(frame(b"hello")) == PROTOCOL_ERROR


@pytest.mark.parametrize("opcode", [CLOSE, PING, PONG])
def test_a_fragmented_control_frame_is_refused(opcode: int):
    assert refused(masked(b"", opcode)) == PROTOCOL_ERROR


@pytest.mark.parametrize("opcode", [CLOSE, PING, PONG])
def test_a_long_control_frame_is_refused(opcode: int):
    assert refused(masked(b"\x03\xe8" + b"x" * 124, FIN | opcode)) == PROTOCOL_ERROR


@pytest.mark.parametrize("payload", [b"", b"x", b"x" * 125])
def test_a_ping_keeps_its_payload(payload: bytes):
    assert read(masked(payload, FIN | PING)) == [(PING, payload)]


@pytest.mark.parametrize(
    "head",
    [
        b"\xfe\x00\x7d",  # 125 in two bytes
        b"\xff" + (125).to_bytes(8, "big"),
        b"\xff" + (65535).to_bytes(8, "big"),
        b"\xff\x80" + bytes(7),  # the highest bit
    ],
)
def test_a_length_that_is_not_in_its_shortest_form_is_refused(head: bytes):
    assert refused(bytes((FIN | BINARY,)) + head + bytes(4)) == PROTOCOL_ERROR


def test_a_message_over_the_limit_is_refused_before_it_arrives():
    assert refused(masked(b"x" * 200, FIN | TEXT)[:8], max_size=199) == TOO_BIG


@pytest.mark.parametrize("piece", [1, 64, 126])
def test_fragments_over_the_limit_are_refused(piece: int):
    pieces = masked(b"x" * piece, TEXT) + masked(b"x" * piece, CONTINUATION) * 200
    assert refused(pieces, max_size=199) == TOO_BIG


def test_a_ping_between_large_fragments_does_not_count():
    pieces = masked(b"x" * 199, BINARY) + masked(b"y" * 100, FIN | PING) + masked(b"", FIN)
    assert read(pieces, max_size=199) == [(PING, b"y" * 100), (BINARY, b"x" * 199)]


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_fragments_become_one_message_and_pings_come_between(opcode: int):
    pieces = (
        masked(b"4one ", opcode),
        masked(b"ping", FIN | PING),
        masked(b"", CONTINUATION),
        masked(b"two", FIN | CONTINUATION),
        masked(b"4after"),
    )
    assert read(*pieces) == [(PING, b"ping"), (opcode, b"4one two"), (TEXT, b"4after")]


def test_a_continuation_of_nothing_is_refused():
    assert refused(masked(b"x", FIN | CONTINUATION)) == PROTOCOL_ERROR
    assert refused(masked(b"x") + masked(b"x", FIN | CONTINUATION)) == PROTOCOL_ERROR


@pytest.mark.parametrize("first", [TEXT, BINARY, FIN | TEXT, FIN | BINARY])
def test_a_message_inside_a_message_is_refused(first: int):
    assert refused(masked(b"x", TEXT) + masked(b"y", first)) == PROTOCOL_ERROR


@pytest.mark.parametrize(
    "text",
    [
        b"\xff",
        b"\xc3",  # cut off
        b"\xed\xa0\x80",  # a surrogate
        b"\xc0\xaf",  # overlong
        b"\xf4\x90\x80\x80",  # beyond Unicode
        "中文".encode()[:-1],
    ],
)
def test_text_that_is_not_utf8_is_refused(text: bytes):
    assert refused(masked(text)) == INVALID_DATA
    assert refused(masked(text, TEXT) + masked(b"", FIN)) == INVALID_DATA
    assert read(masked(text, FIN | BINARY)) == [(BINARY, text)]


def test_a_character_may_be_cut_by_fragments():
    text = "聊天🎉".encode()
    for cut in range(len(text)):
        assert read(masked(text[:cut], TEXT) + masked(text[cut:], FIN)) == [(TEXT, text)]


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1014, 3000, 3999, 4999])
def test_a_close_code_of_the_registry_is_taken(code: int):
    payload = code.to_bytes(2, "big") + "再见".encode()
    assert read(masked(payload, FIN | CLOSE)) == [(CLOSE, payload)]
    assert read(masked(b"", FIN | CLOSE)) == [(CLOSE, b"")]


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
def test_any_other_close_code_is_refused(code: int):
    assert refused(masked(code.to_bytes(2, "big"), FIN | CLOSE)) == PROTOCOL_ERROR


def test_half_a_close_code_is_refused():
    assert refused(masked(b"\x03", FIN | CLOSE)) == PROTOCOL_ERROR


def test_a_close_reason_is_utf8():
    assert refused(masked(b"\x03\xe8\xff", FIN | CLOSE)) == INVALID_DATA


def outcome(*chunks: bytes) -> tuple[list[Message], int | None]:
    """What was read, and the close code of the violation that ended it."""
    reader, messages = FrameReader(1000), []
    try:
        for chunk in chunks:
            messages.extend(reader.feed(chunk))
    except ProtocolViolation as violation:
        return messages, violation.close_code
    return messages, None


def test_what_came_before_a_violation_is_delivered():
    assert outcome(masked(b"4good") + frame(b"bad")) == ([(TEXT, b"4good")], PROTOCOL_ERROR)


FRAME = st.builds(
    masked,
    st.binary(max_size=140),
    st.one_of(st.sampled_from([0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8A]), st.integers(0, 255)),
    st.binary(min_size=4, max_size=4),
)


@given(st.lists(st.one_of(FRAME, FRAME, st.binary(max_size=20)), max_size=6), st.lists(st.integers(0, 40), max_size=30))
def test_any_bytes_are_read_the_same_however_the_network_cuts_them(pieces: list[bytes], cuts: list[int]):
    data = b"".join(pieces)
    chunks, start = [], 0
    for cut in cuts:
        chunks.append(data[start : start + cut])
        start += cut
    assert outcome(*chunks, data[start:]) == outcome(data)


MESSAGES = st.lists(
    st.tuples(st.sampled_from([TEXT, BINARY, PING]), st.text(max_size=100), st.lists(st.integers(0, 30), max_size=4)),
    max_size=8,
)


@given(MESSAGES, st.binary(min_size=4, max_size=4), st.integers(1, 50))
def test_every_message_survives_masks_fragments_and_packets(
    messages: list[tuple[int, str, list[int]]], mask: bytes, step: int
):
    sent, expected = b"", []
    for opcode, words, cuts in messages:
        payload = words.encode()[: 125 if opcode == PING else None]
        payload = payload.decode("utf-8", "ignore").encode()
        expected.append((opcode, payload))
        if opcode == PING:
            sent += masked(payload, FIN | PING, mask)
            continue
        first = opcode
        for cut in cuts:
            sent += masked(payload[:cut], first, mask)
            payload, first = payload[cut:], CONTINUATION
        sent += masked(payload, FIN | first, mask)
    chunks = [sent[start : start + step] for start in range(0, len(sent), step)]
    assert read(*chunks) == expected


def test_a_megabyte_that_drips_in_is_not_copied_at_every_byte():
    reader = FrameReader(MAX)
    sent = memoryview(masked(bytes(MAX), FIN | BINARY))
    looked = 0
    for start in range(0, len(sent), 16):
        for opcode, payload in reader.feed(bytes(sent[start : start + 16])):
            assert opcode == Opcode.BINARY
            looked += len(payload)
    assert looked == MAX
