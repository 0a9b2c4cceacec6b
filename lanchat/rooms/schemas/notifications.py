"""Of what somebody wants to be told in a room of theirs."""

from typing import Literal

from pydantic import ConfigDict

from lanchat.core.base.moments import Moment
from lanchat.core.base.schemas import Input, Payload

Level = Literal["all", "mentions", "none"]


class NotificationsPayload(Payload):
    """Of what I am told in a room; what is unread is counted in any case."""

    model_config = ConfigDict(title="Notifications")

    level: Level
    """Every message, those that mention me, or nothing."""
    muted_until: str | None = None
    """Until then nothing, whatever the level says; UTC, ISO 8601; null where the level holds."""


class NotificationsChange(Input):
    """Of what I want to be told in a room, in place of all that was set before."""

    level: Level
    """Every message, those that mention me, or nothing."""
    muted_until: Moment | None = None
    """ISO 8601 with a zone, in the future: nothing until then; null or left out: the level holds from now on."""


class RoomPreferences(Payload):
    """`room_preferences`: to all tabs of somebody who wants to be told otherwise."""

    room_id: int
    """A room of mine."""
    notifications: NotificationsPayload
    """As it is now."""


def notifications(level: Level, muted_until: str | None, now: str) -> NotificationsPayload:
    """As it is now: a mute that is over is none."""
    return NotificationsPayload(level=level, muted_until=muted_until if muted_until and muted_until > now else None)
