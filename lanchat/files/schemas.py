"""How an uploaded file looks to whoever may read it."""

from pydantic import ConfigDict

from lanchat.core.schemas import Payload

FILES = "/files/"


class AttachmentPayload(Payload):
    """A stored file. `width` and `height` are those of an image as it is shown, in pixels."""

    model_config = ConfigDict(title="Attachment")

    filename: str
    file_path: str
    file_size: int
    content_type: str
    width: int | None = None
    height: int | None = None


def file_path(name: str) -> str:
    """The path from which a file is fetched; `name` is the one the server made."""
    return FILES + name


def stored_name(path: str) -> str | None:
    """The name behind a `file_path`, None where it cannot be one."""
    return path.removeprefix(FILES) if path.startswith(FILES) else None
