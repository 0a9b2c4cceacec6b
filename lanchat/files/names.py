"""Owns what a file is called: its name as people see it, and the type that the name suggests."""

import mimetypes
import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 255  # bytes: what file systems take
MAX_EXTENSION = 32  # bytes; longer ones are no extension
NAMELESS = "file"
UNKNOWN_TYPE = "application/octet-stream"

# Marks that turn the reading direction: they make `gnp.exe` look like `exe.png`.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}
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
    """The last part of a client's file name without anything that misleads, in at most 255 bytes."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", claimed)[-1])
    name = "".join(letter for letter in _BIDI.sub("", name) if unicodedata.category(letter) not in _INVISIBLE)
    name = _shorten(name.strip())
    return NAMELESS if name.strip(". ") == "" else name


def guess_type(filename: str) -> str:
    kind, encoding = _TYPES.guess_type(f"/{filename}")  # rooted, or `data:…` would be read as a URL
    if encoding is not None:
        return _COMPRESSED.get(encoding, UNKNOWN_TYPE)
    return kind or UNKNOWN_TYPE


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
