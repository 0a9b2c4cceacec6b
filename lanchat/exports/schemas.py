"""What is asked of an export, and how it is told where to fetch it."""

from typing import Literal

from pydantic import ConfigDict

from lanchat.core.base.moments import Zone
from lanchat.core.base.schemas import Input, Payload, TextInput

Format = Literal["html", "json"]
Language = Literal["en", "zh-CN"]


class ExportDraft(Input):
    """What the archive shall be."""

    format: Format = "html"
    """`html` opens in a browser, without a server; `json` is for programs."""
    language: Language | None = None
    """Of the pages; null: as `Accept-Language` says."""
    tz: Zone = "UTC"
    """In which the pages tell times; IANA."""


class ExportQuery(TextInput):
    """The same for programs, which need no cookie."""

    format: Format = "html"
    """`html` opens in a browser, without a server; `json` is for programs."""
    language: Language | None = None
    """Of the pages; null: as `Accept-Language` says."""
    tz: Zone = "UTC"
    """In which the pages tell times; IANA."""


class ExportPayload(Payload):
    """An archive that is made while it is fetched."""

    model_config = ConfigDict(title="Export")

    path: str
    """Fetched once, within 10 minutes, with the files cookie or the token of who asked."""


class ExportSizePayload(Payload):
    """How much an export would take with it."""

    model_config = ConfigDict(title="ExportSize")

    messages: int
    """Recalled ones and what nobody said among them."""
    files: int
    """Pictures too."""
    file_bytes: int
    """Of all files together."""
