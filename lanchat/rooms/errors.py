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
