"""The membership table, and every query on it."""

from typing import NamedTuple

import peewee

from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.rooms import bounds
from lanchat.rooms.errors import DirectRoom, HostFull, RoomNotFound, TooManyJoined, TooManyRooms, WrongRoomPassword
from lanchat.rooms.models.bans import Ban, KeptMute
from lanchat.rooms.models.blocks import is_closed
from lanchat.rooms.models.rooms import Room
from lanchat.rooms.permissions import SMALL, Standing
from lanchat.rooms.schemas.incoming import RoomDraft
from lanchat.rooms.schemas.notifications import Level
from lanchat.rooms.schemas.outgoing import RoomPayload
from lanchat.rooms.schemas.told import MembershipChange

BUSY = 10  # members, oneself included, from which on who joins is told of mentions only


class Door(NamedTuple):
    """What joining a room takes."""

    room_id: int
    password_hash: str | None  # None: open to everybody
    is_member: bool
    is_archived: bool = False


class Joined(NamedTuple):
    room: RoomPayload
    change: MembershipChange
    is_new: bool


class Left(NamedTuple):
    change: MembershipChange
    heir_id: int | None  # who owns the room now, if that changed
    frees_heir: bool = False  # from a mute, which nobody below an owner could end


class Membership(Table):
    room = peewee.ForeignKeyField(Room, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    role = peewee.TextField(default="member")
    joined_at = peewee.TextField()
    muted_until = peewee.TextField(null=True)
    delivered_seq = peewee.IntegerField(default=0)
    read_seq = peewee.IntegerField(default=0)
    seen_seq = peewee.IntegerField(default=0)  # how far others see that they have read; never goes back
    joined_seq = peewee.IntegerField(default=0)  # the room's newest number when they came
    told_of = peewee.TextField(default="all")  # all, mentions or none
    silent_until = peewee.TextField(null=True)
    spoke_at = peewee.TextField(null=True)  # known only where the room is slow
    unlisted = peewee.TextField(null=True)  # of a direct room that doesn't stand in their list: why

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("room", "user")

    @classmethod
    def find_standing(cls, user_id: int, room_id: int) -> Standing | None:
        row = cls.run_sql(
            f"""SELECT r.kind, r.is_private, m.role, u.is_admin, m.muted_until,
                (SELECT count(*) FROM (SELECT 1 FROM membership c WHERE c.room_id = r.id LIMIT ?) AS few) <= ?,
                r.posting, r.archived_at, r.history, m.joined_seq, {is_closed("r", "u")}
            FROM room r
            JOIN account u ON u.id = ? LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = u.id
            WHERE r.id = ?""",  # noqa: S608, ours
            SMALL + 1,
            SMALL,
            user_id,
            room_id,
        ).fetchone()
        if row is None:
            return None
        kind, is_private, role, is_admin, muted_until, is_small, posting, archived_at, history, joined_seq, closed = row
        return Standing(
            kind,
            bool(is_private),
            role,
            bool(is_admin),
            muted_until,
            bool(is_small),
            posting,
            archived_at is not None,
            (joined_seq or 0) if history == "since_joining" else 0,
            bool(closed),
        )

    @classmethod
    def find_door(cls, user_id: int, room_id: int) -> Door:
        """Raises RoomNotFound, or DirectRoom: that has no door."""
        row = cls.run_sql(
            """SELECT r.password_hash, m.user_id, r.archived_at, r.kind FROM room r
            LEFT JOIN membership m ON m.room_id = r.id AND m.user_id = ? WHERE r.id = ?""",
            user_id,
            room_id,
        ).fetchone()
        if row is None or (row[3] == "direct" and row[1] is None):
            raise RoomNotFound
        if row[3] == "direct":
            raise DirectRoom
        return Door(room_id, row[0], row[1] is not None, row[2] is not None)

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

        Raises RoomNotFound, Banned, TooManyJoined, or WrongRoomPassword if its password changed since `door` was
        looked at.
        """
        Ban.refuse(user_id, door.room_id, now)
        is_new = cls.add(user_id, door.room_id, now)
        if is_new:
            cls._require_within(user_id)
            now_there = cls.find_door(user_id, door.room_id)
            if now_there.is_archived:
                raise RoomNotFound
            if now_there.password_hash != door.password_hash:
                raise WrongRoomPassword
        room = Room.find(user_id, door.room_id, now)
        return Joined(room, _change(user_id, room.id), is_new)

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
        joined = cls.select().join(Room).where(cls.user == user_id, Room.kind != "direct").count()
        if joined + one_more > most:
            raise TooManyJoined(limit=most)

    @classmethod
    def add(cls, user_id: int, room_id: int, now: str) -> bool:
        """False if the user was a member already; what was said before counts as read, and a mute goes on."""
        try:
            cursor = cls.run_sql(
                """INSERT INTO membership(room_id, user_id, role, joined_at,
                    read_seq, seen_seq, joined_seq, told_of, muted_until)
                SELECT id, ?, CASE WHEN kind = 'room' AND NOT EXISTS
                    (SELECT 1 FROM membership WHERE room_id = room.id) THEN 'owner' ELSE 'member' END, ?, seq,
                    CASE WHEN EXISTS (SELECT 1 FROM account a WHERE a.id = ? AND a.hides_receipts) THEN 0 ELSE seq END,
                    seq,
                    CASE WHEN kind = 'direct' OR (SELECT count(*) FROM
                        (SELECT 1 FROM membership c WHERE c.room_id = room.id LIMIT ?) AS others) + 1 < ?
                        THEN 'all' ELSE 'mentions' END,
                    (SELECT until FROM kept_mute k WHERE k.room_id = room.id AND k.user_id = ?)
                FROM room WHERE id = ? ON CONFLICT DO NOTHING""",
                user_id,
                now,
                user_id,
                BUSY,
                BUSY,
                user_id,
                room_id,
            )
        except peewee.IntegrityError:
            raise RoomNotFound from None
        return cursor.rowcount > 0

    @classmethod
    def set_told_of(cls, user_id: int, room_id: int, level: Level, silent_until: str | None) -> None:
        """Of what a member is told; of nothing until then, if there is such a moment."""
        told = "UPDATE membership SET told_of = ?, silent_until = ? WHERE room_id = ? AND user_id = ?"
        cls.run_sql(told, level, silent_until, room_id, user_id)

    @classmethod
    def leave(cls, user_id: int, room_id: int, now: str) -> Left | None:
        """None if the user was no member. An owner's room goes to its eldest moderator, else its eldest member,
        who isn't muted any more.

        A mute is kept for when they come back.
        """
        KeptMute.keep(user_id, room_id, now)
        row = cls.run_sql(
            "DELETE FROM membership WHERE room_id = ? AND user_id = ? RETURNING role", room_id, user_id
        ).fetchall()
        if not row:
            return None
        heir_id, was_muted = cls._pass_on(room_id, now) if row[0][0] == "owner" else (None, False)
        return Left(_change(user_id, room_id), heir_id, was_muted)

    @classmethod
    def _pass_on(cls, room_id: int, now: str) -> tuple[int | None, bool]:
        """Who owns it now, and whether they were muted until then: nobody but administrators could end that."""
        heir = cls.run_sql(
            """SELECT user_id, coalesce(muted_until > ?, FALSE) FROM membership WHERE room_id = ?
            ORDER BY CASE role WHEN 'moderator' THEN 0 ELSE 1 END, joined_at, user_id LIMIT 1""",
            now,
            room_id,
        ).fetchone()
        if heir is None:
            return None, False
        owns = "UPDATE membership SET role = 'owner', muted_until = NULL WHERE room_id = ? AND user_id = ?"
        cls.run_sql(owns, room_id, heir[0])
        return heir[0], bool(heir[1])

    @classmethod
    def is_crowded(cls, room_id: int, many: int) -> bool:
        """Whether it has so many members or more."""
        row = cls.run_sql("SELECT 1 FROM membership WHERE room_id = ? LIMIT 1 OFFSET ?", room_id, many - 1).fetchone()
        return row is not None

    @classmethod
    def heard_by(cls, user_id: int) -> list[int]:
        """The rooms that somebody is in, but for direct ones in which nobody has said anything to them."""
        heard = "SELECT room_id FROM membership WHERE user_id = ? AND (unlisted IS NULL OR unlisted <> 'unsaid')"
        return [room_id for (room_id,) in cls.run_sql(heard, user_id)]

    @classmethod
    def listing(cls, room_id: int) -> list[int]:
        """Its members, but for those to whom nobody has said anything in a direct room."""
        known = "SELECT user_id FROM membership WHERE room_id = ? AND (unlisted IS NULL OR unlisted <> 'unsaid')"
        return [user_id for (user_id,) in cls.run_sql(known, room_id)]

    @classmethod
    def room_ids_of(cls, user_id: int) -> list[int]:
        return [room_id for (room_id,) in cls.run_sql("SELECT room_id FROM membership WHERE user_id = ?", user_id)]


def shown_name(user_id: int) -> str:
    """As whom everybody knows somebody at the moment."""
    return Membership.run_sql("SELECT coalesce(display_name, username) FROM account WHERE id = ?", user_id).fetchone()[
        0
    ]


def _change(user_id: int, room_id: int) -> MembershipChange:
    names = "SELECT username, display_name FROM account WHERE id = ?"
    username, display_name = Membership.run_sql(names, user_id).fetchone()
    return MembershipChange(user_id=user_id, username=username, display_name=display_name, room_id=room_id)
