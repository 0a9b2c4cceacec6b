"""Owns what is refused about rooms, and in them."""

from lanchat.core.base.errors import ChatError


class NotAMember(ChatError):
    code, status = "not_a_member", 403


class Muted(ChatError):
    code, status = "muted", 403


class WrongRoomPassword(ChatError):
    code, status = "wrong_room_password", 403


class RoomNotFound(ChatError):
    code, status = "room_not_found", 404


class RoomNameTaken(ChatError):
    code, status = "room_name_taken", 409


class LobbyIsPermanent(ChatError):
    code, status = "lobby_is_permanent", 409


class TooManyRooms(ChatError):
    """Owned; `limit` is how many somebody may own."""

    code, status = "too_many_rooms", 409


class TooManyJoined(ChatError):
    """`limit` is in how many somebody may be."""

    code, status = "too_many_joined", 409


class HostFull(ChatError):
    """`limit` is how many rooms a host has at most, or how many of them guests may have made."""

    code, status = "host_full", 409


class CannotTouchOwner(ChatError):
    """Nobody but an administrator of the host stands above the owner."""

    code, status = "cannot_touch_owner", 403


class Banned(ChatError):
    """`until` is None where it is for good."""

    code, status = "banned", 403


class ReadOnlyRoom(ChatError):
    """Only its managers speak there."""

    code, status = "read_only_room", 403


class RoomArchived(ChatError):
    """It can be read, and nothing else."""

    code, status = "room_archived", 403


class DirectRoom(ChatError):
    """It belongs to those who are in it, and nobody joins, leaves or manages it."""

    code, status = "direct_room", 409


class DirectMessagesOff(ChatError):
    """This host has its people speak in rooms only."""

    code, status = "direct_messages_off", 403


class Blocked(ChatError):
    """One of two doesn't want it; which of them, is not told."""

    code, status = "blocked", 403


class CannotBlockSelf(ChatError):
    code, status = "cannot_block_self", 403


class TooManyBlocked(ChatError):
    """`limit` is how many people somebody may block."""

    code, status = "too_many_blocked", 409


class SlowMode(ChatError):
    """`retry_after` is in whole seconds."""

    code, status = "slow_mode", 429
