"""The room table, and every query on it."""

from itertools import takewhile
from typing import Any, Literal, NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.base.answer_size import Space
from lanchat.core.base.pinyin import initials
from lanchat.core.base.text_rules import name_key, pretended_key, skeleton
from lanchat.core.storage.database import Table
from lanchat.rooms.bounds import AROUND_ROOM, DIRECT_LISTED, LISTED_AT_ONCE
from lanchat.rooms.errors import RoomNameTaken, RoomNotFound
from lanchat.rooms.models.blocks import is_closed
from lanchat.rooms.models.companions import with_companions
from lanchat.rooms.permissions import SMALL, Standing, abilities
from lanchat.rooms.schemas.incoming import RoomChange, RoomDraft
from lanchat.rooms.schemas.notifications import Level, notifications
from lanchat.rooms.schemas.outgoing import Posting, Role, RoomPayload, RoomRow, Shown

LOBBY = "Lobby / 大厅"
DIRECT = "WHERE r.kind = 'direct' AND m.user_id = u.id AND m.unlisted IS NULL ORDER BY r.id DESC LIMIT ?"


class Listed(NamedTuple):
    mine: list[RoomPayload]
    others: list[RoomPayload]
    has_more: bool  # of the others


class Room(Table):
    id = peewee.AutoField()
    kind = peewee.TextField(default="room")
    name = peewee.TextField(null=True)
    name_key = peewee.TextField(null=True, unique=True)
    name_skeleton = peewee.TextField(null=True, unique=True)  # null: a look-alike from before there were skeletons
    initials = peewee.TextField(null=True)
    direct_key = peewee.TextField(null=True, unique=True)
    description = peewee.TextField(default="")
    is_private = peewee.BooleanField(default=False)
    password_hash = peewee.TextField(null=True)
    created_by = peewee.ForeignKeyField(User, column_name="created_by")
    created_at = peewee.TextField()
    seq = peewee.IntegerField(default=0)
    posting = peewee.TextField(default="everyone")
    slow_mode = peewee.IntegerField(default=0)  # seconds
    history = peewee.TextField(default="everyone")
    archived_at = peewee.TextField(null=True)
    picture_url = peewee.TextField(null=True)

    @classmethod
    def add(cls, user_id: int, draft: RoomDraft, password_hash: str | None, now: str) -> int:
        """A room that nobody is in yet; returns its id. Raises RoomNameTaken."""
        cls.require_free_name(draft.name)
        room = cls.create(
            **named_room(draft.name),
            description=draft.description or "",
            is_private=draft.is_private,
            password_hash=password_hash,
            created_by=user_id,
            created_at=now,
        )
        return room.id

    @classmethod
    def require_free_name(cls, name: str, room_id: int = 0) -> None:
        """Raises RoomNameTaken where a room but `room_id` has the name, or one that looks like it."""
        if cls.select().where(cls.is_alike(name), cls.id != room_id).exists():
            raise RoomNameTaken(name=name)

    @classmethod
    def look_alikes(cls) -> list[tuple[str, str]]:
        """(name, another room's that looks like it), of those that had theirs before names were compared by that."""
        late = cls.run_sql("SELECT id, name FROM room WHERE name IS NOT NULL AND name_skeleton IS NULL ORDER BY id")
        return [(name, other) for room_id, name in late.fetchall() for other in cls._names_like(name, room_id)]

    @classmethod
    def _names_like(cls, name: str, room_id: int) -> list[str]:
        return [room.name or "" for room in cls.select(cls.name).where(cls.is_alike(name), cls.id != room_id).limit(1)]

    @classmethod
    def is_alike(cls, name: str) -> Any:
        return cls.name_key.in_([name_key(name), pretended_key(name)]) | (cls.name_skeleton == skeleton(name))

    @classmethod
    def ensure_lobby(cls, now: str) -> int:
        """The id of the one public room that newcomers find themselves in."""
        lobby = cls.get_or_none(cls.kind == "lobby")
        if lobby is None:
            lobby = cls.create(kind="lobby", **named_room(LOBBY), created_by=User.ensure_system(now), created_at=now)
        return lobby.id

    @classmethod
    def find(cls, user_id: int, room_id: int, now: str) -> RoomPayload:
        """A room as the user sees it; raises RoomNotFound."""
        rooms = _select_rooms(user_id, now, "WHERE r.id = ?", room_id)
        if not rooms:
            raise RoomNotFound
        return rooms[0]

    @classmethod
    def list_for(cls, user_id: int, now: str, skip: int) -> "Listed":
        """The user's rooms, unless some of the others are skipped, and the others; the lobby, by name, direct ones."""
        order = "ORDER BY CASE r.kind WHEN 'lobby' THEN 0 ELSE 1 END, r.name_key, r.id"
        space = Space(around=AROUND_ROOM)
        mine = [] if skip else _select_rooms(user_id, now, f"WHERE r.kind <> 'direct' AND m.user_id = u.id {order}")
        mine = [room if space.takes(room.description or "") else _without_words(room) for room in mine]
        mine += [] if skip else _select_rooms(user_id, now, DIRECT, DIRECT_LISTED)
        others = _select_rooms(
            user_id,
            now,
            f"WHERE r.kind <> 'direct' AND m.user_id IS NULL AND r.archived_at IS NULL {order} LIMIT ? OFFSET ?",
            LISTED_AT_ONCE + 1,
            skip,
        )
        space = Space(around=AROUND_ROOM)
        page = list(takewhile(lambda room: space.takes(room.description or ""), others[:LISTED_AT_ONCE]))
        return Listed(mine, page, has_more=len(page) < len(others))

    @classmethod
    def count(cls) -> int:
        return cls.run_sql("SELECT count(*) FROM room WHERE kind <> 'direct'").fetchone()[0]

    @classmethod
    def count_of_guests(cls) -> int:
        """Of those that are there, how many guests have made."""
        made = "SELECT count(*) FROM room r JOIN account u ON u.id = r.created_by WHERE u.is_guest"
        return cls.run_sql(f"{made} AND r.kind <> 'direct'").fetchone()[0]

    @classmethod
    def count_public(cls) -> int:
        return cls.run_sql(
            "SELECT count(*) FROM room WHERE NOT is_private AND kind <> 'direct' AND archived_at IS NULL"
        ).fetchone()[0]

    @classmethod
    def change(cls, room_id: int, change: RoomChange, password_hash: str | None, now: str) -> None:
        """Raises RoomNameTaken. Opening a room to everybody forgets its password."""
        said = change.model_dump(exclude_none=True, exclude={"password", "archived"})
        if change.name is not None:
            cls.require_free_name(change.name, room_id)
            said |= named_room(change.name)
        if password_hash is not None:
            said["password_hash"] = password_hash
        if change.is_private is False:
            said["password_hash"] = None
        if change.archived is not None:
            said["archived_at"] = now if change.archived else None
        if said:
            cls.update(said).where(cls.id == room_id).execute()

    @classmethod
    def show_picture(cls, room_id: int, url: str | None) -> None:
        """None: no picture."""
        cls.update(picture_url=url).where(cls.id == room_id).execute()

    @classmethod
    def picture_of(cls, room_id: int) -> str | None:
        return cls.run_sql("SELECT picture_url FROM room WHERE id = ?", room_id).fetchone()[0]

    @classmethod
    def remove(cls, room_id: int) -> str:
        """Delete a room with its memberships and messages; returns the name that it had."""
        room = cls.get_by_id(room_id)
        cls.delete().where(cls.id == room_id).execute()
        return room.name or ""


