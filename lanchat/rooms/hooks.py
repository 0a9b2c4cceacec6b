"""Owns what rooms leave to those above them."""

from dataclasses import dataclass
from typing import Literal

from lanchat.core.hooks import Hook, Tell

FactCode = Literal[
    "member_joined",
    "member_left",
    "member_removed",
    "member_banned",
    "room_renamed",
    "room_described",
    "ownership_transferred",
    "posting_changed",
    "room_archived",
    "room_reopened",
    "message_pinned",
]


@dataclass(frozen=True)
class Fact:
    """What happened to a room, for its members to see among what is said there."""

    code: FactCode
    actor_id: int
    target_id: int | None = None
    value: str | None = None  # what it is since


came: Hook[[int, int], Tell] = Hook("came")
"""(user id, room id): in the transaction that makes somebody a member, to whom what was said before counts as read."""

vanished: Hook[[int], Tell] = Hook("vanished")
"""(room id): in the transaction that removes a room with all that is in it, before it does."""

stated: Hook[[int, Fact, str], Tell] = Hook("stated")
"""(room id, fact, now): in the transaction that makes it true."""
