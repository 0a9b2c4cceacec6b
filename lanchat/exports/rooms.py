"""Makes the archive of a room, as the member who asks may read it: what changes meanwhile is as it is by then."""

from collections.abc import AsyncIterator
from html import escape
from typing import Any

from lanchat.accounts.schemas.outgoing import OwnUserPayload
from lanchat.core.chat import Chat
from lanchat.exports.archives import VERSION, ExportedMember, ExportedRoom, RoomArchive
from lanchat.exports.making import PORTION, Maker, Portion, elements, opened, with_names
from lanchat.exports.markup import shown_name
from lanchat.exports.page import foot, head
from lanchat.exports.page_stream import PageStream
from lanchat.exports.record import attachments, record
from lanchat.exports.tickets import Wanted
from lanchat.messages.models.portions import Extent, portion_of_room
from lanchat.rooms.authorise import authorise
from lanchat.rooms.models.members import members_of
from lanchat.rooms.permissions import Action
from lanchat.rooms.schemas.outgoing import RoomPayload

LISTED = 100  # members in one read
NAMED = 300  # members at the end of a page


class RoomMaker(Maker):
    def __init__(self, chat: Chat, wanted: Wanted, user: OwnUserPayload, room: RoomPayload, extent: Extent) -> None:
        super().__init__(chat, wanted, user, extent)
        self.room = room

    async def json(self) -> AsyncIterator[bytes]:
        do = self.do
        yield await self.begin("room.json")
        first = True
        top = {
            "format": "lanchat-room",
            "version": VERSION,
            "host": self.chat.host.name,
            "exported_at": self.now,
            "exported_by": self.user.username,
            "room": self.room.model_dump(include=set(ExportedRoom.model_fields)),
        }
        yield await do(self.zip.write, opened(top, "members"))
        async for members in self._members():
            yield await do(self.zip.write, elements(members, is_first=first))
            first = False
        yield await do(self.zip.write, b'],\n"messages":[\n')
        first = True
        async for portion in self._portions():
            yield await do(self._write_records, portion, first)
            first = False
        yield await do(self.zip.write, b"\n]}\n")
        async for piece in self.schema(RoomArchive, "room.schema.json"):
            yield piece

    async def pages(self) -> AsyncIterator[bytes]:
        do = self.do
        stream = PageStream(self.zip, self.words, self.room.name, self._notes(), self.extent.messages)
        yield await do(stream.begin)
        async for portion in self._portions():
            async for piece in self.draw(stream, portion):
                yield piece
        yield await do(stream.end)
        people = [member async for members in self._members(NAMED) for member in members]
        yield await do(self._finish, stream, people)

    async def files(self) -> AsyncIterator[bytes]:
        async for portion in self._portions(with_files=True):
            files = [file for message in portion.messages for file in attachments(message)]
            async for piece in self.pack(files):
                yield piece

    # -- reading

    async def _portions(self, *, with_files: bool = False) -> AsyncIterator[Portion]:
        after = 0
        while True:
            portion = await self.read(self._portion, after, with_files)
            if not portion.messages:
                return
            yield portion
            after = portion.messages[-1]["seq"]

    def _portion(self, after: int, with_files: bool) -> Portion:
        """Raises NotAMember or RoomNotFound once they may read no more."""
        assert self.wanted.room_id is not None
        standing = authorise(self.wanted.user_id, Action.READ, self.wanted.room_id, self.chat.clock.now())
        after = max(after, standing.hidden_seq)
        up_to = self.extent.up_to
        return with_names(portion_of_room(self.wanted.room_id, after, up_to, PORTION, with_files=with_files))

    async def _members(self, most: int | None = None) -> AsyncIterator[list[dict[str, Any]]]:
        skip = 0
        while most is None or skip < most:
            found, count = await self.read(members_of, self.room.id, skip, LISTED, self.now)
            if found:
                yield [each.model_dump(include=set(ExportedMember.model_fields)) for each in found]
            skip += LISTED
            if skip >= count:
                return

    # -- writing, on a thread

    def _write_records(self, portion: Portion, is_first: bool) -> bytes:
        return self.zip.write(elements(map(record, portion.messages), is_first=is_first))

    def _notes(self) -> list[str]:
        say = self.words.say
        made = say(
            "made", host=self.chat.host.name, when=self.words.when(self.now), name=shown_name(self.user.model_dump())
        )
        return [self.room.description or "", made, say("zone", zone=self.wanted.tz), self._count()]

    def _count(self) -> str:
        return self.words.say("messages", count=self.extent.messages)

    def _finish(self, stream: PageStream, people: list[dict[str, Any]]) -> bytes:
        say = self.words.say
        rows = "".join(
            f'<li><span dir="auto">{escape(shown_name(each))}</span>'
            f'<span class="soft">{escape(say("role_" + each["role"]))}</span></li>'
            for each in people
        )
        more = f'<p class="soft">{escape(say("first", count=NAMED))}</p>' if len(people) >= NAMED else ""
        below = f'<h2>{escape(say("members"))}</h2><ul class="people">{rows}</ul>{more}'
        if stream.is_single:
            return self.zip.write(foot(below))
        page = head(self.words, self.room.name, *self._notes()) + stream.contents() + foot(below)
        return self.zip.begin("index.html") + self.zip.write(page)
