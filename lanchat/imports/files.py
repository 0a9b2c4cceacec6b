"""Puts files of an archive where those that people send lie; pictures are cleaned as theirs are."""

from typing import NamedTuple

from lanchat.config import Settings
from lanchat.files.images.formats import FORMATS, HEAD, image_type
from lanchat.files.models import NewAttachment
from lanchat.files.names import display_name, guess_type
from lanchat.files.service import seen_as
from lanchat.files.storage import Upload
from lanchat.imports.archive import Archive
from lanchat.imports.foreign import ForeignFile

PIECE = 1 << 20  # bytes


class Placed(NamedTuple):
    """A file in its place, which is gone again unless somebody keeps it."""

    upload: Upload
    attachment: NewAttachment


def limit_of(settings: Settings, name: str) -> int:
    is_picture = guess_type(display_name(name)) in FORMATS
    return int(settings.max_image_bytes if is_picture else settings.max_file_bytes)


def is_coming(settings: Settings, archive: Archive, file: ForeignFile) -> bool:
    """Whether it is in the archive, says something, and isn't larger than what people may send."""
    return file.entry is not None and 0 < archive.size_of(file.entry) <= limit_of(settings, file.name)


def place(settings: Settings, archive: Archive, file: ForeignFile, uploader_id: int, at: str) -> Placed | None:
    """None where it turns out to be larger than it may. Raises StorageFull, or SettingsError for a damaged archive."""
    assert file.entry is not None
    upload = Upload(settings.uploads_dir, settings.disk_reserve_bytes)
    try:
        upload.open()
        head, size = b"", 0
        with archive.opened(file.entry) as source:
            while data := source.read(PIECE):
                head, size = head or data[:HEAD], size + len(data)
                if size > limit_of(settings, file.name):  # whatever the archive said
                    upload.discard()
                    return None
                upload.write(data)
        upload.close()
        found = image_type(head)
        picture = None if found is None else upload.clean(found)
        name = display_name(file.name)
        kind, width, height = seen_as(picture, name)
        return Placed(upload, NewAttachment(upload.name, uploader_id, name, upload.place(), kind, width, height, at))
    except BaseException:
        upload.discard()
        raise
