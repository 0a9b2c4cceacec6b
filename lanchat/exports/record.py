"""Owns what is taken of a message: how `room.json` and `me.json` have it. Whatever isn't named here isn't in it."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload
from lanchat.files.schemas import stored_name
from lanchat.messages.schemas.outgoing import ReactionPayload, SystemPayload

FILES = "files"
NAME_CHARACTERS = 80  # of a file's own name; beside them stand 13 more
PART_OF_NAME = 12  # characters of the stored name: so many are one of a kind
# A browser would run these as pages of the folder in which the archive was unpacked.
PAGES = (".htm", ".html", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht", ".svg", ".svgz", ".xml", ".xsl", ".hta")
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f#%]')  # by some system, or with a meaning in an address


class ExportedFile(Payload):
    """A file of a message."""

    model_config = ConfigDict(title="File")

    filename: str
    """As its uploader named it."""
    path: str
    """Of the file in this archive; it isn't there where the host had lost it."""
    size: int
    """In bytes."""
    content_type: str
    """Found by its content if it is an image, else by its name."""
    width: int | None
    """In pixels; null of what is no image."""
    height: int | None
    """In pixels; null of what is no image."""


class ExportedSource(Payload):
    """Whose message was forwarded."""

    model_config = ConfigDict(title="Source")

    username: str
    """Who said it first."""
    display_name: str | None
    """As they were shown then; null without one."""
    room_name: str | None
    """Where; null where that isn't public."""
    timestamp: str
    """When; UTC, ISO 8601."""


class ExportedMessage(Payload):
    """A message as it stood when the archive was made."""

    model_config = ConfigDict(title="Message")

    id: int
    """Its own on that host."""
    seq: int
    """Its place in the room; rises, with gaps."""
    room_id: int
    """Where it was said."""
    timestamp: str
    """When it was said; UTC, ISO 8601."""
    user_id: int
    """Its author."""
    username: str
    """Its author's."""
    display_name: str | None
    """Its author's, if they chose one."""
    message_type: str
    """`text`, `image`, `file`, or `system` of what nobody said."""
    content: str
    """Markdown; empty once recalled, and of a file without words."""
    edited_at: str | None
    """When its text last changed; null if never."""
    deleted_by: str | None
    """`author` or `moderator` who took it back; null while it stands."""
    reply_to_id: int | None
    """`id` of the message that it answers."""
    thread_id: int | None
    """`id` of the first message of its chain of replies."""
    pinned_at: str | None
    """Since when it is pinned; null if it isn't."""
    mentions: list[int]
    """Ids of those whom it names."""
    mentions_all: bool
    """Whether it calls everybody."""
    reactions: list[ReactionPayload]
    """In the order of their first use."""
    attachments: list[ExportedFile]
    """Its files."""
    forwarded_from: ExportedSource | None
    """Null unless it was forwarded."""
    system: SystemPayload | None
    """What happened; null of what somebody said."""


SAME = [name for name in ExportedMessage.model_fields if name not in {"attachments", "forwarded_from", "content"}]


def record(fields: dict[str, Any]) -> dict[str, Any]:
    """Of an ExportedMessage, from those of a MessagePayload."""
    files = list(attachments(fields))
    return {
        **{name: fields[name] for name in SAME},
        "content": own_words(fields),
        "attachments": [record_of_file(file) for file in files],
        "forwarded_from": _source(fields.get("forwarded_from")),
    }


def own_words(fields: dict[str, Any]) -> str:
    """A file without words says its path, which means nothing elsewhere."""
    content: str = fields["content"]
    return "" if any(file["file_path"] == content for file in attachments(fields)) else content


def attachments(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All of a message, or the one of it."""
    if fields.get("attachments"):
        yield from fields["attachments"]
    elif fields["attachment"] is not None:
        yield fields["attachment"]


def record_of_file(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "filename": file["filename"],
        "path": path_in_archive(file),
        "size": file["file_size"],
        "content_type": file["content_type"],
        "width": file["width"],
        "height": file["height"],
    }


def path_in_archive(file: dict[str, Any]) -> str:
    """Below `files/`: a name that every system takes, the same for the same file wherever it was sent."""
    stored = stored_name(file["file_path"]) or ""
    name = FORBIDDEN.sub("_", file["filename"])
    suffix = PurePosixPath(name).suffix[:16]
    name = name.removesuffix(suffix)[: NAME_CHARACTERS - len(suffix)].strip(". ") + suffix.rstrip(". ")
    return f"{FILES}/{stored[:PART_OF_NAME]}-{name}{'.txt' if name.lower().endswith(PAGES) else ''}"


def _source(source: dict[str, Any] | None) -> dict[str, Any] | None:
    return source and {name: source.get(name) for name in ExportedSource.model_fields}
