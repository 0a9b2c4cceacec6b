"""What people say of themselves, and what they are shown of each other."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.accounts.schemas.names import Email, Username, refuse_reserved
from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.core.base.emoji import fully_qualified
from lanchat.core.base.lists import ListQuery
from lanchat.core.base.moments import Moment
from lanchat.core.base.schemas import Input, Payload
from lanchat.core.base.text_rules import Line, Text, clear

MAX_NAME = 40  # characters
MAX_MARKS = 3  # on one letter; piles of them climb over the lines above
MAX_REAL_NAME = 60
MAX_BIO = 300
MAX_STATUS = 80


def _display_name(value: str) -> str:
    refuse_reserved(value)
    marks = 0
    for char in value:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks > MAX_MARKS:
            raise PydanticCustomError("display_name_shape", "too many marks on a letter")
    if not any(char.isalnum() for char in value):
        raise PydanticCustomError("display_name_shape", "has no letter")
    return value


def _bio(value: str) -> str:
    """Its lines, without what they hide."""
    lines = [clear(unicodedata.normalize("NFC", line)).strip() for line in value.strip().splitlines()]
    return "\n".join(lines)


def _emoji(value: str) -> str:
    emoji = fully_qualified(value)
    if emoji is None:
        raise PydanticCustomError("emoji", "not one emoji")
    return emoji


DisplayName = Annotated[Line, Field(max_length=MAX_NAME), AfterValidator(_display_name)]
Emoji = Annotated[str, Field(max_length=40), AfterValidator(_emoji)]


class StatusDraft(Input):
    """What somebody says of themselves at the moment: an emoji, some words, or both."""

    emoji: Emoji | None = None
    """One."""
    text: Annotated[Line, Field(max_length=MAX_STATUS)] | Literal[""] = ""
    """One line, at most 80 characters."""
    until: Moment | None = None
    """When it ends by itself; null: not at all."""

    @model_validator(mode="after")
    def _says_something(self) -> "StatusDraft":
        if self.emoji is None and not self.text:
            raise PydanticCustomError("blank", "must not be blank")
        return self


class ProfileChange(Input):
    """What to change of oneself; what is left out stays, null takes away."""

    display_name: DisplayName | None = None
    """Shown instead of the user name; at most 40 characters, and nobody else's name nor like one."""
    real_name: Annotated[Line, Field(max_length=MAX_REAL_NAME)] | None = None
    """At most 60 characters."""
    bio: Annotated[Text, Field(max_length=MAX_BIO), AfterValidator(_bio)] | None = None
    """A few words, at most 300 characters; may have several lines."""
    status: StatusDraft | None = None
    """Of the moment."""
    email: Email | None = None
    """Nobody else sees it."""


class UsernameChange(Input):
    """Another name to log in by."""

    username: Username
    """2 to 20 letters, digits and `_`; what looks like another's is taken."""
    password: str = Field(default="", max_length=256)
    """One's own; a guest has none."""


class PeopleQuery(ListQuery):
    """Whom to look for, and which page of them."""

    q: str = Field(default="", max_length=100)
    """Part of a name or of a display name, in any case and width, or of its pinyin initials; without it, everybody."""


class PeoplePayload(Payload):
    """Who can be reached on this host."""

    model_config = ConfigDict(title="People")

    users: list[UserPayload]
    """By name; first those whose name begins with what was looked for. Oneself too."""
    next_cursor: str | None
    """Of the next page; null on the last."""


class CommonRoom(Payload):
    """A room of two people."""

    id: int
    """Stays when the room gets another name."""
    name: str
    """As it is called now."""
    kind: Literal["room", "lobby"]
    """The lobby takes in whoever registers."""
    is_private: bool
    """Whether one needs its password or an invitation to join."""


class UserCardPayload(UserPayload):
    """A person, for who wants to know more of them."""

    model_config = ConfigDict(title="UserCard")

    common_rooms: list[CommonRoom]
    """Rooms that both are members of, by name, at most 100; of oneself, all."""
