"""Owns what every archive is read into, whoever wrote it."""

from typing import NamedTuple


class ForeignUser(NamedTuple):
    """`id` is what messages call them; `name` may be anything."""

    id: str
    name: str
    display_name: str = ""
    email: str = ""
    is_bot: bool = False
    is_gone: bool = False  # comes back no more


class ForeignRoom(NamedTuple):
    id: str
    name: str
    topic: str = ""
    is_private: bool = False
    is_direct: bool = False
    members: tuple[str, ...] = ()
    owner: str | None = None
    created_at: str = ""  # ISO 8601
    is_archived: bool = False


class ForeignFile(NamedTuple):
    """`entry` of the archive; without one, the file lies elsewhere and is missed."""

    name: str
    entry: str | None


class ForeignReaction(NamedTuple):
    emoji: str  # its short name
    users: list[str]


class ForeignMessage(NamedTuple):
    """`key` is its own within the room, and `reply_to` that of the message that it answers."""

    key: str
    at: str  # ISO 8601
    author: str
    text: str  # Markdown
    author_name: str = ""  # where nobody else tells who they are
    is_bot: bool = False
    reply_to: str | None = None
    edited_at: str | None = None
    is_pinned: bool = False
    reactions: list[ForeignReaction] = []  # noqa: RUF012, never written to
    files: list[ForeignFile] = []  # noqa: RUF012
