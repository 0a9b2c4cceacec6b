"""Owns what a request makes its answer depend on: the version that a client has, or means (RFC 9110, 13)."""

import re
from datetime import datetime

from quart import Request
from werkzeug.datastructures import ETags

from lanchat.core.base.errors import PreconditionFailed

NOTHING = re.compile(r"bytes=\s*-0+\s*", re.IGNORECASE)  # the last no bytes


def has_it(request: Request, etag: str, modified: float | None = None) -> bool:
    """Whether the client has this very version, so that 304 is enough; `modified` in s since 1970.

    Raises PreconditionFailed where it asks for another version only.
    """
    if "If-Match" in request.headers:
        if not _names(request.if_match, etag):
            raise PreconditionFailed
    elif modified is not None and _is_before(request.if_unmodified_since, modified):
        raise PreconditionFailed
    if "If-None-Match" in request.headers:
        return request.if_none_match.star_tag or request.if_none_match.contains_weak(etag)
    since = request.if_modified_since
    return modified is not None and since is not None and not _is_before(since, modified)


def wants_part(request: Request, etag: str) -> bool:
    """Whether a `Range` counts: with `If-Range` only of this very version, and a weak name is none of it."""
    return request.headers.get("If-Range", f'"{etag}"').strip() == f'"{etag}"'


def wants_nothing(request: Request) -> bool:
    """Whether the range is one that no content has: Werkzeug takes it for none at all."""
    return NOTHING.fullmatch(request.headers.get("Range", "")) is not None


def _is_before(date: datetime | None, modified: float) -> bool:
    """Dates of HTTP have whole seconds."""
    return date is not None and date.timestamp() < int(modified)


def _names(etags: ETags, etag: str) -> bool:
    return etags.star_tag or etags.is_strong(etag)
