"""How the JSON in an archive is built: its JSON Schema lies beside it, made from these."""

from typing import Literal

from pydantic import ConfigDict

from lanchat.accounts.schemas.outgoing import StatusPayload
from lanchat.accounts.schemas.preferences import Preferences
from lanchat.core.base.schemas import Payload
from lanchat.exports.record import ExportedFile, ExportedMessage

VERSION = 1


class ExportedMember(Payload):
    """Who was in the room."""

    model_config = ConfigDict(title="Member")

    id: int
    """Stays when everything else about them changes."""
    username: str
    """Theirs alone on that host."""
    display_name: str | None
    """Shown instead of `username`; null unless given."""
    is_guest: bool
    """Whether they brought only a name."""
    role: str
    """`owner`, `moderator` or `member`."""


class ExportedRoom(Payload):
    """Where everything was said."""

    model_config = ConfigDict(title="Room")

    id: int
    """Its own on that host."""
    name: str
    """Of a direct conversation, the others' names."""
    description: str
    """May be empty."""
    kind: str
    """`room`, `lobby` or `direct`."""
    is_private: bool
    """Whether it took a password or an invitation."""
    created_at: str
    """UTC, ISO 8601."""


class RoomArchive(Payload):
    """`room.json`: a room of a LanChat host, as one of its members could read it."""

    model_config = ConfigDict(title="RoomArchive")

    format: Literal["lanchat-room"]
    """Always the same."""
    version: Literal[1]
    """Grows when fields change their meaning; new ones may come without."""
    host: str
    """Of the host."""
    exported_at: str
    """UTC, ISO 8601."""
    exported_by: str
    """User name of whoever took it."""
    room: ExportedRoom
    """Where everything was said."""
    members: list[ExportedMember]
    """By name."""
    messages: list[ExportedMessage]
    """Oldest first."""


class ExportedProfile(Payload):
    """Myself."""

    model_config = ConfigDict(title="Profile")

    id: int
    """Stays when everything else changes."""
    username: str
    """By which I log in."""
    display_name: str | None
    """Shown instead; null unless given."""
    email: str
    """May be empty."""
    real_name: str | None
    """Null unless given."""
    bio: str | None
    """Null unless given."""
    status: StatusPayload | None
    """What I say of myself at the moment."""
    is_guest: bool
    """Whether I brought only a name."""
    created_at: str
    """UTC, ISO 8601."""


class ExportedOwnRoom(ExportedRoom):
    """A room that I am in."""

    model_config = ConfigDict(title="OwnRoom")

    role: str
    """Mine there."""


class ExportedSaved(Payload):
    """What I keep for later."""

    model_config = ConfigDict(title="Saved")

    saved_at: str
    """UTC, ISO 8601."""
    message: ExportedMessage
    """As it is now; those that I may no longer read are left out, and others' files too."""


class OwnArchive(Payload):
    """`me.json`: all that is mine on a LanChat host. Of others it has only what I saved."""

    model_config = ConfigDict(title="OwnArchive")

    format: Literal["lanchat-me"]
    """Always the same."""
    version: Literal[1]
    """Grows when fields change their meaning; new ones may come without."""
    host: str
    """Of the host."""
    exported_at: str
    """UTC, ISO 8601."""
    profile: ExportedProfile
    """Myself."""
    preferences: Preferences
    """What I prefer."""
    rooms: list[ExportedOwnRoom]
    """That I am in."""
    saved: list[ExportedSaved]
    """The newest first."""
    files: list[ExportedFile]
    """All that I uploaded, unless it was taken back."""
    messages: list[ExportedMessage]
    """Mine, in those rooms, oldest first."""
