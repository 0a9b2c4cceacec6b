"""Makes the archive of all that is mine: profile, preferences, rooms, what I keep, my files, and what I said myself."""

from collections.abc import AsyncIterator
from html import escape
from typing import Any
from urllib.parse import quote

from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.core.chat import Chat
from lanchat.exports.archives import VERSION, ExportedOwnRoom, ExportedProfile, OwnArchive
from lanchat.exports.making import PORTION, Fields, Maker, Portion, elements, opened, with_names
from lanchat.exports.page import foot, head
from lanchat.exports.page_stream import PageStream
from lanchat.exports.record import path_in_archive, record, record_of_file
from lanchat.exports.tickets import Wanted
from lanchat.files.models import Attachment
from lanchat.messages.models import Message
from lanchat.messages.models.portions import Extent, portion_of_author
from lanchat.messages.models.verbs import Saved
from lanchat.rooms.schemas.outgoing import RoomPayload


class OwnMaker(Maker):
    def __init__(
        self, chat: Chat, wanted: Wanted, user: OwnUserPayload, rooms: list[RoomPayload], extent: Extent
    ) -> None:
        super().__init__(chat, wanted, user, extent)
        self.rooms = rooms
        self._names = {room.id: room.name for room in rooms}

    async def json(self) -> AsyncIterator[bytes]:
        do = self.do
        top: dict[str, Any] = {
            "format": "lanchat-me",
            "version": VERSION,
            "host": self.chat.host.name,
            "exported_at": self.now,
            "profile": self.user.model_dump(include=set(ExportedProfile.model_fields)),
            "preferences": self.user.preferences.model_dump(),
            "rooms": [room.model_dump(include=set(ExportedOwnRoom.model_fields)) for room in self.rooms],
        }
        yield await self.begin("me.json")
        yield await do(self.zip.write, opened(top, "saved"))
        lists = {"files": self._own_files(), "messages": self._said()}
        first = True
        async for saved in self._saved():
            yield await do(self._write, [_saved_record(each) for each in saved], first)
            first = False
        for name, portions in lists.items():
            yield await do(self.zip.write, f'],\n"{name}":[\n'.encode())
            first = True
            async for rows in portions:
                yield await do(self._write, rows, first)
                first = False
        yield await do(self.zip.write, b"\n]}\n")
        async for piece in self.schema(OwnArchive, "me.schema.json"):
            yield piece

    async def pages(self) -> AsyncIterator[bytes]:
        do, say = self.do, self.words.say
        stream = PageStream(self.zip, self.words, say("mine"), self._notes(), self.extent.messages)
        yield await do(stream.begin)
        if stream.is_single:
            yield await do(self.zip.write, self._about())
        async for portion in self._portions():
            async for piece in self.draw(stream, portion):
                yield piece
        yield await do(stream.end)
        if not stream.is_single:
            page = head(self.words, say("mine"), *self._notes()) + self._about() + stream.contents()
            yield await do(self.zip.begin, "index.html")
            yield await do(self.zip.write, page)
        async for piece in self._pages_of_rest():
            yield piece
        yield await do(self.zip.write, foot())

    async def files(self) -> AsyncIterator[bytes]:
        async for files in self._uploads_of_mine():
            async for piece in self.pack(files):
                yield piece

    # -- reading

    async def _portions(self) -> AsyncIterator[Portion]:
        after = 0
        while True:
            portion = await self.read(self._portion, after)
            if not portion.messages:
                return
            yield portion
            after = portion.messages[-1]["id"]

    def _portion(self, after: int) -> Portion:
        found = portion_of_author(self.wanted.user_id, after, self.extent.up_to, PORTION)
        return with_names([self._as_mine(fields) for fields in found])

    def _as_mine(self, fields: Fields) -> Fields:
        """What others said isn't mine, in quotes neither; numbers of several rooms mean nothing side by side."""
        name = self._names.get(fields["room_id"], "")
        return {**fields, "reply_to": None, "room": name, "place": fields["seq"], "seq": fields["id"]}

    async def _said(self) -> AsyncIterator[list[Fields]]:
        async for portion in self._portions():
            yield [record({**fields, "seq": fields["place"]}) for fields in portion.messages]

    async def _uploads_of_mine(self) -> AsyncIterator[list[Fields]]:
        after = 0
        while True:
            rows = await self.read(Attachment.of_uploader, self.wanted.user_id, after, PORTION)
            if not rows:
                return
            yield [payload.model_dump() for _, payload in rows]
            after = rows[-1][0]

    async def _own_files(self) -> AsyncIterator[list[Fields]]:
        async for files in self._uploads_of_mine():
            yield [record_of_file(file) for file in files]

    async def _saved(self) -> AsyncIterator[list[tuple[str, Fields]]]:
        after: tuple[str, int] | None = None
        while True:
            found, after = await self.read(self._saved_portion, after)
            if found:
                yield found
            if after is None:
                return

    def _saved_portion(self, after: tuple[str, int] | None) -> tuple[list[tuple[str, Fields]], tuple[str, int] | None]:
        rows = Saved.list_of(self.wanted.user_id, after, PORTION)
        readable = Message.readable_among([message_id for message_id, _ in rows], self.wanted.user_id)
        found = [(at, readable[message_id].model_dump()) for message_id, at in rows if message_id in readable]
        return found, (rows[-1][1], rows[-1][0]) if len(rows) == PORTION else None

    # -- writing, on a thread

    def _write(self, rows: list[Fields], is_first: bool) -> bytes:
        return self.zip.write(elements(rows, is_first=is_first))

    def _notes(self) -> list[str]:
        say = self.words.say
        made = say("made", host=self.chat.host.name, when=self.words.when(self.now), name=self.user.username)
        return [made, say("zone", zone=self.wanted.tz), say("messages", count=self.extent.messages), say("mine_note")]

    def _about(self) -> str:
        say = self.words.say
        user = self.user
        told = {
            "username": user.username,
            "display_name": user.display_name,
            "email": user.email,
            "real_name": user.real_name,
            "bio": user.bio,
            "created_at": self.words.when(user.created_at),
        }
        profile = "".join(
            f"<dt>{escape(say(f'profile_{name}'))}</dt><dd dir=auto>{escape(value)}</dd>"
            for name, value in told.items()
            if value
        )
        rooms = "".join(f'<li><span dir="auto">{escape(room.name)}</span></li>' for room in self.rooms)
        return (
            f"<h2>{escape(say('profile'))}</h2><dl>{profile}</dl>"
            f'<h2>{escape(say("rooms"))}</h2><ul class="people">{rows_or_none(rooms, say("none"))}</ul>'
            f"<h2>{escape(say('said'))}</h2>"
        )

    async def _pages_of_rest(self) -> AsyncIterator[bytes]:
        """What I keep, and my files."""
        do, say = self.do, self.words.say
        yield await do(self.zip.write, f'<h2>{escape(say("saved"))}</h2><ul class="people">')
        async for saved in self._saved():
            yield await do(self.zip.write, "".join(self._saved_row(*each) for each in saved))
        yield await do(self.zip.write, f'</ul><h2>{escape(say("files"))}</h2><ul class="people">')
        async for files in self._uploads_of_mine():
            yield await do(self.zip.write, "".join(self._file_row(file) for file in files))
        yield await do(self.zip.write, "</ul>")

    def _saved_row(self, _at: str, fields: Fields) -> str:
        name = fields["display_name"] or fields["username"]
        words = record(fields)["content"] or (fields["attachment"] or {}).get("filename", "")
        when = self.words.when(fields["timestamp"])
        return (
            f'<li><span dir="auto"><b>{escape(name)}</b> {escape(words)}</span>'
            f'<span class="soft">{escape(when)}</span></li>'
        )

    def _file_row(self, file: Fields) -> str:
        name, size = escape(file["filename"]), escape(self.words.size(file["file_size"]))
        if not self.path_of(file).exists():
            return f'<li><bdi>{name}</bdi><span class="soft">{escape(self.words.say("missing"))}</span></li>'
        path = escape(quote(path_in_archive(file)))
        return f'<li><a href="{path}" download><bdi>{name}</bdi></a><span class="soft">{size}</span></li>'


def rows_or_none(rows: str, none: str) -> str:
    return rows or f'<li class="soft">{escape(none)}</li>'


def _saved_record(saved: tuple[str, Fields]) -> Fields:
    """Others' files aren't mine to take: what they are called stays, where they lie doesn't."""
    at, fields = saved
    message = record(fields)
    return {"saved_at": at, "message": {**message, "attachments": [], "reactions": []}}
