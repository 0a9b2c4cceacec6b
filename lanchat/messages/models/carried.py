"""What a message brings along besides words of its own: files, or what was said elsewhere."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import orjson

from lanchat.core.base.errors import ChatError
from lanchat.files.errors import FileNotThere
from lanchat.files.models import Attachment, AttachmentRow, OwnAttachment
from lanchat.files.schemas import AttachmentPayload
from lanchat.messages.errors import MessageDeleted, MessageNotFound, SystemMessage
from lanchat.messages.models.files import file_ids_of, keep_more
from lanchat.messages.models.messages import Message
from lanchat.messages.models.payload import FORWARDED_SOURCES, ForwardedRow
from lanchat.messages.schemas.incoming import Draft, Forward
from lanchat.messages.schemas.parts import MessageType

# Whoever passes something on reads it as everywhere else: a member, beyond what the room hides from newcomers.
SOURCE = """SELECT m.content, m.message_type, m.deleted_at, m.created_at, m.user_id, m.room_id,
        m.forwarded_at, m.forwarded_user_id, m.forwarded_room_id
    FROM message m JOIN membership mine ON mine.room_id = m.room_id AND mine.user_id = ?
    JOIN room r ON r.id = m.room_id
    WHERE m.id = ? AND m.room_id = ? AND (r.history = 'everyone' OR m.seq > mine.joined_seq)"""
NAMES = f"""SELECT ?, {", ".join(FORWARDED_SOURCES)} FROM account fu LEFT JOIN room fr ON fr.id = ?
    WHERE fu.id = ?"""  # noqa: S608, ours


# The files of a message, and the fields of its ForwardedPayload.
Brought: TypeAlias = tuple[Sequence[AttachmentPayload], dict[str, Any] | None]
NOTHING: Brought = ((), None)


class Origin(NamedTuple):
    """Of what is passed on: when, by whom and where it was said first."""

    said_at: str
    user_id: int
    room_id: int | None


class Carried(NamedTuple):
    """What a message is made of that isn't plain text."""

    content: str
    message_type: MessageType
    files: Sequence[OwnAttachment]
    origin: Origin | None = None

    @property
    def first_file_id(self) -> int | None:
        return self.files[0].id if self.files else None

    def _forwarded(self) -> dict[str, Any] | None:
        """The fields of a ForwardedPayload."""
        if self.origin is None:
            return None
        said_at, user_id, room_id = self.origin
        row = Message.run_sql(NAMES, said_at, room_id, user_id).fetchone()
        return None if row is None else ForwardedRow._make(row).fields()

    def keep(self, message_id: int) -> Brought:
        """Store what the message's row doesn't have yet."""
        sets: dict[str, object] = {}
        if len(self.files) > 1:
            more = self.files[1:]
            keep_more(message_id, [file.id for file in more])
            sets["more_files"] = orjson.dumps([tuple(AttachmentRow.of(file.payload)) for file in more]).decode()
        if self.origin is not None:
            sets |= zip(("forwarded_at", "forwarded_user_id", "forwarded_room_id"), self.origin, strict=True)
        if sets:
            columns = ", ".join(f"{column} = ?" for column in sets)
            Message.run_sql(f"UPDATE message SET {columns} WHERE id = ?", *sets.values(), message_id)  # noqa: S608, ours
        return [file.payload for file in self.files], self._forwarded()


def find_carried(author_id: int, draft: Draft) -> Carried | ChatError:
    """What a draft that isn't plain carries; or FileNotThere, MessageNotFound, MessageDeleted or SystemMessage."""
    if draft.forward is not None:
        return _passed_on(author_id, draft.forward)
    files = [Attachment.find_own(author_id, path) for path in draft.attachment_paths]
    own = [file for file in files if file is not None]
    if not own or len(own) < len(files):
        return FileNotThere()
    return of_files(draft.content, own)


def of_files(words: str, files: Sequence[OwnAttachment]) -> Carried:
    """At least one of them."""
    are_images = all(file.payload.content_type.startswith("image/") for file in files)
    # Without words it is said by its path, as ever.
    content = words if words.strip() else files[0].payload.file_path
    return Carried(content, "image" if are_images else "file", files)


def _passed_on(author_id: int, forward: Forward) -> Carried | ChatError:
    """Whatever was passed on before keeps who said it first."""
    row = Message.run_sql(SOURCE, author_id, forward.message_id, forward.room_id).fetchone()
    if row is None:
        return MessageNotFound()
    content, message_type, deleted_at, created_at, user_id, room_id, *before = row
    if message_type == "system":
        return SystemMessage()
    if deleted_at is not None:
        return MessageDeleted()
    files = Attachment.find_many(file_ids_of(forward.message_id))
    origin = Origin(created_at, user_id, room_id) if before[1] is None else Origin(*before)
    return Carried(content, message_type, files, origin)
