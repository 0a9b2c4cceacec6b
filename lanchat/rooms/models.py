"""The room and membership tables, and every query on them."""

from typing import Any, NamedTuple, cast

import peewee

from lanchat.accounts.models import User
from lanchat.core.db import Table
from lanchat.core.errors import RoomNameTaken, RoomNotFound, WrongRoomPassword
from lanchat.core.texts import name_key
from lanchat.rooms.schemas import MemberPayload, MembershipChange, Role, RoomChange, RoomDraft, RoomPayload, RoomRow

LOBBY = "Lobby / 大厅"


class Standing(NamedTuple):
    """How a user stands in a room; `role` is None for an outsider."""

    room_id: int
    kind: str
    is_private: bool
    role: Role | None
    is_administrator: bool


class Door(NamedTuple):
    """What joining a room takes."""

    room_id: int
    password_hash: str | None  # None: open to everybody
    is_member: bool


class Joined(NamedTuple):
    room: RoomPayload
    change: MembershipChange
    is_new: bool


class Marks(NamedTuple):
    """How far a room came to one of its members."""

    delivered_seq: int
    read_seq: int


class Left(NamedTuple):
    change: MembershipChange
    heir_id: int | None  # who owns the room now, if that changed


class Room(Table):
    id = peewee.AutoField()
    kind = peewee.TextField(default="room")
    name = peewee.TextField(null=True)
    name_key = peewee.TextField(null=True, unique=True)
    direct_key = peewee.TextField(null=True, unique=True)
    description = peewee.TextField(default="")
    is_private = peewee.BooleanField(default=False)
    password_hash = peewee.TextField(null=True)
    created_by = peewee.ForeignKeyField(User, column_name="created_by")
    created_at = peewee.TextField()
    seq = peewee.IntegerField(default=0)

    @classmethod
    def found(cls, user_id: int, draft: RoomDraft, password_hash: str | None, now: str) -> RoomPayload:
        """Make a room together with its owner; raises RoomNameTaken."""
        try:
            room = cls.create(
                name=draft.name,
                name_key=name_key(draft.name),
                description=draft.description or "",
                is_private=draft.is_private,
                password_hash=password_hash,
                created_by=user_id,
                created_at=now,
            )
        except peewee.IntegrityError:
            raise RoomNameTaken(name=draft.name) from None
        Membership.create(room=room.id, user=user_id, role="owner", joined_at=now)
        return cls.find(user_id, room.id)

    @classmethod
    def ensure_lobby(cls, now: str) -> int:
        """The id of the one public room that newcomers find themselves in."""
        lobby, _ = cls.get_or_create(
            kind="lobby",
            defaults={
                "name": LOBBY,
                "name_key": name_key(LOBBY),
                "created_by": User.ensure_system(now),
                "created_at": now,
            },
        )
        return lobby.id

    @classmethod
    def find(cls, user_id: int, room_id: int) -> RoomPayload:
        """A room as the user sees it; raises RoomNotFound."""
        rooms = _select_rooms(user_id, "WHERE r.id = ?", room_id)
        if not rooms:
            raise RoomNotFound
        return rooms[0]

    @classmethod
    def list_for(cls, user_id: int) -> tuple[list[RoomPayload], list[RoomPayload]]:
        """The user's rooms, and the others that may be joined; the lobby first, then by name."""
        rooms = _select_rooms(user_id, "WHERE r.kind <> 'direct' ORDER BY r.kind <> 'lobby', r.name_key")
        return [r for r in rooms if r.role is not None], [r for r in rooms if r.role is None]

    @classmethod
    def count_public(cls) -> int:
        return cls.run_sql("SELECT count(*) FROM room WHERE is_private = 0 AND kind <> 'direct'").fetchone()[0]

    @classmethod
    def change(cls, room_id: int, change: RoomChange, password_hash: str | None) -> None:
        """Raises RoomNameTaken. Opening a room to everybody forgets its password."""
        values: dict[str, object] = {}
        if change.name is not None:
            values |= {"name": change.name, "name_key": name_key(change.name)}
        if change.description is not None:
            values["description"] = change.description
        if password_hash is not None:
            values["password_hash"] = password_hash
        if change.is_private is not None:
            values["is_private"] = change.is_private
            if not change.is_private:
                values["password_hash"] = None
        if values:
            try:
                cls.update(values).where(cls.id == room_id).execute()
            except peewee.IntegrityError:
                raise RoomNameTaken(name=change.name) from None

    @classmethod
    def remove(cls, room_id: int) -> str:
        """Delete a room with its memberships and messages; returns the name that it had."""
        room = cls.get_by_id(room_id)
        cls.delete().where(cls.id == room_id).execute()
        return room.name or ""


