"""Owns how a bound is declared that is neither a `Rate` nor a `Share`: of queues, of memory, of work by the clock."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """Stands beside what it bounds; `lanchat.budget` finds it there, and SECURITY.md shows it."""

    name: str
    most: str  # in words, with its figures
    whose: str = "everybody together"
