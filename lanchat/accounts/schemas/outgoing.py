"""How a user looks to others and to themselves, and what a login answers."""

from typing import Literal

from pydantic import ConfigDict

from lanchat.accounts.schemas.preferences import Preferences
from lanchat.core.base.schemas import Payload


class StatusPayload(Payload):
    """What somebody says of themselves at the moment."""

    model_config = ConfigDict(title="Status")

    emoji: str | None
    """One, fully qualified; null without."""
    text: str
    """One line, at most 80 characters; may be empty beside an emoji."""
    until: str | None
    """When it ends by itself; UTC, ISO 8601; null: not at all."""


class UserPayload(Payload):
    """A person as others see them."""

    model_config = ConfigDict(title="User")

    id: int
    """Stays when everything else about them changes."""
    username: str
    """Theirs alone, in any case and width."""
    display_name: str | None = None
    """Shown instead of `username`, and as much theirs alone; at most 40 characters; null unless given."""
    initials: str | None = None
    """Of the name that is shown, by the sound of its Chinese characters: `zs` of 张三; null where it has none."""
    email: str = ""
    """Empty to everybody but themselves, and where they gave none."""
    avatar_url: str | None = None
    """Path of their picture; null without one."""
    is_online: bool = False
    """Whether a device of theirs is connected, as of this answer."""
    created_at: str
    """When they registered; UTC, ISO 8601."""
    last_seen: str
    """When they last went offline, or registered; UTC, ISO 8601."""
    real_name: str | None = None
    """Null unless given."""
    bio: str | None = None
    """A few words of theirs; null unless given."""
    is_guest: bool = False
    """Whether they brought only a name: without a password they can't come back once logged out."""
    is_admin: bool = False
    """Whether they administer this host, whatever their roles in its rooms."""
    status: StatusPayload | None = None
    """What they say of themselves at the moment; null without a word."""


class OwnUserPayload(UserPayload):
    """Oneself."""

    model_config = ConfigDict(title="OwnUser")

    preferences: Preferences = Preferences()
    """What they prefer, for themselves alone to see."""
    can_log_in: bool = True
    """False of guests, and of whoever came from elsewhere and has not chosen one yet."""

    def seen_by_others(self) -> UserPayload:
        return UserPayload.model_validate({**self.model_dump(exclude={"preferences", "can_log_in"}), "email": ""})


class TokenPayload(Payload):
    model_config = ConfigDict(title="Token")

    access_token: str
    """For `Authorization: Bearer`, and as `token` when a socket connects."""
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    """Always the same."""
    expires_at: str
    """When the session ends; UTC, ISO 8601."""
    user: OwnUserPayload
    """Who is logged in by it."""


class RegisteredPayload(OwnUserPayload):
    """The new account, and a session for it."""

    model_config = ConfigDict(title="Registered")

    access_token: str
    """For `Authorization: Bearer`, and as `token` when a socket connects."""
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    """Always the same."""
    expires_at: str
    """When the session ends; UTC, ISO 8601."""


class SessionPayload(Payload):
    """A device that is logged in."""

    model_config = ConfigDict(title="Session")

    id: int
    """By which it can be ended."""
    user_agent: str
    """Its browser and system in a few words; empty if unknown."""
    address: str
    """The IP address that it logged in from."""
    created_at: str
    """When it logged in; UTC, ISO 8601."""
    last_used_at: str
    """UTC, ISO 8601; exact to about a minute."""
    is_current: bool
    """Whether it is the one that asks."""


class SessionsPayload(Payload):
    model_config = ConfigDict(title="Sessions")

    sessions: list[SessionPayload]
    """The asking one first, then the latest used."""
