"""Which names, e-mail addresses and passwords an account may have."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lanchat.core.base.text_rules import (
    Text,
    are_alike,
    is_all_seen,
    name_key,
    pretended_key,
    skeleton,
    without_blanks,
)

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
