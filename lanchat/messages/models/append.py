"""Owns how messages get into the table: what LanChat does all day, so in prepared SQL, and many at once."""

from typing import Any, NamedTuple, TypeAlias

import orjson

from lanchat.core.base.errors import ChatError
from lanchat.core.storage.engines import ENGINE
from lanchat.messages.models.carried import NOTHING, find_carried
from lanchat.messages.models.changes import Changed
from lanchat.messages.models.mentions import Mention, Mentioned, find_mentioned
from lanchat.messages.models.messages import Message
from lanchat.messages.models.payload import MessageRow, message_fields
from lanchat.messages.models.replies import count_reply, find_answered
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.schemas.outgoing import MessagePayload
from lanchat.rooms.errors import NotAMember
from lanchat.rooms.models import Membership
from lanchat.rooms.models.blocks import is_closed
from lanchat.rooms.models.direct import Listed, list_again
from lanchat.rooms.models.pace import Pace
from lanchat.rooms.permissions import Action, Standing, is_manager, refusal

INSERT = """INSERT INTO message(room_id, seq, changed_seq, user_id, client_id, message_type, content,
    attachment_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(user_id, client_id) WHERE client_id IS NOT NULL DO NOTHING"""
INSERT_REPLY = """INSERT INTO message(room_id, seq, changed_seq, user_id, client_id, message_type, content,
    attachment_id, created_at, reply_to_id, thread_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(user_id, client_id) WHERE client_id IS NOT NULL DO NOTHING"""
SPEAKER = f"""SELECT r.seq, u.username, u.display_name, u.avatar_url, u.is_guest, r.kind, r.is_private, s.role,
        u.is_admin, s.muted_until, r.posting, r.archived_at, r.slow_mode, s.spoke_at, {is_closed("r", "u")}
    FROM membership s JOIN account u ON u.id = s.user_id JOIN room r ON r.id = s.room_id
    WHERE s.room_id = ? AND s.user_id = ?"""  # noqa: S608, ours

# Both names, picture, whether a guest, and where they may not hurry.
Speaker: TypeAlias = tuple[str, str | None, str | None, int, "Pace | None"]


class Sending(NamedTuple):
    """What somebody wants to say, since `now`."""

    author_id: int
    draft: Draft
    now: str


class Stored(NamedTuple):
    """A durable message; `is_new` is False when its `client_id` had been sent before.

    `json` is its MessagePayload, encoded once for everybody who gets it.
    """

    fields: dict[str, Any]
    json: orjson.Fragment
    is_new: bool
    root: Changed | None = None  # of a reply: the first message of its chain, which counts it
    listed: tuple[Listed, ...] = ()  # those in whose lists its direct room stands by it

    @property
    def payload(self) -> MessagePayload:
        return MessagePayload.model_validate(self.fields)

    @property
    def room_id(self) -> int:
        return self.fields["room_id"]


def append(sendings: list[Sending]) -> list[Stored | BaseException]:
    """Give each message its place in its room; the reason instead, for one that is refused.

    Reasons are RoomNotFound, NotAMember, Muted, ReadOnlyRoom, RoomArchived, Blocked, SlowMode and those of
    `find_carried` and `find_answered`. A repeated `client_id` answers before a refusal does, so that a retry after a
    mute still gets its answer.
    """
    appending = _Appending()
    outcomes = [appending.append(sending) for sending in sendings]
    appending.finish()
    return outcomes


