"""How rooms, their members, bans and log look."""

from typing import Any, Literal

from pydantic import ConfigDict

from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.schemas import Payload
from lanchat.rooms.schemas.notifications import NotificationsPayload

Role = Literal["owner", "moderator", "member"]
Posting = Literal["everyone", "managers"]
Shown = Literal["everyone", "since_joining"]


class RoomRow(Payload):
    """A room as everybody sees it."""

    model_config = ConfigDict(title="ChatRoomRow")

    id: int
    """Stays when the room gets another name."""
    name: str
    """No two rooms have one alike; of a direct one, the others' names."""
    initials: str | None = None
    """Of its name, by the sound of its Chinese characters; null where it has none."""
    picture_url: str | None = None
    """A path under `/files/avatars/`, 256 pixels wide and high, with `?s=64` as many; null without a picture."""
    description: str | None = None
    """Null or empty without one."""
    is_private: bool
    """Whether one needs its password or an invitation to join."""
    created_at: str
    """UTC, ISO 8601."""
    created_by: int
    """Who made it; its owner may be another by now."""
    member_count: int
    """Whether they are connected or not."""
    online_count: int = 0
    """Members who are connected, as of this answer."""
    kind: Literal["room", "lobby", "direct"]
    """The lobby takes in whoever registers; it can't be deleted or made private. A direct one is for those in it."""
    archived: bool = False
    """Whether it is read-only for good, and shown to its members alone."""
    posting: Posting = "everyone"
    """Who speaks in it."""
    slow_mode: int = 0
    """Seconds between two messages of one person who doesn't manage it; 0 for none."""
    history: Shown = "everyone"
    """What members are shown: everything, or what was said since they came."""


class CanPayload(Payload):
    """What somebody may do in a room now. The server decides again when they do it."""

    model_config = ConfigDict(title="Can")

    speak: bool
    """Send messages."""
    react: bool
    """Answer a message with a sign."""
    manage: bool
    """Change its settings, keep its members below oneself in order, see its bans and its log."""
    rename: bool
    """Give it another name, description or picture."""
    add: bool
    """Bring somebody in as a member."""
    end_links: bool
    """End other people's invitations."""
    assign: bool
    """Make moderators."""
    archive: bool
    """Close it for reading only, and open it again."""
    transfer: bool
    """Hand it over to another of its members."""
    invite: bool
    """Make links into it."""
    pin: bool
    """Pin messages for everybody."""
    mention_all: bool
    """Call all members at once."""
    call: bool
    """Start a call, or take part in one."""
    delete: bool
    """Delete the room with all its messages."""


class DirectMember(UserPayload):
    """One of those in a direct room."""

    model_config = ConfigDict(title="DirectMember")

    is_gone: bool = False
    """Whether they were a guest, and can't come back."""


class BlockedPayload(Payload):
    """Whom I blocked."""

    model_config = ConfigDict(title="Blocked")

    users: list[UserPayload]
    """The last first."""
    next_cursor: str | None
    """Of the next page; null on the last."""


class RoomPayload(RoomRow):
    """A room as one user sees it."""

    model_config = ConfigDict(title="ChatRoom")

    role: Role | None = None
    """Null for an outsider."""
    last_seq: int = 0
    """The room's newest number; 0 while nobody has written."""
    last_read_seq: int | None = None
    """Up to where I have read; null for an outsider."""
    muted_until: str | None = None
    """Until when I may not speak; UTC, ISO 8601; null where I may."""
    notifications: NotificationsPayload | None = None
    """Of what I want to be told; null for an outsider."""
    can: CanPayload
    """What I may do in it."""
    members: list[DirectMember] | None = None
    """Of a direct room: everybody in it, by name, myself too; null for others."""


class RoomsPayload(Payload):
    model_config = ConfigDict(title="Rooms")

    user_rooms: list[RoomPayload]
    """Those that I am a member of; the lobby first, then by name; then direct ones, the newest first."""
    available_rooms: list[RoomPayload]
    """All others but direct and archived ones, private ones too; by name. Of very many, the first."""
    archived_rooms: list[RoomPayload]
    """Those that I am a member of and that are closed; by name."""
    has_more: bool = False
    """Whether there are more to join: `skip` those that are here."""


class MemberPayload(UserPayload):
    model_config = ConfigDict(title="Member")

    role: Role
    """In this room; administrators of the host have one like everybody, and stand above its owner."""
    muted_until: str | None = None
    """Until when they may not speak here; UTC, ISO 8601; null where they may."""


class MembersPayload(Payload):
    model_config = ConfigDict(title="Members")

    members: list[MemberPayload]
    """By name, the page that was asked for."""
    total: int
    """On all pages."""


class BanPayload(Payload):
    """Somebody who must not come in."""

    model_config = ConfigDict(title="Ban")

    user: UserPayload
    """Whom it keeps out."""
    reason: str | None
    """Null where none was given."""
    until: str | None
    """UTC, ISO 8601; null: for good."""
    banned_by: UserPayload
    """Who decided it."""
    at: str
    """When; UTC, ISO 8601."""


class BansPayload(Payload):
    model_config = ConfigDict(title="Bans")

    bans: list[BanPayload]
    """Those that hold, the newest first."""
    next_cursor: str | None
    """Of the next page; null on the last."""


class LogEntry(Payload):
    """Something that was done to a room or its members."""

    model_config = ConfigDict(title="LogEntry")

    id: int
    """Rises."""
    at: str
    """UTC, ISO 8601."""
    actor: UserPayload
    """Who did it."""
    action: str
    """Stable, for programs."""
    target: UserPayload | None
    """To whom; null where it was the room itself."""
    details: dict[str, Any]
    """By action: what is now, and what was."""


class LogPayload(Payload):
    model_config = ConfigDict(title="Log")

    entries: list[LogEntry]
    """The newest first."""
    next_cursor: str | None
    """Of the next page; null on the last."""
