"""How presence looks on the wire."""

from pydantic import BaseModel, ConfigDict

from lanchat.accounts.schemas import UserPayload


class UserStatus(BaseModel):
    """`user_status_update`: to people who share a room."""

    model_config = ConfigDict(frozen=True)

    user_id: int
    username: str
    is_online: bool


class OnlineUsers(BaseModel):
    """`online_users_update`: everybody of the room who is connected."""

    model_config = ConfigDict(frozen=True)

    room_id: int
    online_users: list[UserPayload]


class TypingUpdate(BaseModel):
    """`typing_update`: the names of those who type now."""

    model_config = ConfigDict(frozen=True)

    room_id: int
    typing_users: list[str]
