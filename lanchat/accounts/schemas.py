"""What comes in about accounts, and how a user looks to others."""

import re
import unicodedata
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.core.base.schemas import Input, Payload, TextInput
from lanchat.core.base.text_rules import Text, name_key
from lanchat.host.addresses import AddressPayload

MAX_MARKS = 3  # on one letter: Hindi and Thai are written with two; piles of them climb over the lines above
EMAIL_SHAPE = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}")
RESERVED_NAMES = {"lanchat", "system", "系统"}


def _username(value: str) -> str:
    value = unicodedata.normalize("NFC", value)
    if not 2 <= len(value) <= 20:
        raise PydanticCustomError("username_length", "2 to 20 characters")
    if not _is_name(value) or not 2 <= len(name_key(value)) <= 40:
        raise PydanticCustomError("username_shape", "letters, digits and _ only")
    if name_key(value) in RESERVED_NAMES:
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
    if value and not (len(value) <= 254 and value.isprintable() and EMAIL_SHAPE.fullmatch(value)):
        raise PydanticCustomError("email_shape", "not an e-mail address")
    return value


Username = Annotated[
    str,
    Field(json_schema_extra={"minLength": 2, "maxLength": 20}),
    AfterValidator(_username),
]
Email = Annotated[str, Field(json_schema_extra={"maxLength": 254}), AfterValidator(_email)]
Password = Annotated[Text, Field(min_length=6, max_length=256)]


class NewPassword(Input):
    """A password, typed twice."""

    password: Password
    password2: str = Field(max_length=256)

    @model_validator(mode="after")
    def _passwords_agree(self) -> Self:
        if self.password != self.password2:
            raise PydanticCustomError("password_mismatch", "the passwords differ")
        return self


class Registration(NewPassword):
    """A new account. Nobody on a LAN has to have an e-mail address."""

    username: Username
    email: Email = ""


class Upgrade(NewPassword):
    """What a guest's account lacks to be logged in to."""

    email: Email = ""


class PasswordChange(NewPassword):
    """A new password, by whoever knows the present one."""

    current_password: str = Field(min_length=1, max_length=256)


class Guest(Input):
    """Somebody who brings nothing but a name."""

    username: Username


class Login(TextInput):
    """A form; `remember` makes the session last 30 days instead of 12 hours."""

    username: str = Field(min_length=1, max_length=256)
    password: str = Field(min_length=1, max_length=256)
    remember: bool = False


class UserPayload(Payload):
    """A person as others see them: `email` is empty, except to themselves and administrators."""

    model_config = ConfigDict(title="User")

    id: int
    username: str
    email: str = ""
    avatar_url: str | None = None
    is_online: bool = False
    created_at: str
    last_seen: str
    real_name: str | None = None
    bio: str | None = None
    is_guest: bool = False


class OwnUserPayload(UserPayload):
    """Oneself."""

    model_config = ConfigDict(title="OwnUser")

    is_admin: bool = False


class TokenPayload(Payload):
    model_config = ConfigDict(title="Token")

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_at: str
    user: OwnUserPayload


class RegisteredPayload(OwnUserPayload):
    """The new account, and a session for it."""

    model_config = ConfigDict(title="Registered")

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_at: str


class SessionPayload(Payload):
    """A device that is logged in; `user_agent` names its browser and system in a few words."""

    model_config = ConfigDict(title="Session")

    id: int
    user_agent: str
    address: str
    created_at: str
    last_used_at: str
    is_current: bool


class SessionsPayload(Payload):
    model_config = ConfigDict(title="Sessions")

    sessions: list[SessionPayload]


class DeviceCodePayload(Payload):
    """A code that signs one more device in, once, within `lasts` seconds."""

    model_config = ConfigDict(title="DeviceCode")

    code: str
    path: str
    lasts: int
    addresses: list[AddressPayload]


class DeviceCodeStatePayload(Payload):
    """Whether my code still waits; before its time is over, one that doesn't was used."""

    model_config = ConfigDict(title="DeviceCodeState")

    is_open: bool


class DeviceSignedIn(Payload):
    """`device_signed_in`: to all tabs of somebody whose code was used. `device` is its browser and system, if known."""

    device: str
    address: str


class Code(Input):
    """What stands behind the `#` of a link, or what somebody typed."""

    code: str = Field(min_length=1, max_length=64)
