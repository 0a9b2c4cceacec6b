"""Owns how a small file of ours is written: whole or not at all, for good, and for nobody else's eyes."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Replace what `path` holds. After a power cut the file is the old one or the new one, never empty or half.

    It is never readable for others, not even for a moment. Raises OSError, with the old one still in its place.
    """
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)  # of an attempt that was cut short; and nobody may have laid one ready for us
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable; Windows has no such thing and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
