"""Owns the log: JSON lines in logs/app.log, rotated, and a readable copy on the terminal."""

import io
import json
import logging
import os
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from logging.handlers import RotatingFileHandler
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from lanchat.config import Settings

MAX_FILE = 5 << 20  # bytes before app.log becomes app.log.1
KEPT_FILES = 5

SECRET_NAMES = re.compile("password|token|secret|authorization|cookie|^content$", re.IGNORECASE)
# They write room passwords and whole messages, even when they only report an error.
SILENCED = ("engineio", "engineio.server", "socketio", "socketio.server")


@contextmanager
def logging_to(settings: Settings, console: io.TextIOBase | None = None) -> Generator[None]:
    """Log to the data folder, and what matters to `console` (stderr) as well, until the block ends."""
    logging.raiseExceptions = settings.debug  # a full disk must not fill the terminal with traces of the log itself
    handlers = [_to_file(settings), _to_console(settings, console)]
    root, ours = logging.getLogger(), logging.getLogger("lanchat")
    # Libraries never get below WARNING: at DEBUG some of them write what people say.
    root.setLevel(logging.WARNING)
    ours.setLevel(settings.log_level or ("DEBUG" if settings.debug else "INFO"))
    for name in SILENCED:
        logging.getLogger(name).disabled = True
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


class PrivateFileHandler(RotatingFileHandler):
    """Who talked to whom and when is nobody else's business on this computer."""

    def _open(self) -> io.TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding=self.encoding, opener=private)


def _to_file(settings: Settings) -> logging.Handler:
    handler = PrivateFileHandler(
        settings.log_file, maxBytes=MAX_FILE, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(_formatter(structlog.processors.JSONRenderer(serializer=_json)))
    return handler


def _to_console(settings: Settings, console: io.TextIOBase | None) -> logging.Handler:
    handler = logging.StreamHandler(console or sys.stderr)
    handler.setLevel(settings.log_level or ("DEBUG" if settings.debug else "WARNING"))
    handler.setFormatter(_formatter(_readable))
    return handler


def _formatter(renderer: Processor) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _hide_secrets,
            structlog.processors.format_exc_info,
            renderer,
        ],
    )


def _json(event: EventDict, **_options: Any) -> str:
    return _printable(json.dumps(event, ensure_ascii=False, default=str))


def _readable(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    moment = datetime.fromisoformat(event.pop("timestamp")).astimezone()
    level, _name = event.pop("level").upper(), event.pop("logger")
    message, exception = event.pop("event"), event.pop("exception", "")
    details = "".join(f"  {key}={value}" for key, value in event.items())
    line = _printable(f"{moment:%H:%M:%S} {level:<8} {message}{details}")
    return "\n    ".join([line, *map(_printable, exception.splitlines())])


def _hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name in event:
        if SECRET_NAMES.search(name):
            event[name] = "(hidden)"
    return event


def _printable(text: str) -> str:
    """A user name or a path must not forge a line, nor steer the terminal of whoever reads the log."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)
