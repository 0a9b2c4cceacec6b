"""Owns what is told of an import: what comes, what doesn't, and what is called otherwise."""

from collections import Counter
from dataclasses import dataclass, field

LISTED = 20  # of each kind, in words


@dataclass
class Report:
    source: str = ""
    people: int = 0  # new ones
    known_people: int = 0
    renamed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])  # there, here
    without_login: list[str] = field(default_factory=list[str])  # programs, and who is gone
    rooms: int = 0
    known_rooms: int = 0
    renamed_rooms: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    deleted_rooms: list[str] = field(default_factory=list[str])  # deleted here since, and left alone
    messages: int = 0
    known_messages: int = 0
    empty: int = 0  # messages that say nothing
    files: int = 0
    missing: list[str] = field(default_factory=list[str])  # files that are only linked, or too large
    emoji: Counter[str] = field(default_factory=Counter[str])  # of nobody's list
    skipped: Counter[str] = field(default_factory=Counter[str])  # why: notices, deleted
    links: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])  # user name, path
