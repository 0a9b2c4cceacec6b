"""Owns what files leave to those above them."""

from typing import NamedTuple

from lanchat.core.hooks import Hook


class Use(NamedTuple):
    """Where a feature has files, as SQL conditions on a row of `attachment`: a look and a sweep stay one statement."""

    keeps: str  # without parameters: no sweep may take the file
    shows: str  # with one `?`, for the id of who asks: they may read it


used: Hook[[], Use] = Hook("used")
"""(): each use that a feature makes of files."""

pending: Hook[[], str] = Hook("pending")
"""(): a query for the uploader_id and size of each file that isn't whole yet, and counts all the same."""
