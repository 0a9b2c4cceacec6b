"""What comes in about accounts, and how a user looks to others."""

import re
import unicodedata
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.accounts.preferences_schemas import Preferences
from lanchat.core.base.schemas import Input, Payload, TextInput
from lanchat.core.base.text_rules import (
    Text,
    are_alike,
    is_all_seen,
    name_key,
    pretended_key,
    skeleton,
    without_blanks,
)
from lanchat.host.addresses import AddressPayload

MAX_TYPED = 100  # characters that are looked at of a name; each of 20 may come in several
MAX_MARKS = 3  # on one letter: Hindi and Thai are written with two; piles of them climb over the lines above
EMAIL_SHAPE = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}")
RESERVED_NAMES = (
    *("LanChat", "system", "系统", "系统消息", "former member", "前成员"),
    *("all", "everyone", "所有人", "全体成员"),  # by which all are called at once
)
# As whom only people of the host speak: neither guests, nor anybody in front of a name of their own.
OFFICIAL_NAMES = (
    *("admin", "administrator", "sysadmin", "root", "moderator", "server", "host", "bot"),
    *("管理员", "系统管理员", "超级管理员", "版主", "群主", "主机", "服务器", "机器人"),
)
FORMER = "former_"  # and the id: as what people are known who deleted their account


def _username(value: str) -> str:
    value = unicodedata.normalize("NFC", value[:MAX_TYPED])
    if not 2 <= len(value) <= 20:
        raise PydanticCustomError("username_length", "2 to 20 characters")
    if not is_all_seen(value):
        raise PydanticCustomError("invisible_characters", "contains invisible characters")
    if not _is_name(value) or not 2 <= len(name_key(value)) <= 40:
        raise PydanticCustomError("username_shape", "letters, digits and _ only")
    refuse_reserved(value)
    return value


def refuse_reserved(name: str) -> None:
    """Raises PydanticCustomError for what would pass for LanChat itself."""
    name = without_blanks(name)
    if any(are_alike(name, without_blanks(reserved)) for reserved in RESERVED_NAMES) or _begins_like_former(name):
        raise PydanticCustomError("username_reserved", "this name is reserved")


def is_official(name: str) -> bool:
    """Whether it passes for whoever keeps the host in order; digits and `_` around it don't tell it apart."""
    plain = without_blanks(name).strip("_0123456789.-")
    return any(are_alike(each, official) for each in {without_blanks(name), plain} for official in OFFICIAL_NAMES)


def _begins_like_former(name: str) -> bool:
    return any(
        key.startswith((FORMER, skeleton(FORMER))) for key in (name_key(name), pretended_key(name), skeleton(name))
    )


def _guest_name(value: str) -> str:
    if is_official(value):
        raise PydanticCustomError("username_reserved", "this name is reserved")
    return value


def _is_name(value: str) -> bool:
    """Letters of any script with their marks, digits and `_`; not only `_`."""
    has_letter, marks = False, MAX_MARKS
    for char in value:
        if unicodedata.category(char) in {"Mn", "Mc"}:
            marks += 1
            if marks > MAX_MARKS:
                return False
        elif char.isalnum() or char == "_":
            has_letter = has_letter or char != "_"
            marks = 0 if char.isalpha() else MAX_MARKS
        else:
            return False
    return has_letter


def _email(value: str) -> str:
    value = value.strip()
    if value and not (len(value) <= 254 and is_all_seen(value) and EMAIL_SHAPE.fullmatch(value)):
        raise PydanticCustomError("email_shape", "not an e-mail address")
    return value


Username = Annotated[
    str,
    Field(json_schema_extra={"minLength": 2, "maxLength": 20}),
    AfterValidator(_username),
]
GuestName = Annotated[Username, AfterValidator(_guest_name)]
Email = Annotated[str, Field(json_schema_extra={"maxLength": 254}), AfterValidator(_email)]
Password = Annotated[Text, Field(min_length=6, max_length=256)]


class NewPassword(Input):
    """A password, typed twice."""

    password: Password
    """6 to 256 characters."""
    password2: str = Field(max_length=256)
    """The same once more."""

    @model_validator(mode="after")
    def _passwords_agree(self) -> Self:
        if unicodedata.normalize("NFC", self.password) != unicodedata.normalize("NFC", self.password2):
            raise PydanticCustomError("password_mismatch", "the passwords differ")
        return self


class Registration(NewPassword):
    """A new account. Nobody on a LAN has to have an e-mail address."""

    username: Username
    """2 to 20 letters, digits and `_`; what looks like another's, or differs in case or width only, is taken."""
    email: Email = ""
    """May be left out."""


class Upgrade(NewPassword):
    """What a guest's account lacks to be logged in to."""

    email: Email = ""
    """May be left out."""


class PasswordChange(NewPassword):
    """A new password, by whoever knows the present one."""

    current_password: str = Field(min_length=1, max_length=256)
    """As it is until now."""


class Guest(Input):
    """Somebody who brings nothing but a name."""

    username: GuestName
    """2 to 20 letters, digits and `_`; none of those by which whoever runs a host goes."""


class Login(TextInput):
    """A form."""

    username: str = Field(min_length=1, max_length=256)
    """In any case and width."""
    password: str = Field(min_length=1, max_length=256)
    """As it was chosen."""
    remember: bool = False
    """Makes the session last 30 days instead of 12 hours."""


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


class DeviceCodePayload(Payload):
    """A code that signs one more device in, once."""

    model_config = ConfigDict(title="DeviceCode")

    code: str
    """As people type it."""
    path: str
    """Of the page that takes the code, with it behind the `#`."""
    lasts: int
    """In seconds, from now."""
    addresses: list[AddressPayload]
    """Of that page; the name first where there is one, then the likeliest."""


class DeviceCodeOwnerPayload(Payload):
    """As whom a code signs somebody in: to be told before it does."""

    model_config = ConfigDict(title="DeviceCodeOwner")

    username: str
    """As they are called now."""
    is_guest: bool
    """Whether they brought only a name."""


class DeviceCodeStatePayload(Payload):
    """Whether my code still waits."""

    model_config = ConfigDict(title="DeviceCodeState")

    is_open: bool
    """Before its time is over, one that isn't was used."""


class DeviceSignedIn(Payload):
    """`device_signed_in`: to all tabs of somebody whose code was used."""

    device: str
    """Its browser and system in a few words; empty if unknown."""
    address: str
    """Its IP address."""


class Code(Input):
    """What stands behind the `#` of a link, or what somebody typed."""

    code: str = Field(min_length=1, max_length=64)
    """With or without the signs that group it."""
