"""How an uploaded file looks to whoever may read it, and the form that brings a picture."""

from pydantic import ConfigDict, computed_field

from lanchat.core.base.schemas import Input, Payload

FILES = "/files/"
THUMBNAIL = "/thumbnail"  # behind the path of a file
THUMBNAIL_SIDE = 640  # px of the longer side: what a chat shows, on a screen with small pixels
SMALL = 64 * 1024  # bytes that an image within these bounds may have without being made smaller


class PictureForm(Input):
    """For the document only: what is really read is a stream."""

    file: bytes
    """One image, at most 5 MB."""


class AttachmentPayload(Payload):
    """A stored file."""

    model_config = ConfigDict(title="Attachment")

    filename: str
    """As its uploader named it, made safe to show and to save."""
    file_path: str
    """Where it is fetched, and how a message names it."""
    file_size: int
    """In bytes, as stored."""
    content_type: str
    """Found by its content if it is an image, else by its name."""
    width: int | None = None
    """Of an image as it is shown, in pixels; null for other files."""
    height: int | None = None
    """Of an image as it is shown, in pixels; null for other files."""

    @computed_field
    @property
    def thumbnail_path(self) -> str | None:
        """Where a small copy of a large image is; what moves is shown as it is."""
        if self.width is None or self.height is None or self.content_type == "image/gif":
            return None
        is_small = max(self.width, self.height) <= THUMBNAIL_SIDE and self.file_size <= SMALL
        return None if is_small else self.file_path + THUMBNAIL


def file_path(name: str) -> str:
    """The path from which a file is fetched; `name` is the one the server made."""
    return FILES + name


def stored_name(path: str) -> str | None:
    """The name behind a `file_path`, None where it cannot be one."""
    return path.removeprefix(FILES) if path.startswith(FILES) else None
