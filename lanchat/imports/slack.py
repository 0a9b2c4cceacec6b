"""Reads what a Slack workspace exports: lists of users and conversations, and a JSON document a channel and day.

https://slack.com/help/articles/220556107 says what is in it. Files are linked only; tools that fetch them put them
into `attachments/` of the channel, or into `__uploads/`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lanchat.core.base.clock import iso
from lanchat.imports.archive import Archive
from lanchat.imports.foreign import ForeignFile, ForeignMessage, ForeignReaction, ForeignRoom, ForeignUser
from lanchat.imports.mrkdwn import Name, to_markdown

DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
LISTS = {"channels.json": "public", "groups.json": "private", "mpims.json": "direct", "dms.json": "direct"}
# Said by the workspace and not by people; what matters of it here stands in the room itself.
UNSAID = {
    *("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive"),
    *("channel_unarchive", "group_join", "group_leave", "group_topic", "group_purpose", "group_name", "group_archive"),
    *(
        "group_unarchive",
        "pinned_item",
        "unpinned_item",
        "bot_add",
        "bot_remove",
        "reminder_add",
        "channel_convert_to_private",
    ),
    *("channel_posting_permissions", "huddle_thread", "sh_room_created", "app_conversation_join"),
}
GONE = {"tombstone", "message_deleted"}
NO_FILE = {"tombstone", "hidden_by_limit"}


class Slack:
    """Raises SettingsError for what isn't built as it should."""

    kind = "slack"

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._root = next(name for name in archive.names() if _is_root(name)).removesuffix("users.json")
        self._uploads = {name.rsplit("/", 1)[-1]: name for name in archive.names() if "/attachments/" in name}
        self._uploads |= {"/".join(name.split("/")[-2:]): name for name in archive.names() if "__uploads/" in name}
        self._folders: dict[str, str] = {}  # by id of a conversation
        self._pins: dict[str, set[str]] = {}
        self.skipped: Counter[str] = Counter()
        self.source = "slack"

    @staticmethod
    def reads(archive: Archive) -> bool:
        return any(_is_root(name) for name in archive.names())

    def users(self) -> Iterator[ForeignUser]:
        for user in self._list("users.json"):
            profile = _dict(user.get("profile"))
            self.source = f"slack:{user['team_id']}" if _text(user.get("team_id")) else self.source
            yield ForeignUser(
                id=_text(user.get("id")),
                name=_text(user.get("name")) or _text(profile.get("display_name")),
                display_name=_text(profile.get("display_name"))
                or _text(profile.get("real_name") or user.get("real_name")),
                email=_text(profile.get("email")),
                is_bot=bool(user.get("is_bot")) or user.get("id") == "USLACKBOT",
                is_gone=bool(user.get("deleted")),
            )

    def rooms(self) -> Iterator[ForeignRoom]:
        for name, kind in LISTS.items():
            if not self._archive.has(self._root + name):
                continue
            for room in self._list(name):
                room_id = _text(room.get("id"))
                self._folders[room_id] = _text(room.get("name")) or room_id
                pins = [pin for pin in room.get("pins") or () if isinstance(pin, dict)]
                self._pins[room_id] = {_text(pin.get("id")) for pin in pins}
                yield ForeignRoom(
                    id=room_id,
                    name=_text(room.get("name")) or room_id,
                    topic=_text(_dict(room.get("purpose")).get("value"))
                    or _text(_dict(room.get("topic")).get("value")),
                    is_private=kind == "private",
                    is_direct=kind == "direct",
                    members=tuple(_text(each) for each in room.get("members") or ()),
                    owner=_text(room.get("creator")) or None,
                    created_at=_moment(room.get("created") or 0),
                    is_archived=bool(room.get("is_archived")),
                )

    def messages(self, rooms: list[ForeignRoom], user: Name, room_name: Name) -> Iterator[tuple[str, ForeignMessage]]:
        """With the id of its room; a room after the other, by the day."""
        for room in rooms:
            for message in self._messages_in(room, user, room_name):
                yield room.id, message

    def _messages_in(self, room: ForeignRoom, user: Name, room_name: Name) -> Iterator[ForeignMessage]:
        folder = f"{self._root}{self._folders[room.id]}/"
        days = [
            name for name in self._archive.names() if name.startswith(folder) and DAY.fullmatch(name[len(folder) :])
        ]
        for day in sorted(days):
            for number, message in enumerate(self._list(day, is_absolute=True)):
                try:
                    found = self._message(room, message, user, room_name)
                except (KeyError, TypeError, ValueError, OverflowError) as error:
                    raise self._archive.damaged(f"{day}[{number}]", repr(error)) from None
                if found is not None:
                    yield found

    def _message(
        self, room: ForeignRoom, message: dict[str, Any], user: Name, room_name: Name
    ) -> ForeignMessage | None:
        subtype, ts = _text(message.get("subtype")), _text(message.get("ts"))
        if message.get("type", "message") != "message" or subtype in UNSAID:
            self.skipped["notices"] += 1
            return None
        if subtype in GONE or message.get("hidden"):
            self.skipped["deleted"] += 1
            return None
        author, name, is_bot = _author(message)
        text = to_markdown(_text(message.get("text")), user, room_name)
        if not text.strip():
            text = "\n".join(_cards(message, user, room_name))
        if subtype == "me_message" and text:
            text = f"_{text}_"
        root = _text(message.get("thread_ts"))
        edited = _dict(message.get("edited")).get("ts")
        return ForeignMessage(
            key=ts,
            at=_moment(ts),
            author=author,
            text=text.strip(),
            author_name=name,
            is_bot=is_bot,
            reply_to=root if root and root != ts else None,
            edited_at=_moment(edited) if edited else None,
            is_pinned=ts in self._pins.get(room.id, ()),
            reactions=[
                ForeignReaction(_text(each["name"]), [_text(one) for one in each.get("users") or ()])
                for each in message.get("reactions") or ()
            ],
            files=[
                self._file(_dict(file)) for file in message.get("files") or () if _dict(file).get("mode") not in NO_FILE
            ],
        )

    def _file(self, file: dict[str, Any]) -> ForeignFile:
        name, file_id = _text(file.get("name")) or _text(file.get("title")) or "file", _text(file.get("id"))
        places = (f"{file_id}-{name}", f"{file_id}/{name}")
        return ForeignFile(name, next((self._uploads[place] for place in places if place in self._uploads), None))

    def _list(self, name: str, *, is_absolute: bool = False) -> list[dict[str, Any]]:
        where = name if is_absolute else self._root + name
        found = self._archive.document(where)
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self._archive.damaged(where, "not a list of objects")
        return found


def _is_root(name: str) -> bool:
    return name == "users.json" or (name.endswith("/users.json") and name.count("/") == 1)


def _author(message: dict[str, Any]) -> tuple[str, str, bool]:
    """Id, name, and whether it is a program."""
    if user := _text(message.get("user")):
        profile = _dict(message.get("user_profile"))
        return user, _text(profile.get("display_name")) or _text(profile.get("real_name")), False
    bot = _text(message.get("bot_id"))
    name = _text(message.get("username")) or _text(_dict(message.get("bot_profile")).get("name")) or bot or "bot"
    return f"bot:{bot or name}", name, True


def _cards(message: dict[str, Any], user: Name, room: Name) -> Iterator[str]:
    """What programs say beside the text."""
    for card in map(_dict, message.get("attachments") or ()):
        words = [_text(card.get(part)) for part in ("pretext", "title", "text")]
        said = "\n".join(word for word in words if word) or _text(card.get("fallback"))
        if said:
            yield to_markdown(said, user, room)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(ts: object) -> str:
    """Of seconds since 1970, as a number or as text; raises ValueError."""
    whole, _, fraction = str(ts).partition(".")
    return iso(datetime.fromtimestamp(int(whole), UTC).replace(microsecond=int((fraction + "000000")[:6])))
