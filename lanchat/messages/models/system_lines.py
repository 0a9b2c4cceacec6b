"""What happens to a room, as a message of its own: nobody said it, and nobody has it unread."""

from datetime import datetime, timedelta

import orjson

from lanchat.accounts.models import SYSTEM_USERNAME
from lanchat.core.base.clock import iso
from lanchat.core.base.text_rules import name_key
from lanchat.core.chat import Chat
from lanchat.core.hooks import Tell
from lanchat.core.storage.engines import ENGINE
from lanchat.messages.models.messages import Message
from lanchat.messages.schemas.parts import SystemPayload
from lanchat.rooms.hooks import Fact
from lanchat.rooms.models.direct import list_again
from lanchat.rooms.models.memberships import shown_name
from lanchat.rooms.service.tell import tell_listed

# For clients that know no `system`; ours say it in their reader's language.
SENTENCES = {
    "member_joined": "{actor_name} joined.",
    "member_left": "{actor_name} left.",
    "member_removed": "{actor_name} removed {target_name}.",
    "member_banned": "{actor_name} banned {target_name}.",
    "room_renamed": "{actor_name} renamed the room to “{value}”.",
    "room_described": "{actor_name} changed the description.",
    "ownership_transferred": "{actor_name} handed the room over to {target_name}.",
    "posting_changed": "{actor_name} changed who posts here: {value}.",
    "room_archived": "{actor_name} archived the room.",
    "room_reopened": "{actor_name} opened the room again.",
    "message_pinned": "{actor_name} pinned a message.",
}
ADDED = "{actor_name} added {target_name}."


COMING_AND_GOING = ("member_joined", "member_left")
RESTLESS = 6  # times of coming or going
LATELY = timedelta(minutes=10)
LOOKED_AT = 100  # of a room's newest messages


def append_line(room_id: int, fact: Fact, now: str) -> Tell:
    """Give a fact its place in the room; in the transaction that makes it true.

    Not to somebody who comes and goes all the time: a room's history is for those who stay.
    """
    if fact.code in COMING_AND_GOING and _is_restless(room_id, fact.actor_id, now):
        return lambda _: None
    line = SystemPayload(
        code=fact.code,
        actor_id=fact.actor_id,
        actor_name=shown_name(fact.actor_id),
        target_id=fact.target_id,
        target_name=None if fact.target_id is None else shown_name(fact.target_id),
        value=fact.value,
    )
    (kind,) = Message.run_sql("SELECT kind FROM room WHERE id = ?", room_id).fetchone()
    listed = list_again(room_id, now) if kind == "direct" else ()
    (seq,) = Message.run_sql("UPDATE room SET seq = seq + 1 WHERE id = ? RETURNING seq", room_id).fetchall()[0]
    rows = Message.run_sql(
        """INSERT INTO message(room_id, seq, changed_seq, user_id, message_type, content, system, created_at)
        VALUES (?, ?, ?, ?, 'system', ?, ?, ?) RETURNING id""",
        room_id,
        seq,
        seq,
        fact.actor_id,
        sentence_of(line),
        orjson.dumps(line.model_dump()).decode(),
        now,
    ).fetchall()
    message = Message.find(room_id, rows[0][0])

    def tell(chat: Chat) -> None:
        for each in listed:
            tell_listed(chat.hub, each)
        chat.hub.to_room(room_id, "new_message", message)

    return tell


def sentence_of(line: SystemPayload) -> str:
    is_brought = line.code == "member_joined" and line.target_id is not None
    return (ADDED if is_brought else SENTENCES[line.code]).format(**line.model_dump())


def keep_lines(user_ids: list[int], _now: str) -> Tell:
    """What forgotten guests did stays told by the name that they had; whom it names is nobody's account any more."""
    is_theirs, theirs = ENGINE.among("user_id", user_ids)
    Message.run_sql(
        f"""UPDATE message SET user_id = (SELECT id FROM account WHERE username_key = ?)
        WHERE message_type = 'system' AND {is_theirs}""",  # noqa: S608, ours
        name_key(SYSTEM_USERNAME),
        theirs,
    )
    return lambda _: None


def _is_restless(room_id: int, actor_id: int, now: str) -> bool:
    """Whether they came and went often enough lately."""
    since = iso(datetime.fromisoformat(now) - LATELY)
    (lines,) = Message.run_sql(
        """SELECT count(*) FROM (SELECT user_id, message_type, system, created_at FROM message
            WHERE room_id = ? ORDER BY seq DESC LIMIT ?) AS newest
        WHERE user_id = ? AND message_type = 'system' AND created_at > ?
            AND (system LIKE '%"member_joined"%' OR system LIKE '%"member_left"%')""",
        *(room_id, LOOKED_AT, actor_id, since),
    ).fetchone()
    return lines >= RESTLESS
