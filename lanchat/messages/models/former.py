"""Queries on what somebody said who deletes their account: portion by portion, as it may be a lot."""

import orjson

from lanchat.core.storage.engines import ENGINE
from lanchat.messages.models.messages import Message
from lanchat.messages.models.system_lines import sentence_of
from lanchat.messages.models.verbs import Reaction
from lanchat.messages.schemas.outgoing import MessagePayload, SystemPayload


def rooms_spoken_in(user_id: int) -> list[int]:
    """Where anything stands that they said or did."""
    rows = Message.run_sql("SELECT DISTINCT room_id FROM message WHERE user_id = ?", user_id)
    return [room_id for (room_id,) in rows]


def next_said(user_id: int, after_id: int, most: int) -> list[MessagePayload]:
    """What they said and haven't taken back, the eldest first."""
    rows = Message.run_sql(
        """SELECT room_id, id FROM message WHERE user_id = ? AND id > ? AND deleted_at IS NULL
        AND message_type <> 'system' ORDER BY id LIMIT ?""",
        *(user_id, after_id, most),
    ).fetchall()
    return [Message.find(room_id, message_id) for room_id, message_id in rows]


def take_back_reactions(user_id: int, most: int) -> list[int]:
    """Some of them; ids of the rooms where, none when nothing is left."""
    rows = Message.run_sql(
        """SELECT m.room_id, m.id, c.emoji FROM reaction c JOIN message m ON m.id = c.message_id
        WHERE c.user_id = ? LIMIT ?""",
        *(user_id, most),
    ).fetchall()
    for room_id, message_id, emoji in rows:
        if Reaction.take_back(message_id, user_id, emoji):
            Reaction.show(Message.find(room_id, message_id))
    return [room_id for room_id, _, _ in rows]


def rename_lines(user_id: int, name: str, after_id: int, most: int) -> int | None:
    """What the host told of their deeds, under another name; up to which id, None when nothing is left."""
    rows = Message.run_sql(
        "SELECT id, system FROM message WHERE user_id = ? AND id > ? AND message_type = 'system' ORDER BY id LIMIT ?",
        *(user_id, after_id, most),
    ).fetchall()
    for message_id, system in rows:
        line = SystemPayload(**orjson.loads(system))
        told = {"actor_name": name} | ({"target_name": name} if line.target_id == user_id else {})
        line = line.model_copy(update=told)
        Message.run_sql(
            "UPDATE message SET content = ?, system = ? WHERE id = ?",
            *(sentence_of(line), orjson.dumps(line.model_dump()).decode(), message_id),
        )
    return rows[-1][0] if rows else None


def forget_kept(user_id: int, most: int) -> bool:
    """Of what they saved, and of what counted as a mention of them; False when nothing is left."""
    saved = _some("SELECT message_id FROM saved WHERE user_id = ? LIMIT ?", user_id, most)
    called = _some("SELECT message_id FROM mention WHERE user_id = ? LIMIT ?", user_id, most)
    for table, ids in (("saved", saved), ("mention", called)):
        are_meant, meant = ENGINE.among("message_id", ids)
        Message.run_sql(f"DELETE FROM {table} WHERE user_id = ? AND {are_meant}", user_id, meant)  # noqa: S608, ours
    return bool(saved or called)


def drop_some(room_id: int, most: int) -> bool:
    """Of a room that nobody is to read any more; False when nothing is left."""
    ids = _some("SELECT id FROM message WHERE room_id = ? LIMIT ?", room_id, most)
    are_meant, meant = ENGINE.among("id", ids)
    Message.run_sql(f"DELETE FROM message WHERE {are_meant}", meant)  # noqa: S608, ours
    return bool(ids)


def _some(query: str, of: int, most: int) -> list[int]:
    return [found for (found,) in Message.run_sql(query, of, most).fetchall()]
