"""How presence looks on the wire."""

from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.schemas import Payload


class UserStatus(Payload):
    """`user_status_update`: to people who share a room."""

    user_id: int
    """Whose it is."""
    username: str
    """As they are called now."""
    is_online: bool
    """Whether any device of theirs is connected."""


class OnlineUsers(Payload):
    """`online_users_update`: everybody of the room who is connected."""

    room_id: int
    """Whose members they are."""
    online_users: list[UserPayload]
    """All of them, by name."""


class OnlineIds(Payload):
    """`online_ids_update`: instead of `online_users_update`, to sockets that connected with `presence: "ids"`.

    In a room of 500 it is a fiftieth of that.
    """

    room_id: int
    """Whose members they are."""
    online_ids: list[int]
    """All of them."""


class TypingUpdate(Payload):
    """`typing_update`: the names of those who type now."""

    room_id: int
    """Where they type."""
    typing_users: list[str]
    """All of them, in the order in which they began; empty once the last one stops."""
    typing_names: list[str]
    """As whom they are shown, in the same order."""
    typing_guests: list[str]
    """Those of them who are guests."""
    typing_ids: list[int]
    """Who they are, in the order of `typing_users`."""
