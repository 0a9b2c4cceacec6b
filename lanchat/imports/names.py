"""Owns what people and rooms are called here: as there, as far as the rules of names and those who have one allow."""

import re
import unicodedata
from collections.abc import Callable
from itertools import count

from pydantic import TypeAdapter, ValidationError

from lanchat.accounts.models.imported import is_free
from lanchat.accounts.models.names import MAX_USERNAME
from lanchat.accounts.schemas.names import Username
from lanchat.core.base.text_rules import name_key, pretended_key, skeleton
from lanchat.imports.foreign import ForeignRoom, ForeignUser
from lanchat.profiles.schemas import DisplayName
from lanchat.rooms.models.imported import is_room_name_free
from lanchat.rooms.schemas.incoming import RoomName

USERNAME: TypeAdapter[str] = TypeAdapter(Username)
DISPLAY: TypeAdapter[str] = TypeAdapter(DisplayName)
ROOM: TypeAdapter[str] = TypeAdapter(RoomName)
MAX_DISPLAY, MAX_ROOM = 40, 100  # characters


class Names:
    """Those that are given out here are nobody's yet: each is another's as soon as it is."""

    def __init__(self, is_free: Callable[[str], bool]) -> None:
        self._is_free = is_free
        self._given: set[str] = set()

    def take(self, name: str) -> bool:
        """False where it is somebody's, or looks like it."""
        keys = {name_key(name), pretended_key(name), skeleton(name)}
        if keys & self._given or not self._is_free(name):
            return False
        self._given |= keys
        return True

    def take_like(self, name: str, most: int, shape: str) -> str:
        """The name, or with a number behind it."""
        if self.take(name):
            return name
        endings = (shape.format(number) for number in count(2))
        others = (name[: most - len(ending)] + ending for ending in endings)
        return next(other for other in others if self.take(other))


class PeoplesNames(Names):
    def __init__(self) -> None:
        super().__init__(is_free)

    def of(self, user: ForeignUser) -> tuple[str, str | None]:
        """User name and display name."""
        username = self.take_like(_username(user.name or user.id), MAX_USERNAME, "_{}")
        shown = (user.display_name or user.name).strip()
        if user.is_bot:
            shown = f"{shown[: MAX_DISPLAY - 6]} (bot)"
        shown = _valid(DISPLAY, shown[:MAX_DISPLAY].strip())
        if not shown or name_key(shown) == name_key(username):
            return username, None
        return username, shown if self.take(shown) else None


class RoomsNames(Names):
    def __init__(self) -> None:
        super().__init__(is_room_name_free)

    def of(self, room: ForeignRoom) -> str:
        name = _valid(ROOM, room.name[:MAX_ROOM].strip()) or "Room"
        return self.take_like(name, MAX_ROOM, " ({})")


def _username(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.partition("@")[0])
    plain = re.sub(r"_+", "_", "".join(sign if sign.isalnum() else "_" for sign in plain)).strip("_")[:MAX_USERNAME]
    return _valid(USERNAME, plain) or _valid(USERNAME, f"{plain}_user"[:MAX_USERNAME]) or "user"


def _valid(adapter: TypeAdapter[str], name: str) -> str:
    """Empty where it may not be called so."""
    try:
        return adapter.validate_python(name)
    except ValidationError:
        return ""
