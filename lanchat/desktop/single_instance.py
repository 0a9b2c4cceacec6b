"""Owns there being one window for each data folder: a second launch brings the first to the front."""

import http.client
import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, Field, ValidationError

from lanchat.core.base.private_file import write_private

LOCK = "window.lock"
BELL = "window.json"
FIRST_TIME = 5.0  # s for the first launch to get as far as taking calls
CALL_TIME = 3.0  # s


class Bell(BaseModel):
    """Where the first launch listens on loopback, and the word that it listens to."""

    port: int = Field(ge=1, le=65535)
    token: str


@contextmanager
def claim(data_dir: Path) -> Generator[bool]:
    """Whether this launch is the one with the window. The system ends a claim with its process, however that ends."""
    lock = FileLock(data_dir / LOCK, blocking=False, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        (data_dir / BELL).unlink(missing_ok=True)
        lock.release()


def hang_bell(data_dir: Path, bell: Bell) -> None:
    """Let later launches reach this one. For our own user only: whoever holds the token has the window."""
    write_private(data_dir / BELL, bell.model_dump_json().encode("ascii"))


def ring(data_dir: Path, link: str | None = None) -> bool:
    """Ask the first launch to come forward, and to offer `link`. False when it doesn't answer."""
    give_up_at = time.monotonic() + FIRST_TIME
    while True:
        bell = _read_bell(data_dir)
        if bell is not None and _call(bell, link):
            return True
        if time.monotonic() > give_up_at:
            return False
        time.sleep(0.1)


def _read_bell(data_dir: Path) -> Bell | None:
    try:
        return Bell.model_validate_json((data_dir / BELL).read_bytes())
    except (OSError, ValidationError):
        return None


def _call(bell: Bell, link: str | None) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", bell.port, timeout=CALL_TIME)
    headers = {"Authorization": f"Bearer {bell.token}", "Content-Type": "application/json"}
    try:
        connection.request("POST", "/desk/raise", json.dumps({"link": link}), headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
