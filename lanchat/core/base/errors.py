"""Owns the ChatError family: what can go wrong for a user, each with a stable code and an HTTP status.

Here are those that core itself raises; a slice's own are in its `errors.py`.

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

    def headers(self) -> dict[str, str]:
        """What a REST answer says of it beside its body."""
        return {"Retry-After": str(self.details["retry_after"])} if "retry_after" in self.details else {}


class InvalidInput(ChatError):
    """Malformed input; `fields` maps a field to what is wrong with it."""

    code, status = "invalid_input", 400


class NotAuthenticated(ChatError):
    code, status = "not_authenticated", 401

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": "Bearer"}


class ForeignOrigin(ChatError):
    code, status = "foreign_origin", 403


class NotFound(ChatError):
    code, status = "not_found", 404


class MethodNotAllowed(ChatError):
    """`allow` names the methods that are, where that is known."""

    code, status = "method_not_allowed", 405

    def headers(self) -> dict[str, str]:
        return {"Allow": ", ".join(self.details["allow"])} if "allow" in self.details else {}


class PreconditionFailed(ChatError):
    """The client asked for another version than there is."""

    code, status = "precondition_failed", 412


class TooLarge(ChatError):
    """`limit` is in bytes; people read it in KB or MB."""

    code, status = "too_large", 413

    def __init__(self, *, limit: int) -> None:
        unit, name = (1 << 20, "MB") if limit >= 1 << 20 else (1 << 10, "KB")
        super().__init__(limit=limit, size=f"{round(limit / unit, 1):g} {name}")


class UnsupportedMediaType(ChatError):
    code, status = "unsupported_media_type", 415


class SubPath(ChatError):
    """A proxy serves us below a path of its own."""

    code, status = "sub_path", 404


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
