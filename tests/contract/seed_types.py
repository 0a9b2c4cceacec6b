"""The first contract's data types and events, as its TypeScript says them: what a client of then takes, and no more."""

from datetime import datetime
from typing import Any

from tests.people import Payload

MESSAGE_TYPES = {"text", "image", "file", "system"}


def is_number(value: Any) -> bool:
    return type(value) is int


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_flag(value: Any) -> bool:
    return type(value) is bool


def is_time(value: Any) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def is_kind_of_message(value: Any) -> bool:
    return value in MESSAGE_TYPES


USER = {
    "id": is_number,
    "username": is_text,
    "email": is_text,
    "avatar_url?": is_text,
    "is_online": is_flag,
    "created_at": is_time,
    "last_seen": is_time,
    "real_name?": is_text,
    "bio?": is_text,
}
MESSAGE = {
    "id": is_number,
    "content": is_text,
    "message_type": is_kind_of_message,
    "timestamp": is_time,
    "user_id": is_number,
    "room_id": is_number,
    "username": is_text,
    "avatar_url?": is_text,
    "edited_at?": is_time,
    "is_deleted": is_flag,
}
ROOM = {
    "id": is_number,
    "name": is_text,
    "description?": is_text,
    "is_private": is_flag,
    "created_at": is_time,
    "created_by": is_number,
    "member_count": is_number,
    "online_count": is_number,
}
MEMBERSHIP = {"user_id": is_number, "username": is_text, "room_id": is_number}


def are(fields: dict[str, Any]) -> Any:
    return lambda value: isinstance(value, list) and all(not list(amiss(each, fields)) for each in value)


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


EVENTS: dict[str, dict[str, Any]] = {
    "room_joined": {
        "room_id": is_number,
        "room_name": is_text,
        "member_count": is_number,
        "online_members": are(USER),
    },
    "user_joined": MEMBERSHIP,
    "user_left": MEMBERSHIP,
    "new_message": MESSAGE,
    "typing_update": {"room_id": is_number, "typing_users": are_texts},
    "user_status_update": {"user_id": is_number, "username": is_text, "is_online": is_flag},
    "online_users_update": {"room_id?": is_number, "online_users": are(USER)},
    "error": {"message": is_text},
}


def amiss(payload: Any, fields: dict[str, Any]) -> Any:
    """Names of fields that break the type; a `name?` may be missing or null."""
    if not isinstance(payload, dict):
        yield f"no object: {payload!r}"
        return
    named: Payload = payload
    for key, fits in fields.items():
        name = key.rstrip("?")
        value = named.get(name)
        if (value is None and not key.endswith("?")) or (value is not None and not fits(value)):
            yield f"{name}: {value!r}"
