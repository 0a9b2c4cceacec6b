"""Owns how an archive comes about: read in portions, written on a thread of its own, as fast as it is taken."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import orjson
from pydantic import BaseModel

from lanchat.accounts.models import User
from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.core.chat import Chat
from lanchat.exports.page_stream import PageStream
from lanchat.exports.record import attachments, path_in_archive
from lanchat.exports.tickets import Exports, Wanted
from lanchat.exports.words import Words
from lanchat.exports.zip_stream import ZipStream
from lanchat.files.schemas import stored_name
from lanchat.files.storage import path_of
from lanchat.messages.models.portions import Extent

T = TypeVar("T")
PORTION = 200  # messages; no transaction lasts longer than reading them
AT_ONCE = 25  # messages that become HTML in one go: hostile ones take a fifth of a second each
HUGE = 50_000  # messages, each of which may take 40 KB as JSON

Fields = dict[str, Any]


class Portion(NamedTuple):
    messages: list[Fields]
    names: dict[int, str]  # of those who reacted


class Maker(ABC):
    """One archive under way. `pieces` may be given up at any moment; `discard` then frees what it held."""

    def __init__(self, chat: Chat, wanted: Wanted, user: OwnUserPayload, extent: Extent) -> None:
        self.chat, self.wanted, self.user, self.extent = chat, wanted, user, extent
        self.words = Words(wanted.language, ZoneInfo(wanted.tz))
        self.now = chat.clock.now()
        self.zip = ZipStream()
        self._uploads = chat.settings.uploads_dir
        self._packed: set[str] = set()  # stored names of the files that are in it

    async def pieces(self) -> AsyncIterator[bytes]:
        """The archive, as it comes about. Raises what reading raises: then it has no end, and opens nowhere."""
        making = self.json() if self.wanted.format == "json" else self.pages()
        async for piece in making:
            yield piece
        async for piece in self.files():
            yield piece
        yield await self.do(self.zip.finish)

    @abstractmethod
    def json(self) -> AsyncIterator[bytes]: ...

    @abstractmethod
    def pages(self) -> AsyncIterator[bytes]: ...

    @abstractmethod
    def files(self) -> AsyncIterator[bytes]: ...

    def discard(self) -> None:
        self.zip.discard()

    # -- steps

    async def read(self, fn: Callable[..., T], *args: object) -> T:
        """On a thread for what is large; the transaction ends with it."""
        async with self.chat.large_answers.turn(self.wanted.user_id):
            return await self.chat.db.read(fn, *args)

    async def do(self, work: Callable[..., T], *args: object) -> T:
        return await self.chat.part(Exports).making.run(self.wanted.user_id, work, *args)

    async def begin(self, name: str) -> bytes:
        """JSON, which may become large."""
        return await self.do(partial(self.zip.begin, is_huge=self.extent.messages > HUGE), name)

    async def pack(self, files: Iterable[Fields]) -> AsyncIterator[bytes]:
        """Each file once, however often it was sent."""
        for file in files:
            name = stored_name(file["file_path"]) or ""
            if name in self._packed:
                continue
            self._packed.add(name)
            piece = await self.do(self.zip.begin_file, path_in_archive(file), path_of(self._uploads, name))
            while piece:
                yield piece
                piece = await self.do(self.zip.pass_on)

    async def schema(self, model: type[BaseModel], name: str) -> AsyncIterator[bytes]:
        """How the JSON beside it is built."""
        document = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        document |= model.model_json_schema(mode="serialization")
        yield await self.do(self.zip.begin, name)
        yield await self.do(self.zip.write, orjson.dumps(document, option=orjson.OPT_INDENT_2))

    async def draw(self, stream: PageStream, portion: Portion) -> AsyncIterator[bytes]:
        """As HTML, a few at a time: others' archives are made on the same thread."""
        for start in range(0, len(portion.messages), AT_ONCE):
            yield await self.do(self._draw, stream, portion.messages[start : start + AT_ONCE], portion.names)

    def _draw(self, stream: PageStream, messages: list[Fields], names: dict[int, str]) -> bytes:
        self.mark_missing(messages)
        return stream.add(messages, names)

    def mark_missing(self, messages: Iterable[Fields]) -> None:
        """Say of files that the host has lost them; on a thread."""
        for message in messages:
            for file in attachments(message):
                file["is_missing"] = not self.path_of(file).exists()

    def path_of(self, file: Fields) -> Path:
        return path_of(self._uploads, stored_name(file["file_path"]) or "")


def with_names(messages: list[Fields]) -> Portion:
    """With those who reacted to them; on a database thread."""
    ids = {user_id for message in messages for each in message["reactions"] for user_id in each["user_ids"]}
    return Portion(messages, User.names_of(ids) if ids else {})


def opened(head: Fields, first: str) -> bytes:
    """A JSON object whose last list goes on, one element a line."""
    return orjson.dumps(head)[:-1] + b',\n"' + first.encode() + b'":['


def elements(rows: Iterable[Fields], *, is_first: bool) -> bytes:
    """Of such a list."""
    lines = b",\n".join(orjson.dumps(row) for row in rows)
    return lines if is_first or not lines else b",\n" + lines
