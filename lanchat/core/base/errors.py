"""Owns the ChatError family: what can go wrong for a user, each with a stable code and an HTTP status.

Sentences live in `locales/` under `errors.<code>`; `details` fills their placeholders and travels to the client.
"""

from typing import Any, ClassVar


class ChatError(Exception):
    """A refusal that a person caused or must know of; only `edge/rest.py` and `edge/events.py` catch it."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class InvalidInput(ChatError):
    """Malformed input; `fields` maps a field to what is wrong with it."""

    code, status = "invalid_input", 400


class NotAuthenticated(ChatError):
    code, status = "not_authenticated", 401


class WrongCredentials(ChatError):
    code, status = "wrong_credentials", 401


class Forbidden(ChatError):
    code, status = "forbidden", 403


class ForeignOrigin(ChatError):
    code, status = "foreign_origin", 403


class NotAMember(ChatError):
    code, status = "not_a_member", 403


class Muted(ChatError):
    code, status = "muted", 403


class WrongRoomPassword(ChatError):
    code, status = "wrong_room_password", 403


class WrongPassword(ChatError):
    """Of somebody who is logged in: unlike `WrongCredentials` it doesn't send them to the login."""

    code, status = "wrong_password", 403


class WrongClaimCode(ChatError):
    code, status = "wrong_claim_code", 403


class DeviceCodeUnknown(ChatError):
    """Mistyped, used already, or replaced by a newer one."""

    code, status = "device_code_unknown", 403


class DeviceCodeExpired(ChatError):
    code, status = "device_code_expired", 410


class InviteRevoked(ChatError):
    """Ended by whoever gave it out or by what it depended on, or no invitation of ours at all."""

    code, status = "invite_revoked", 410


class InviteExpired(ChatError):
    code, status = "invite_expired", 410


class OnlyAtTheHost(ChatError):
    code, status = "only_at_the_host", 403


class RegistrationClosed(ChatError):
    code, status = "registration_closed", 403


class GuestsNotAllowed(ChatError):
    code, status = "guests_not_allowed", 403


class AccountNeeded(ChatError):
    """A guest asks for what would be lost with their session."""

    code, status = "account_needed", 403


class NotFound(ChatError):
    code, status = "not_found", 404


class RoomNotFound(ChatError):
    code, status = "room_not_found", 404


class FileNotThere(ChatError):
    code, status = "file_not_found", 404


class UserNotFound(ChatError):
    code, status = "user_not_found", 404


class SessionNotFound(ChatError):
    code, status = "session_not_found", 404


class EmptyMessage(ChatError):
    """Neither words nor a file."""

    code, status = "empty_message", 400


class EmptyFile(ChatError):
    code, status = "empty_file", 400


class MethodNotAllowed(ChatError):
    code, status = "method_not_allowed", 405


class TooSlow(ChatError):
    """What was being sent stopped arriving."""

    code, status = "too_slow", 408


class UsernameTaken(ChatError):
    code, status = "username_taken", 409


class EmailTaken(ChatError):
    code, status = "email_taken", 409


class RoomNameTaken(ChatError):
    code, status = "room_name_taken", 409


class NotAGuest(ChatError):
    code, status = "not_a_guest", 409


class AlreadyClaimed(ChatError):
    code, status = "already_claimed", 409


class LobbyIsPermanent(ChatError):
    code, status = "lobby_is_permanent", 409


class TooLarge(ChatError):
    """`limit` is in bytes; people read it in megabytes."""

    code, status = "too_large", 413

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit, megabytes=f"{round(limit / (1 << 20), 1):g}")


class TooManyPixels(ChatError):
    """`limit` is in pixels."""

    code, status = "too_many_pixels", 413


class QuotaExceeded(ChatError):
    """`limit` and `used` are in bytes; people read them in megabytes."""

    code, status = "quota_exceeded", 413

    def __init__(self, *, limit: int, used: int) -> None:
        megabytes, used_megabytes = round(limit / (1 << 20)), round(used / (1 << 20))
        super().__init__(limit=limit, used=used, megabytes=megabytes, used_megabytes=used_megabytes)


class UnsupportedMediaType(ChatError):
    code, status = "unsupported_media_type", 415


class RangeNotSatisfiable(ChatError):
    """`size` is in bytes."""

    code, status = "range_not_satisfiable", 416


class ForeignHost(ChatError):
    code, status = "foreign_host", 421


class TooMany(ChatError):
    """`retry_after` is in whole seconds."""

    code, status = "too_many", 429


class UnknownEvent(ChatError):
    code, status = "unknown_event", 404


class StorageDamaged(ChatError):
    """Found while running; a start refuses such a database."""

    code, status = "storage_damaged", 503


class StorageBusy(ChatError):
    code, status = "storage_busy", 503


class StorageFull(ChatError):
    code, status = "storage_full", 507


class InternalError(ChatError):
    """What remains when something of ours broke; `request_id` finds it in the log."""
