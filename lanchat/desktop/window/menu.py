"""Owns the window's menu and its keys."""

from collections.abc import Callable
from typing import NamedTuple

from webview.menu import Menu, MenuAction, MenuSeparator

from lanchat.core.base.i18n import translate

ZOOM_STEPS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class Entry(NamedTuple):
    """`keys` in GTK's spelling, where GTK sets them for us; the other systems' web views have keys of their own."""

    name: str
    action: Callable[[], None]
    keys: tuple[str, ...] = ()


def make_menu(groups: dict[str, list[Entry | None]], language: str) -> list[Menu]:
    """None separates."""
    return [
        Menu(
            _say(group, language),
            [MenuAction(_say(entry.name, language), entry.action) if entry else MenuSeparator() for entry in entries],
        )
        for group, entries in groups.items()
    ]


def shortcuts(groups: dict[str, list[Entry | None]], language: str) -> dict[str, tuple[str, ...]]:
    return {
        _say(entry.name, language): entry.keys
        for entries in groups.values()
        for entry in entries
        if entry and entry.keys
    }


def next_zoom(now: float, steps: int) -> float:
    """So many steps in or out; 0 is the size that pages have by themselves."""
    nearest = min(range(len(ZOOM_STEPS)), key=lambda number: abs(ZOOM_STEPS[number] - now))
    return ZOOM_STEPS[max(0, min(len(ZOOM_STEPS) - 1, nearest + steps))] if steps else 1.0


def _say(name: str, language: str) -> str:
    return translate(f"menu.{name}", language)
