"""Reads what Mattermost's bulk export writes: one line of JSON an object, and the files in `data/`.

https://docs.mattermost.com/onboard/bulk-loading-data-format.html
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lanchat.core.base.clock import iso
from lanchat.imports.archive import Archive
from lanchat.imports.emoji_names import with_emoji
from lanchat.imports.foreign import ForeignFile, ForeignMessage, ForeignReaction, ForeignRoom, ForeignUser
from lanchat.imports.mrkdwn import CODE, Name

MENTION = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._\-]*)")
DIRECT = "direct:"


class Mattermost:
    """Raises SettingsError for what isn't built as it should."""

    kind = "mattermost"

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._name = _lines_in(archive)
        self.source = "mattermost"
        self.skipped: Counter[str] = Counter()
        self._users: dict[str, ForeignUser] = {}
        self._rooms: dict[str, ForeignRoom] = {}
        self._members: dict[str, list[str]] = {}
        self._read_who_and_where()

    @staticmethod
    def reads(archive: Archive) -> bool:
        return _lines_in(archive) != ""

    def users(self) -> Iterator[ForeignUser]:
        yield from self._users.values()

    def rooms(self) -> Iterator[ForeignRoom]:
        for room in self._rooms.values():
            members = room.members or tuple(self._members.get(room.id, ()))
            yield room._replace(members=members)

    def messages(self, _rooms: list[ForeignRoom], user: Name, _room: Name) -> Iterator[tuple[str, ForeignMessage]]:
        """With the id of its room; in the order of the file."""
        for where, kind, post in self._objects({"post", "direct_post"}):
            try:
                room = _room_of(kind, post)
                if _text(post.get("type")).startswith("system_"):
                    self.skipped["notices"] += 1
                    continue
                if post.get("delete_at"):
                    self.skipped["deleted"] += 1
                    continue
                root = self._message(post, user, None)
                yield room, root
                for reply in post.get("replies") or ():
                    yield room, self._message(reply, user, root.key)
            except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
                raise self._archive.damaged(where, repr(error)) from None

    def _message(self, post: dict[str, Any], user: Name, root: str | None) -> ForeignMessage:
        author, words = _text(post["user"]), _text(post.get("message"))
        mark = hashlib.sha256(f"{author}\n{words}".encode()).hexdigest()[:12]
        props = post.get("props")
        override = _text(props.get("override_username")) if isinstance(props, dict) else ""
        return ForeignMessage(
            key=f"{int(post['create_at'])}-{mark}",
            at=_moment(post["create_at"]),
            author=f"bot:{override}" if override else author,
            text=_said(words, user).strip(),
            author_name=override,
            is_bot=bool(override),
            reply_to=root,
            edited_at=_moment(post["edit_at"]) if post.get("edit_at") else None,
            is_pinned=bool(post.get("is_pinned")),
            reactions=_reactions(post.get("reactions") or ()),
            files=[self._file(_text(each["path"])) for each in post.get("attachments") or ()],
        )

    def _file(self, path: str) -> ForeignFile:
        name = path.rsplit("/", 1)[-1]
        return ForeignFile(name, next((at for at in (path, f"data/{path}") if self._archive.has(at)), None))

    def _read_who_and_where(self) -> None:
        teams: list[str] = []
        wanted = {"version", "team", "channel", "user", "bot", "direct_channel", "direct_post"}
        for where, kind, each in self._objects(wanted):
            try:
                if kind == "version":
                    self._require_version(each)
                elif kind == "team":
                    teams.append(_text(each["name"]))
                elif kind == "channel":
                    self._add_channel(each)
                elif kind in {"user", "bot"}:
                    self._add_user(each, is_bot=kind == "bot")
                else:
                    self._add_direct(kind, each)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise self._archive.damaged(where, repr(error)) from None
        if teams:
            self.source = f"mattermost:{teams[0]}"

    def _require_version(self, version: object) -> None:
        if version != 1:
            raise ValueError("another version than 1")

    def _add_channel(self, channel: dict[str, Any]) -> None:
        room_id = f"{_text(channel['team'])}/{_text(channel['name'])}"
        self._rooms[room_id] = ForeignRoom(
            id=room_id,
            name=_text(channel.get("display_name")) or _text(channel["name"]),
            topic=_text(channel.get("purpose")) or _text(channel.get("header")),
            is_private=channel.get("type") == "P",
            is_archived=bool(channel.get("deleted_at")),
        )

    def _add_user(self, user: dict[str, Any], *, is_bot: bool) -> None:
        name = _text(user["username"])
        full = " ".join(filter(None, (_text(user.get("first_name")), _text(user.get("last_name")))))
        shown = _text(user.get("nickname")) or full or _text(user.get("display_name"))
        is_gone = bool(user.get("delete_at"))
        self._users[name] = ForeignUser(name, name, shown, _text(user.get("email")), is_bot, is_gone)
        for team in user.get("teams") or ():
            for channel in team.get("channels") or ():
                self._members.setdefault(f"{_text(team['name'])}/{_text(channel['name'])}", []).append(name)

    def _add_direct(self, kind: str, channel: dict[str, Any]) -> None:
        members = _members(kind, channel)
        room_id = DIRECT + ",".join(sorted(members))
        self._rooms.setdefault(room_id, ForeignRoom(room_id, room_id, is_direct=True, members=tuple(sorted(members))))

    def _objects(self, kinds: set[str]) -> Iterator[tuple[str, str, Any]]:
        """Where it stands, what it is, and itself."""
        for number, line in self._archive.lines(self._name):
            where = f"{self._name}:{number}"
            kind = line.get("type") if isinstance(line, dict) else None
            if not isinstance(kind, str) or kind not in line:
                raise self._archive.damaged(where, "not an object of a known type")
            if kind in kinds:
                yield where, kind, line[kind]


def _lines_in(archive: Archive) -> str:
    return next((name for name in archive.names() if name.endswith(".jsonl") and name.count("/") < 2), "")


def _members(kind: str, channel: dict[str, Any]) -> set[str]:
    found = channel.get("channel_members" if kind == "direct_post" else "members")
    if found is None:
        found = [each["username"] for each in channel["participants"]]
    return {_text(each) for each in found}


def _room_of(kind: str, post: dict[str, Any]) -> str:
    if kind == "post":
        return f"{_text(post['team'])}/{_text(post['channel'])}"
    return DIRECT + ",".join(sorted(_members(kind, post)))


def _said(words: str, user: Name) -> str:
    """Markdown already; names and emoji as they are called here, but not in code."""
    parts = CODE.split(words)
    for number in range(0, len(parts), 2):
        parts[number] = MENTION.sub(lambda match: f"@{_called(match[1], user)}", with_emoji(parts[number]))
    return "".join(parts)


def _called(name: str, user: Name) -> str:
    """A full stop behind it may end the sentence."""
    plain = name.rstrip(".-")
    return user(plain) + name[len(plain) :]


def _reactions(found: Any) -> list[ForeignReaction]:
    by_name: dict[str, list[str]] = {}
    for each in found:
        by_name.setdefault(_text(each["emoji_name"]), []).append(_text(each["user"]))
    return [ForeignReaction(name, users) for name, users in by_name.items()]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moment(milliseconds: object) -> str:
    if not isinstance(milliseconds, int):
        raise TypeError(f"no moment: {milliseconds!r}"[:100])
    return iso(datetime.fromtimestamp(milliseconds / 1000, UTC))