class Membership(Table):
    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    role = peewee.TextField(default="member")
    joined_at = peewee.TextField()
    muted_until = peewee.TextField(null=True)
    delivered_seq = peewee.IntegerField(default=0)
    read_seq = peewee.IntegerField(default=0)

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("room", "user")

    @classmethod
    def find_standing(cls, user_id: int, room_id: int) -> Standing | None:
        row = cls.run_sql(
            """SELECT r.kind, r.is_private, m.role, u.is_admin FROM room r
            JOIN user u ON u.id = ? LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = u.id
            WHERE r.id = ?""",
            user_id,
            room_id,
        ).fetchone()
        return row and Standing(room_id, row[0], bool(row[1]), row[2], bool(row[3]))

    @classmethod
    def find_door(cls, user_id: int, room_id: int) -> Door:
        """Raises RoomNotFound; a direct room has no door."""
        row = cls.run_sql(
            """SELECT r.password_hash, m.user_id FROM room r
            LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = ? WHERE r.id = ? AND r.kind <> 'direct'""",
            user_id,
            room_id,
        ).fetchone()
        if row is None:
            raise RoomNotFound
        return Door(room_id, row[0], row[1] is not None)

    @classmethod
    def join(cls, user_id: int, door: Door, now: str) -> Joined:
        """Become a member, once. Who enters a room that nobody is left in, owns it.

        Raises RoomNotFound, or WrongRoomPassword if its password changed since `door` was looked at.
        """
        is_new = cls.add(user_id, door.room_id, now)
        if is_new and cls.find_door(user_id, door.room_id).password_hash != door.password_hash:
            raise WrongRoomPassword
        room = Room.find(user_id, door.room_id)
        return Joined(room, MembershipChange(user_id=user_id, username=_name_of(user_id), room_id=room.id), is_new)

    @classmethod
    def add(cls, user_id: int, room_id: int, now: str) -> bool:
        """False if the user was a member already; what was said before counts as read."""
        try:
            cursor = cls.run_sql(
                """INSERT INTO membership(room_id, user_id, role, joined_at, read_seq)
                SELECT id, ?, CASE WHEN kind = 'room' AND NOT EXISTS
                    (SELECT 1 FROM membership WHERE room_id = room.id) THEN 'owner' ELSE 'member' END, ?, seq
                FROM room WHERE id = ? ON CONFLICT DO NOTHING""",
                user_id,
                now,
                room_id,
            )
        except peewee.IntegrityError:
            raise RoomNotFound from None
        return cursor.rowcount > 0

    @classmethod
    def leave(cls, user_id: int, room_id: int) -> Left | None:
        """None if the user was no member. An owner's room goes to its eldest admin, else its eldest member."""
        row = cls.run_sql(
            "DELETE FROM membership WHERE room_id = ? AND user_id = ? RETURNING role", room_id, user_id
        ).fetchall()
        if not row:
            return None
        heir_id = cls._pass_on(room_id) if row[0][0] == "owner" else None
        return Left(MembershipChange(user_id=user_id, username=_name_of(user_id), room_id=room_id), heir_id)

    @classmethod
    def _pass_on(cls, room_id: int) -> int | None:
        rows = cls.run_sql(
            """UPDATE membership SET role = 'owner' WHERE room_id = ?1 AND user_id =
            (SELECT user_id FROM membership WHERE room_id = ?1 ORDER BY role <> 'admin', joined_at, user_id LIMIT 1)
            RETURNING user_id""",
            room_id,
        ).fetchall()
        return rows[0][0] if rows else None

    @classmethod
    def room_ids_of(cls, user_id: int) -> list[int]:
        return [room_id for (room_id,) in cls.run_sql("SELECT room_id FROM membership WHERE user_id = ?", user_id)]

    @classmethod
    def members_of(cls, room_id: int, skip: int, limit: int) -> tuple[list[MemberPayload], int]:
        """A page of members by name, and how many there are in all."""
        query = cls.select(cls, User).join(User).where(cls.room == room_id).order_by(User.username_key)
        members = [
            MemberPayload(**row.user.payload().model_dump(), role=cast(Role, row.role))
            for row in query.offset(skip).limit(limit)
        ]
        return members, query.count()

    @classmethod
    def mark(cls, user_id: int, room_id: int, delivered: int, read: int) -> Marks | None:
        """Remember what reached somebody and what they read, never backwards; None for an outsider."""
        rows = cls.run_sql(
            """UPDATE membership SET
                delivered_seq = max(delivered_seq, min(max(?1, ?2), (SELECT seq FROM room WHERE id = ?3))),
                read_seq = max(read_seq, min(?2, (SELECT seq FROM room WHERE id = ?3)))
            WHERE room_id = ?3 AND user_id = ?4 RETURNING delivered_seq, read_seq""",
            delivered,
            read,
            room_id,
            user_id,
        ).fetchall()
        return Marks(*rows[0]) if rows else None

    @classmethod
    def furthest(cls, room_id: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The two members whom most was delivered to, and the two who read most, as (user id, seq)."""
        return tuple(  # pyright: ignore[reportReturnType], two of them
            cls.run_sql(
                f"SELECT user_id, {mark} FROM membership WHERE room_id = ? ORDER BY {mark} DESC LIMIT 2",  # noqa: S608
                room_id,
            ).fetchall()
            for mark in ("delivered_seq", "read_seq")
        )

    @classmethod
    def readers_of(cls, room_id: int, seq: int, limit: int) -> tuple[list[int], int]:
        """Who has read up to `seq` (the ids of at most `limit`), and how many they are."""
        rows = cls.run_sql(
            "SELECT user_id FROM membership WHERE room_id = ? AND read_seq >= ?", room_id, seq
        ).fetchall()
        return [user_id for (user_id,) in rows[:limit]], len(rows)


def public_row(room: RoomPayload) -> RoomRow:
    """A room without what only its viewer sees of it."""
    return RoomRow(**room.model_dump(include=set(RoomRow.model_fields)))


def _select_rooms(user_id: int, condition: str, *parameters: Any) -> list[RoomPayload]:
    cursor = Room.run_sql(
        f"""SELECT r.id, r.name, r.description, r.is_private, r.created_at, r.created_by, r.kind, r.seq,
            m.role, m.read_seq, (SELECT count(*) FROM membership c WHERE c.room_id = r.id)
        FROM room r LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = ? {condition}""",  # noqa: S608, ours
        user_id,
        *parameters,
    )
    return [
        RoomPayload(
            id=row[0],
            name=row[1] or "",
            description=row[2],
            is_private=bool(row[3]),
            created_at=row[4],
            created_by=row[5],
            kind=row[6],
            last_seq=row[7] if row[8] is not None else 0,  # how much is said is for members to know
            role=row[8],
            last_read_seq=row[9],
            member_count=row[10],
        )
        for row in cursor
    ]


def _name_of(user_id: int) -> str:
    return Room.run_sql("SELECT username FROM user WHERE id = ?", user_id).fetchone()[0]
