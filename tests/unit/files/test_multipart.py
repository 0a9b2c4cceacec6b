import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.core.base.errors import ChatError, TooLarge
from lanchat.files import multipart
from lanchat.files.errors import TooSlow

KIND = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
END = b"\r\n--x--\r\n"


async def pieces_of(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def content(body: AsyncIterator[bytes], kind: str = KIND) -> bytes:
    incoming = await multipart.read_file(body, kind, limit=1)
    return b"".join([data async for data in incoming.content])


async def refusal(body: AsyncIterator[bytes], kind: str) -> int | None:
    """Its status, None where the file is taken."""
    try:
        await content(body, kind)
    except ChatError as error:
        return error.status
    return None


@given(st.binary(max_size=400), st.lists(st.integers(0, 500), max_size=8))
async def test_a_file_is_the_same_however_it_is_cut(sent: bytes, cuts: list[int]):
    form = HEAD + sent.replace(b"--x", b"") + END
    edges = [0, *sorted(cut for cut in cuts if cut <= len(form)), len(form)]
    cut = [form[start:end] for start, end in pairwise(edges) if end > start]
    assert await content(pieces_of(*cut)) == sent.replace(b"--x", b"")


@pytest.mark.parametrize(
    "sent", [b"", b"a", b"\r", b"\n", b"ab\r\n", b"x\r\n-", b"\r\n--", b"-" * 9, b" " * 2000, b"--y\r\n"]
)
async def test_no_place_to_cut_it_adds_or_takes_a_byte(sent: bytes):
    form = HEAD + sent + END
    for start in range(max(len(HEAD) - 2, len(form) - 40), len(form)):
        for end in range(start, min(len(form), start + 8)):
            cut = [piece for piece in (form[:start], form[start:end], form[end:]) if piece]
            assert await content(pieces_of(*cut)) == sent, (start - len(HEAD), end - len(HEAD))
    assert await content(pieces_of(*(form[at : at + 1] for at in range(len(form))))) == sent


@given(st.lists(st.one_of(st.binary(min_size=1), st.sampled_from([HEAD, END, b"--x\r\n", b"\r\n\r\n"])), max_size=8))
async def test_no_form_is_worse_than_refused(pieces: list[bytes]):
    assert await refusal(pieces_of(*pieces), KIND) in {None, 400, 413}


@given(st.text())
async def test_no_content_type_is_worse_than_refused(kind: str):
    assert await refusal(pieces_of(HEAD, END), kind) in {None, 400, 415}


async def test_a_part_whose_head_never_ends_is_refused():
    with pytest.raises(TooLarge):
        await content(pieces_of(b"--x\r\n", *[b"A" * 1000] * 2000))


async def test_who_stops_sending_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(multipart, "PIECE_TIMEOUT", 0.05)

    async def stops() -> AsyncIterator[bytes]:
        yield HEAD
        await asyncio.Event().wait()

    with pytest.raises(TooSlow):
        await content(stops())


async def test_who_trickles_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(multipart, "PIECE_TIMEOUT", 0.2)

    async def trickles() -> AsyncIterator[bytes]:
        yield HEAD
        while True:
            await asyncio.sleep(0.01)
            yield b"x"

    async with asyncio.timeout(10):
        with pytest.raises(TooSlow):
            await content(trickles())
