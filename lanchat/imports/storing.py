"""Stores what a job has read: people, rooms, and their messages in portions; or says only what that would be."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from lanchat.accounts.models import User
from lanchat.accounts.models.imported import NewAccount, add_imported, offer_claim
from lanchat.core.base.clock import Clock
from lanchat.core.base.text_rules import clear
from lanchat.core.security.passwords import hash_password
from lanchat.core.security.typed_codes import new_code
from lanchat.core.storage.database import write_once
from lanchat.files.models import Attachment
from lanchat.imports.emoji_names import emoji_of
from lanchat.imports.files import Placed, place
from lanchat.imports.foreign import ForeignMessage
from lanchat.imports.job import Job, Person, Place, Progress, batched
from lanchat.imports.models import Imported
from lanchat.imports.pieces import Piece, pieces_of
from lanchat.messages.models import Message
from lanchat.messages.models.carried import Carried, of_files
from lanchat.messages.models.imported import ImportedMessage, append_imported, find_imported
from lanchat.rooms.models import Room
from lanchat.rooms.models.imported import (
    NewRoom,
    add_imported_direct,
    add_imported_room,
    add_member,
    count_as_read,
)

TOGETHER = 200  # messages in one transaction: some hundredths of a second
PEOPLE = 50  # accounts in one transaction
MOST_REACTIONS = 20  # kinds on one message, as people may


class Stored(NamedTuple):
    number: int
    first_ids: dict[str, int]  # by key, of what others may answer


class Storing:
    def __init__(self, job: Job) -> None:
        self._job, self._report = job, job.report
        self._path = job.settings.database_path
        self._ids = {foreign_id: person.local_id for foreign_id, person in job.people.items() if person.local_id}
        self._clock = Clock()

    def look(self, progress: Progress) -> None:
        """Count what would come; nothing is stored."""
        for each in self._job.places.values():
            for messages in self._job.spool.in_order(each.room.id, TOGETHER):
                pieces = self._all_pieces(each, messages)
                known = write_once(self._path, self._known, pieces)
                self._report.known_messages += len(known)
                self._report.messages += len(pieces) - len(known)
                self._report.files += sum(len(piece.files) for piece in pieces if piece.client_id not in known)
                progress(len(messages))

    def store(self, progress: Progress) -> None:
        new = [person for person in self._job.people.values() if person.local_id is None]
        for people in batched(new, PEOPLE):
            self._ids |= write_once(self._path, self._add_people, people)
        for each in self._job.places.values():
            room_id = each.local_id or self._open(each)
            write_once(self._path, self._add_members, each, room_id)
            answered: dict[str, int] = {}  # ids by key
            for messages in self._job.spool.in_order(each.room.id, TOGETHER):
                self._store_some(each, room_id, messages, answered)
                progress(len(messages))

    # -- people and rooms

    def _add_people(self, people: list[Person]) -> dict[str, int]:
        now, lobby = self._clock.now(), Room.ensure_lobby(self._clock.now())
        ids: dict[str, int] = {}
        for person in people:
            user = person.user
            new = NewAccount(person.username, person.display_name, user.email, now)
            ids[user.id] = user_id = add_imported(new)
            Imported.keep(self._job.source, "person", user.id, user_id)
            if not (user.is_bot or user.is_gone):
                add_member(lobby, user_id, now)
        return ids

    def _open(self, each: Place) -> int:
        # Of a password that nobody knows: without one, everybody could come in.
        password_hash = hash_password(secrets.token_urlsafe()) if each.room.is_private else None
        return write_once(self._path, self._add_room, each, password_hash)

    def _add_room(self, each: Place, password_hash: str | None) -> int:
        room, now = each.room, self._clock.now()
        members = self._members(each)
        creator = self._ids.get(room.owner or "") or next(iter(members), None) or User.ensure_system(now)
        if room.is_direct:
            room_id = add_imported_direct(frozenset(members), creator, now)
        else:
            topic = clear(room.topic)[:1000].strip()
            new = NewRoom(each.name, topic, password_hash, room.is_archived, room.created_at or now, now)
            room_id = add_imported_room(new, creator, members, self._ids.get(room.owner or ""))
        Imported.keep(self._job.source, "room", room.id, room_id)
        return room_id

    def _add_members(self, each: Place, room_id: int) -> None:
        """Those who have come since; whoever left or was removed here stays out."""
        was_new = [person.user.id for person in self._job.people.values() if person.local_id is None]
        if each.local_id is not None and not each.room.is_direct:
            for foreign_id in set(was_new) & set(each.room.members):
                add_member(room_id, self._ids[foreign_id], self._clock.now())

    def _members(self, each: Place) -> list[int]:
        people = self._job.people
        gone = {foreign_id for foreign_id, person in people.items() if person.user.is_gone}
        there = [one for one in each.room.members if one in self._ids and (each.room.is_direct or one not in gone)]
        return list(dict.fromkeys(self._ids[one] for one in there))

    # -- messages

    def _store_some(self, each: Place, room_id: int, messages: list[ForeignMessage], answered: dict[str, int]) -> None:
        pieces = self._all_pieces(each, messages)
        known = write_once(self._path, self._known, pieces)
        answered |= {piece.message.key: known[piece.client_id] for piece in pieces if piece.is_first_of(known)}
        with ExitStack() as unless_kept:
            placed = self._place_files([piece for piece in pieces if piece.client_id not in known], unless_kept)
            stored = write_once(self._path, self._append, room_id, pieces, placed, answered)
            unless_kept.pop_all()
        answered |= stored.first_ids
        self._report.known_messages += len(known)
        self._report.messages += stored.number
        self._report.files += sum(map(len, placed.values()))

    def _place_files(self, pieces: list[Piece], unless_kept: ExitStack) -> dict[str, list[Placed]]:
        """By `client_id`; those that turn out too large are missed."""
        placed: dict[str, list[Placed]] = {}
        for piece in pieces:
            for file in piece.files:
                job, author_id = self._job, self._ids[piece.message.author]
                found = place(job.settings, job.archive, file, author_id, piece.message.at)
                if found is None:
                    self._report.missing.append(file.name)
                else:
                    unless_kept.callback(found.upload.discard)
                    placed.setdefault(piece.client_id, []).append(found)
        return placed

    def _append(
        self, room_id: int, pieces: list[Piece], placed: dict[str, list[Placed]], answered: dict[str, int]
    ) -> Stored:
        before, first_ids, count = Message.last_seq(room_id), dict[str, int](), 0
        for piece in pieces:
            message, files = piece.message, placed.get(piece.client_id, [])
            author_id = self._ids[message.author]
            if not (files or piece.text) or find_imported(author_id, piece.client_id) is not None:
                continue
            root = message.reply_to and (answered.get(message.reply_to) or first_ids.get(message.reply_to))
            found = append_imported(
                ImportedMessage(
                    room_id=room_id,
                    author_id=author_id,
                    client_id=piece.client_id,
                    carried=_carried(piece.text, files),
                    at=message.at,
                    edited_at=message.edited_at if piece.is_first else None,
                    reply_to_id=root or None,
                    pinned_at=message.at if piece.is_first and message.is_pinned else None,
                    reactions=self._reactions(message) if piece.is_first else {},
                )
            )
            if found is not None:
                count += 1
                first_ids.setdefault(message.key, found)
        count_as_read(room_id, before, Message.last_seq(room_id))
        return Stored(count, first_ids)

    def _known(self, pieces: list[Piece]) -> dict[str, int]:
        """Ids of those that came before, by `client_id`."""
        found: dict[str, int] = {}
        for piece in pieces:
            author_id = self._ids.get(piece.message.author)
            message_id = None if author_id is None else find_imported(author_id, piece.client_id)
            if message_id is not None:
                found[piece.client_id] = message_id
        return found

    def _reactions(self, message: ForeignMessage) -> dict[str, list[int]]:
        """By emoji; two of there may be one here."""
        found: dict[str, list[int]] = {}
        for reaction in message.reactions:
            emoji = emoji_of(reaction.emoji)
            users = [self._ids[each] for each in reaction.users if each in self._ids]
            if emoji is not None and users:
                found[emoji] = list(dict.fromkeys([*found.get(emoji, []), *users]))
        return dict(list(found.items())[:MOST_REACTIONS])

    def _all_pieces(self, each: Place, messages: list[ForeignMessage]) -> list[Piece]:
        return [piece for message in messages for piece in pieces_of(self._job, each.room.id, message)]


def _carried(words: str, files: list[Placed]) -> Carried:
    own = [Attachment.add_imported(file.attachment) for file in files]
    return of_files(words, own) if own else Carried(words, "text", ())


def offer_links(path: Path, job: Job, digest: Callable[[str], str]) -> list[tuple[str, str]]:
    """User name and code of everybody who came and has no password yet; codes of an earlier run end."""
    people = [each for each in job.people.values() if not (each.user.is_bot or each.user.is_gone)]
    links: list[tuple[str, str]] = []

    def offer(some: list[Person]) -> list[tuple[str, str]]:
        known, now = Imported.known(job.source, "person"), Clock().now()
        offered: list[tuple[str, str]] = []
        for person in some:
            code = f"{new_code()}-{new_code()}"
            if person.user.id in known and offer_claim(known[person.user.id], digest(code), now):
                offered.append((person.username, code))
        return offered

    for some in batched(people, PEOPLE):
        links += write_once(path, offer, some)
    return links
