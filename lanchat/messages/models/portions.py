"""Messages in portions, in their order, for whoever takes all of them with them."""

from typing import Any, NamedTuple

from lanchat.messages.models.messages import Message
from lanchat.messages.models.payload import COLUMNS, JOINED, read_fields


class Extent(NamedTuple):
    """How much there is to take."""

    messages: int
    files: int
    file_bytes: int
    up_to: int  # the newest `seq` of a room, the newest `id` of an author


MINE = """FROM message m JOIN membership s ON s.room_id = m.room_id AND s.user_id = m.user_id
    JOIN room r ON r.id = m.room_id
    WHERE m.user_id = ? AND m.message_type <> 'system' AND (r.history = 'everyone' OR m.seq > s.joined_seq)"""
HAS_FILE = "m.attachment_id IS NOT NULL AND m.deleted_at IS NULL"


def portion_of_room(
    room_id: int, after_seq: int, up_to: int, limit: int, *, with_files: bool = False
) -> list[dict[str, Any]]:
    """The fields of the messages beyond `after_seq`, oldest first; only those with a file, `with_files`."""
    condition = f" AND {HAS_FILE}" if with_files else ""
    ids = f"""SELECT m.id FROM message m WHERE m.room_id = ? AND m.seq > ? AND m.seq <= ?{condition}
        ORDER BY m.seq LIMIT ?"""  # noqa: S608, ours
    return _fields(f"WHERE m.id IN ({ids}) ORDER BY m.seq", room_id, after_seq, up_to, limit)


def portion_of_author(user_id: int, after_id: int, up_to: int, limit: int) -> list[dict[str, Any]]:
    """What somebody said in the rooms that they are in now, oldest first."""
    ids = f"SELECT m.id {MINE} AND m.id > ? AND m.id <= ? ORDER BY m.id LIMIT ?"
    return _fields(f"WHERE m.id IN ({ids}) ORDER BY m.id", user_id, after_id, up_to, limit)


def extent_of_room(room_id: int, hidden_seq: int) -> Extent:
    """Of what a member may read: counted in the indices alone, but for the sizes of the files."""
    beyond = "FROM message m WHERE m.room_id = ? AND m.seq > ?"
    others = beyond.replace("message m", "message_file f JOIN message m ON m.id = f.message_id")
    (messages,) = Message.run_sql(f"SELECT count(*) {beyond}", room_id, hidden_seq).fetchone()
    files = Message.run_sql(
        f"""SELECT count(*), coalesce(sum(a.size), 0) FROM attachment a WHERE a.id IN (
            SELECT m.attachment_id {beyond} AND {HAS_FILE} UNION ALL
            SELECT f.attachment_id {others})""",  # noqa: S608, ours
        *(room_id, hidden_seq, room_id, hidden_seq),
    ).fetchone()
    return Extent(messages, files[0], files[1], Message.last_seq(room_id))


def extent_of_author(user_id: int) -> Extent:
    """Of what somebody said, and of all that they uploaded."""
    messages, newest = Message.run_sql(f"SELECT count(*), coalesce(max(m.id), 0) {MINE}", user_id).fetchone()
    files = Message.run_sql(
        "SELECT count(*), coalesce(sum(size), 0) FROM attachment WHERE uploader_id = ?", user_id
    ).fetchone()
    return Extent(messages, files[0], files[1], newest)


def _fields(condition: str, *parameters: object) -> list[dict[str, Any]]:
    cursor = Message.run_sql(f"SELECT {COLUMNS} FROM message m {JOINED} {condition}", *parameters)  # noqa: S608, ours
    return [read_fields(row) for row in cursor]
