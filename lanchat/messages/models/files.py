"""Says which files stand in messages, and who may read them there: the first in `message`, the others beside it."""

import peewee

from lanchat.core.storage.database import Table
from lanchat.files.hooks import Use
from lanchat.files.models import Attachment
from lanchat.messages.models.messages import Message

# Conditions on a row of `message m`.
HAS_IMAGE = """EXISTS (SELECT 1 FROM attachment i WHERE i.width IS NOT NULL AND (i.id = m.attachment_id
    OR i.id IN (SELECT f.attachment_id FROM message_file f WHERE f.message_id = m.id)))"""
READABLE = """JOIN membership s ON s.room_id = m.room_id AND s.user_id = ? JOIN room r ON r.id = m.room_id
    WHERE m.deleted_at IS NULL AND (r.history = 'everyone' OR m.seq > s.joined_seq)"""


class MessageFile(Table):
    """The files of a message from its second on, `place` 1 and up."""

    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    place = peewee.IntegerField()
    attachment = peewee.ForeignKeyField(Attachment)

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        table_name = "message_file"
        primary_key = peewee.CompositeKey("message", "place")


def keep_more(message_id: int, attachment_ids: list[int]) -> None:
    MessageFile.run_many(
        "INSERT INTO message_file(message_id, place, attachment_id) VALUES (?, ?, ?)",
        [(message_id, place, attachment_id) for place, attachment_id in enumerate(attachment_ids, 1)],
    )


def forget_more(message_id: int) -> None:
    MessageFile.run_sql("DELETE FROM message_file WHERE message_id = ?", message_id)


def file_ids_of(message_id: int) -> list[int]:
    """Of all its files, in their order."""
    rows = MessageFile.run_sql(
        """SELECT attachment_id FROM (SELECT 0 AS place, attachment_id FROM message WHERE id = ?
            UNION ALL SELECT place, attachment_id FROM message_file WHERE message_id = ?) AS files
        WHERE attachment_id IS NOT NULL ORDER BY place""",
        *(message_id, message_id),
    )
    return [attachment_id for (attachment_id,) in rows]


def use_files() -> Use:
    """What several messages carry stays as long as one of them does."""
    return Use(
        keeps="""(EXISTS (SELECT 1 FROM message m WHERE m.attachment_id = attachment.id)
        OR EXISTS (SELECT 1 FROM message_file f WHERE f.attachment_id = attachment.id))""",
        shows=f"""EXISTS (SELECT 1 FROM (SELECT m.id FROM message m WHERE m.attachment_id = attachment.id
            UNION ALL SELECT f.message_id FROM message_file f WHERE f.attachment_id = attachment.id) AS carrying
        JOIN message m ON m.id = carrying.id {READABLE})""",  # noqa: S608, ours
    )