class _Appending:
    """What the messages of one transaction need to know but once."""

    def __init__(self) -> None:
        self._connection = Message.connection()
        self._seqs: dict[int, int] = {}  # by room, of its newest message
        self._grown: set[int] = set()
        self._direct: set[int] = set()  # rooms
        self._speakers: dict[tuple[int, int], Speaker | ChatError] = {}

    def append(self, sending: Sending) -> Stored | BaseException:
        author_id, draft, now = sending
        speaker = self._find_speaker(author_id, draft.room_id, now)
        if isinstance(speaker, ChatError):
            return _repeated(author_id, draft) or speaker
        carried = None if draft.is_plain else find_carried(author_id, draft)
        if isinstance(carried, ChatError):
            return _repeated(author_id, draft) or carried
        username, display_name, avatar_url, is_guest, pace = speaker
        if pace is not None and (hurried := pace.refusal(now)) is not None:
            return _repeated(author_id, draft) or hurried
        answered = None
        if draft.reply_to_id is not None:
            answered = find_answered(author_id, draft.room_id, draft.reply_to_id)
            if isinstance(answered, ChatError):
                return _repeated(author_id, draft) or answered
        message_type, content = ("text", draft.content) if carried is None else (carried.message_type, carried.content)
        # What is passed on calls nobody: it has no words of its own.
        mentioned = find_mentioned(author_id, draft.room_id, draft.content, now)
        seq = self._seqs[draft.room_id] + 1
        values = (
            draft.room_id,
            seq,
            seq,
            author_id,
            draft.client_id,
            message_type,
            content,
            carried and carried.first_file_id,
            now,
        )
        if answered is None:
            message_id = ENGINE.insert(self._connection, INSERT, values)
        else:
            of_reply = (answered.quote.id, answered.thread_id)
            message_id = ENGINE.insert(self._connection, INSERT_REPLY, (*values, *of_reply))
        if message_id is None:
            return _repeated(author_id, draft) or NotAMember()
        mentions = _mention(message_id, (draft.room_id, seq), author_id, mentioned)
        if pace is not None:
            pace.spoke(author_id, draft.room_id, now)
        listed = list_again(draft.room_id, now) if draft.room_id in self._direct else ()
        self._seqs[draft.room_id] = seq
        self._grown.add(draft.room_id)
        row = MessageRow(
            message_id,
            content,
            message_type,
            now,
            author_id,
            draft.room_id,
            username,
            display_name,
            avatar_url,
            is_guest,
            None,
            None,
            seq,
            seq,
            draft.client_id,
            draft.reply_to_id,
            None,
            None,
            None,
            None,
            answered and answered.thread_id,
            0,
            *mentions,
        )
        brought = NOTHING if carried is None else carried.keep(message_id)
        fields = message_fields(row, *brought, quote=answered and answered.quote)
        root = None if answered is None else self._count(draft.room_id, answered.thread_id)
        return _stored(fields, is_new=True, root=root)._replace(listed=listed)

    def _count(self, room_id: int, thread_id: int) -> Changed | None:
        """A change of the feed like any other: it takes the number behind the reply's."""
        self._leave(room_id)
        root = count_reply(room_id, thread_id, 1)
        self._seqs[room_id] = Message.last_seq(room_id)
        return root

    def finish(self) -> None:
        """Leave each room its new `seq`."""
        for room_id in self._grown:
            self._leave(room_id)

    def _leave(self, room_id: int) -> None:
        Message.run_sql("UPDATE room SET seq = ? WHERE id = ?", self._seqs[room_id], room_id)

    def _find_speaker(self, author_id: int, room_id: int, now: str) -> Speaker | ChatError:
        """The author's name, picture and standing, or why they may not speak: asked once, as of their first message."""
        known = self._speakers.get((room_id, author_id))
        if known is None:
            known = self._speakers[room_id, author_id] = self._look_up(author_id, room_id, now)
        return known

    def _look_up(self, author_id: int, room_id: int, now: str) -> Speaker | ChatError:
        row = Message.run_sql(SPEAKER, room_id, author_id).fetchone()
        if row is None:
            return refusal(Membership.find_standing(author_id, room_id), Action.SPEAK, now) or NotAMember()
        seq, username, display_name, avatar_url, is_guest, kind, is_private, role, is_admin, *of_room = row
        muted_until, posting, archived_at, slow_mode, spoke_at, closed = of_room
        self._seqs.setdefault(room_id, seq)
        if kind == "direct":
            self._direct.add(room_id)
        standing = Standing(
            *(kind, bool(is_private), role, bool(is_admin), muted_until, False, posting, archived_at is not None),
            is_closed=bool(closed),
        )
        pace = Pace(slow_mode, spoke_at) if slow_mode and not is_manager(standing) else None
        return refusal(standing, Action.SPEAK, now) or (username, display_name, avatar_url, is_guest, pace)


def _mention(message_id: int, place: tuple[int, int], author_id: int, mentioned: Mentioned) -> tuple[str | None, int]:
    """Keep whom it mentions; the columns that say so."""
    columns = mentioned.columns()
    if any(mentioned):
        Message.run_sql("UPDATE message SET mentions = ?, mentions_all = ? WHERE id = ?", *columns, message_id)
        Mention.keep(message_id, place, author_id, mentioned)
    return columns


def _repeated(author_id: int, draft: Draft) -> Stored | None:
    first = Message.find_repeated(author_id, draft.client_id)
    return None if first is None else _stored(first.model_dump(), is_new=False)


def _stored(fields: dict[str, Any], *, is_new: bool, root: Changed | None = None) -> Stored:
    return Stored(fields, orjson.Fragment(orjson.dumps(fields)), is_new, root)
