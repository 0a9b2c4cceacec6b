"""Owns what is refused about files."""

from lanchat.core.base.errors import ChatError


class FileNotThere(ChatError):
    code, status = "file_not_found", 404


class EmptyFile(ChatError):
    code, status = "empty_file", 400


class NotAnImage(ChatError):
    """Of none of the formats that we show, broken, or of more pixels than we decode."""

    code, status = "not_an_image", 400


class TooSlow(ChatError):
    """What was being sent stopped arriving."""

    code, status = "too_slow", 408


class QuotaExceeded(ChatError):
    """`limit` and `used` are in bytes; people read them in megabytes."""

    code, status = "quota_exceeded", 413

    def __init__(self, *, limit: int, used: int) -> None:
        megabytes, used_megabytes = round(limit / (1 << 20)), round(used / (1 << 20))
        super().__init__(limit=limit, used=used, megabytes=megabytes, used_megabytes=used_megabytes)


class GuestsQuotaExceeded(QuotaExceeded):
    """The same of all guests together."""

    code = "guests_quota_exceeded"


class RangeNotSatisfiable(ChatError):
    """`size` is in bytes."""

    code, status = "range_not_satisfiable", 416

    def headers(self) -> dict[str, str]:
        return {"Content-Range": f"bytes */{self.details['size']}"}