def named_room(name: str) -> dict[str, str | None]:
    """What is stored of a name."""
    return {"name": name, "name_key": name_key(name), "name_skeleton": skeleton(name), "initials": initials(name)}


def public_row(room: RoomPayload) -> RoomRow:
    """A room without what only its viewer sees of it."""
    return RoomRow(**room.model_dump(include=set(RoomRow.model_fields)))


class _Row(NamedTuple):
    """A room as one user sees it, column by column."""

    id: int
    name: str | None
    description: str
    is_private: int
    created_at: str
    created_by: int
    kind: Literal["room", "lobby", "direct"]
    seq: int
    role: Role | None
    read_seq: int | None
    muted_until: str | None
    is_admin: int
    member_count: int
    posting: Posting
    slow_mode: int
    history: Shown
    archived_at: str | None
    told_of: Level | None
    silent_until: str | None
    initials: str | None
    is_closed: int
    picture_url: str | None

    def standing(self) -> Standing:
        return Standing(
            self.kind,
            bool(self.is_private),
            self.role,
            bool(self.is_admin),
            self.muted_until,
            self.member_count <= SMALL,
            self.posting,
            self.archived_at is not None,
            is_closed=bool(self.is_closed),
        )


def _select_rooms(user_id: int, now: str, condition: str, *parameters: Any) -> list[RoomPayload]:
    cursor = Room.run_sql(
        f"""SELECT r.id, r.name, r.description, r.is_private, r.created_at, r.created_by, r.kind, r.seq,
            m.role, m.read_seq, m.muted_until, u.is_admin,
            (SELECT count(*) FROM membership c WHERE c.room_id = r.id),
            r.posting, r.slow_mode, r.history, r.archived_at, m.told_of, m.silent_until,
            r.initials, {is_closed("r", "u")}, r.picture_url
        FROM room r JOIN account u ON u.id = ? LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = u.id
        {condition}""",  # noqa: S608, ours
        user_id,
        *parameters,
    )
    return with_companions(user_id, [_as_seen(_Row._make(row), now) for row in cursor], now)


def _without_words(room: RoomPayload) -> RoomPayload:
    return room.model_copy(update={"description": None})


def _as_seen(row: _Row, now: str) -> RoomPayload:
    return RoomPayload(
        id=row.id,
        name=row.name or "",
        initials=row.initials,
        picture_url=row.picture_url,
        description=row.description,
        is_private=bool(row.is_private),
        created_at=row.created_at,
        created_by=row.created_by,
        kind=row.kind,
        last_seq=row.seq if row.role is not None else 0,  # how much is said is for members to know
        role=row.role,
        last_read_seq=row.read_seq,
        member_count=row.member_count,
        can=abilities(row.standing(), now),
        archived=row.archived_at is not None,
        posting=row.posting,
        slow_mode=row.slow_mode,
        history=row.history,
        muted_until=row.muted_until if row.muted_until and row.muted_until > now else None,
        notifications=row.told_of and notifications(row.told_of, row.silent_until, now),
    )
