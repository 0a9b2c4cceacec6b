"""Owns what the window remembers between two launches: where it stood, and what was chosen on its first screen."""

import logging
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lanchat.core.base.private_file import write_private

FILE = "desktop.json"

log = logging.getLogger(__name__)


class WindowState(BaseModel):
    """In the window system's pixels. Without `x` and `y`, it is the window system that places the window."""

    model_config = ConfigDict(frozen=True)

    width: int = Field(1100, ge=320, le=16384)
    height: int = Field(760, ge=320, le=16384)
    x: int | None = Field(default=None, ge=-32768, le=32767)
    y: int | None = Field(default=None, ge=-32768, le=32767)
    is_maximized: bool = False
    zoom: float = Field(1.0, ge=0.5, le=3.0)


class Remembered(BaseModel):
    """`choice`: what to do at the next launch; None asks. `port`: the one that worked where the usual was taken.

    In the file, `window` is called `place`, as it always was.
    """

    model_config = ConfigDict(frozen=True)

    choice: Literal["host", "join"] | None = None
    joined: str = ""  # address of the host, as it was opened
    port: int | None = Field(default=None, ge=1, le=65535)
    window: WindowState = Field(WindowState.model_validate({}), validation_alias="place", serialization_alias="place")


class Memory:
    """The file of it. One that can't be read counts as none: nothing in it can't be chosen again."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE
        try:
            self.now = Remembered.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            self.now = Remembered.model_validate({})

    def keep(self, **changes: object) -> None:
        """A full disk is no reason not to go on: it is forgotten at the next launch."""
        self.now = self.now.model_copy(update=changes)
        try:
            write_private(self._path, self.now.model_dump_json(indent=1, by_alias=True).encode())
        except OSError as error:
            log.warning("what was chosen can't be remembered: %s", error)
