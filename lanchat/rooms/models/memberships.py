"""The membership table, and every query on it."""

from typing import NamedTuple, cast

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.core.storage.engines import ENGINE
from lanchat.rooms import bounds
from lanchat.rooms.errors import HostFull, RoomNotFound, TooManyJoined, TooManyRooms, WrongRoomPassword
from lanchat.rooms.models.rooms import Room
from lanchat.rooms.permissions import SMALL, Standing
from lanchat.rooms.schemas import CanPayload, MemberPayload, MembershipChange, Role, RoomDraft, RoomPayload


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
    heir: "Heir | None"  # who owns the room now, if that changed


class Heir(NamedTuple):
    user_id: int
    can: CanPayload


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
            """SELECT r.kind, r.is_private, m.role, u.is_admin, m.muted_until,
                (SELECT count(*) FROM (SELECT 1 FROM membership c WHERE c.room_id = r.id LIMIT ?) AS few) <= ?
            FROM room r
            JOIN account u ON u.id = ? LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = u.id
            WHERE r.id = ?""",
            SMALL + 1,
            SMALL,
            user_id,
            room_id,
        ).fetchone()
        return row and Standing(row[0], bool(row[1]), row[2], bool(row[3]), row[4], bool(row[5]))

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
    def found(cls, user_id: int, draft: RoomDraft, password_hash: str | None, now: str) -> RoomPayload:
        """Make a room, and its maker the owner: who enters an empty one is.

        Raises RoomNameTaken, TooManyRooms or HostFull.
        """
        cls._require_place(user_id)
        room_id = Room.add(user_id, draft, password_hash, now)
        cls.add(user_id, room_id, now)
        return Room.find(user_id, room_id, now)

    @classmethod
    def join(cls, user_id: int, door: Door, now: str) -> Joined:
        """Become a member, once. Who enters a room that nobody is left in, owns it.

        Raises RoomNotFound, TooManyJoined, or WrongRoomPassword if its password changed since `door` was looked at.
        """
        is_new = cls.add(user_id, door.room_id, now)
        if is_new:
            cls._require_within(user_id)
        if is_new and cls.find_door(user_id, door.room_id).password_hash != door.password_hash:
            raise WrongRoomPassword
        room = Room.find(user_id, door.room_id, now)
        return Joined(room, MembershipChange(user_id=user_id, username=_name_of(user_id), room_id=room.id), is_new)

    @classmethod
    def _require_place(cls, user_id: int) -> None:
        """For one more room. Raises TooManyRooms or HostFull."""
        is_guest = User.is_guest_now(user_id)
        most = bounds.MAX_OWNED_BY_GUEST if is_guest else bounds.MAX_OWNED
        if cls.select().where(cls.user == user_id, cls.role == "owner").count() >= most:
            raise TooManyRooms(limit=most)
        if Room.count() >= bounds.MAX_ROOMS:
            raise HostFull(limit=bounds.MAX_ROOMS)
        if is_guest and Room.count_of_guests() >= bounds.MAX_ROOMS_OF_GUESTS:
            raise HostFull(limit=bounds.MAX_ROOMS_OF_GUESTS)
        cls._require_within(user_id, one_more=1)

    @classmethod
    def _require_within(cls, user_id: int, one_more: int = 0) -> None:
        """Raises TooManyJoined for who is in too many rooms, or would be with one more."""
        most = bounds.MAX_JOINED_BY_GUEST if User.is_guest_now(user_id) else bounds.MAX_JOINED
        if cls.select().where(cls.user == user_id).count() + one_more > most:
            raise TooManyJoined(limit=most)

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
    def leave(cls, user_id: int, room_id: int, now: str) -> Left | None:
        """None if the user was no member. An owner's room goes to its eldest moderator, else its eldest member."""
        row = cls.run_sql(
            "DELETE FROM membership WHERE room_id = ? AND user_id = ? RETURNING role", room_id, user_id
        ).fetchall()
        if not row:
            return None
        heir_id = cls._pass_on(room_id) if row[0][0] == "owner" else None
        heir = heir_id and Heir(heir_id, Room.find(heir_id, room_id, now).can)
        return Left(MembershipChange(user_id=user_id, username=_name_of(user_id), room_id=room_id), heir or None)

    @classmethod
    def _pass_on(cls, room_id: int) -> int | None:
        rows = cls.run_sql(
            """UPDATE membership SET role = 'owner' WHERE room_id = ? AND user_id =
            (SELECT user_id FROM membership WHERE room_id = ?
            ORDER BY CASE role WHEN 'moderator' THEN 0 ELSE 1 END, joined_at, user_id LIMIT 1) RETURNING user_id""",
            room_id,
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
            f"""UPDATE membership SET
                delivered_seq = {ENGINE.GREATEST}(delivered_seq, {ENGINE.LEAST}(?, room.seq)),
                read_seq = {ENGINE.GREATEST}(read_seq, {ENGINE.LEAST}(?, room.seq))
            FROM room WHERE room.id = membership.room_id AND membership.room_id = ? AND membership.user_id = ?
            RETURNING delivered_seq, read_seq""",  # noqa: S608, ours
            max(delivered, read),
            read,
            room_id,
            user_id,
        ).fetchall()
        return Marks(*rows[0]) if rows else None

    @classmethod
    def readers_of(cls, room_id: int, seq: int, limit: int) -> tuple[list[int], int]:
        """Who has read up to `seq` (the ids of at most `limit`), and how many they are."""
        rows = cls.run_sql(
            "SELECT user_id FROM membership WHERE room_id = ? AND read_seq >= ?", room_id, seq
        ).fetchall()
        return [user_id for (user_id,) in rows[:limit]], len(rows)


def _name_of(user_id: int) -> str:
    return Room.run_sql("SELECT username FROM account WHERE id = ?", user_id).fetchone()[0]
