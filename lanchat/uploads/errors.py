"""Owns what is refused about uploads that resume."""

from lanchat.core.base.errors import ChatError

VERSION = "1.0.0"  # of tus


class UploadNotFound(ChatError):
    """Neither another's, nor one that is too old to go on, is there."""

    code, status = "upload_not_found", 404


class WrongOffset(ChatError):
    """`offset` is where it goes on, in bytes."""

    code, status = "wrong_offset", 409


class TakenOver(ChatError):
    """The same upload went on by another request, after an interruption that this one had not noticed."""

    code, status = "upload_taken_over", 409


class StillUnfinished(ChatError):
    """`offset` and `length` are in bytes; `length` is null while it isn't known."""

    code, status = "upload_unfinished", 409


class TooManyUnfinished(ChatError):
    """`limit` of one's own at a time."""

    code, status = "too_many_unfinished", 409


class WrongTusVersion(ChatError):
    code, status = "wrong_tus_version", 412

    def headers(self) -> dict[str, str]:
        return {"Tus-Version": VERSION}
