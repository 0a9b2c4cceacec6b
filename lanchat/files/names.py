"""Owns what a file is called: its name as people see it, and the type that the name suggests."""

import mimetypes
import re
import unicodedata
from pathlib import PurePosixPath

from lanchat.core.base.text_rules import clear
from lanchat.files.images.formats import FORMATS

MAX_NAME = 255  # bytes: what file systems take
MAX_EXTENSION = 32  # bytes; longer ones are no extension
MAX_CLAIMED = 2000  # characters of a name that are looked at
NAMELESS = "file"
UNKNOWN_TYPE = "application/octet-stream"

# Beginnings of types that browsers play, show by a program of their own, or save.
_INERT = (
    *(
        "audio/",
        "video/",
        "application/pdf",
        "application/zip",
        "application/gzip",
        "application/x-7z",
        "application/vnd.rar",
    ),
    *("application/x-bzip2", "application/x-xz", "application/x-tar", "application/msword", "application/vnd.ms-"),
    *("application/vnd.openxmlformats-", "application/vnd.oasis.", "application/vnd.android.", "application/epub+zip"),
)
_COMPRESSED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}
# The library's own table and not the system's: the same name has the same type on every host.
_TYPES = mimetypes.MimeTypes()
for _extension, _type in {
    ".7z": "application/x-7z-compressed",
    ".apk": "application/vnd.android.package-archive",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".flac": "audio/flac",
    ".heic": "image/heic",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mkv": "video/x-matroska",
    ".ogg": "audio/ogg",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rar": "application/vnd.rar",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}.items():
    _TYPES.add_type(_type, _extension)


def display_name(claimed: str) -> str:
    """The last part of a client's file name without anything that misleads, in at most 255 bytes.

    A mark that turns the reading direction makes `gnp.exe` look like `exe.png`, a hundred blanks hide the `.exe`
    behind a `.jpg`, and what can't be seen between them parts an extension from its file.
    """
    name = re.split(r"[/\\]", claimed)[-1]
    if len(name) > MAX_CLAIMED:
        name = name[: MAX_CLAIMED - MAX_EXTENSION] + name[-MAX_EXTENSION:]
    name = unicodedata.normalize("NFC", clear(name)).strip()
    name = clear(_shorten(name))  # a cut may have parted what belongs together
    return NAMELESS if name.strip(". ") == "" else name


def guess_type(filename: str) -> str:
    kind, encoding = _TYPES.guess_type(f"/{filename}")  # rooted, or `data:…` would be read as a URL
    if encoding is not None:
        return _COMPRESSED.get(encoding, UNKNOWN_TYPE)
    return kind or UNKNOWN_TYPE


def served_type(kind: str) -> str:
    """As what a browser is handed a file: never as something that a page of ours could run or be styled by.

    An uploaded `.js` would be a script of `'self'`, which the policy of our pages lets run.
    """
    if kind.startswith(_INERT) or kind in FORMATS:
        return kind
    return "text/plain" if kind.startswith("text/") else UNKNOWN_TYPE


def _shorten(name: str) -> str:
    """Cut between characters, and before the extension: without it nobody could open the file."""
    if len(name.encode()) <= MAX_NAME:
        return name
    extension = PurePosixPath(name).suffix
    if len(extension.encode()) > MAX_EXTENSION:
        extension = ""
    room = MAX_NAME - len(extension.encode())
    stem = name.removesuffix(extension).encode()[:room].decode(errors="ignore")
    return stem.rstrip() + extension
