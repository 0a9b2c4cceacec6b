"""Gives python-socketio orjson under the two names of the standard json module that it calls."""

from typing import Any

import orjson

JSONDecodeError = orjson.JSONDecodeError


def dumps(value: Any, **_: Any) -> str:
    return orjson.dumps(value).decode()


def loads(text: str | bytes, **_: Any) -> Any:
    return orjson.loads(text)
