"""Owns replacing several files at once: a crash leaves all of the old, or at the next start all of the new."""

import json
from pathlib import Path
from typing import NamedTuple

from lanchat.core.base.private_file import sync_folder, write_private

JOURNAL = "replacing.json"  # in the data folder, while files are being replaced


class Move(NamedTuple):
    """`staged` goes to `place`, and what was there to `aside`; without `staged` the place is only cleared."""

    staged: Path | None
    place: Path
    aside: Path


def replace_all(data_dir: Path, moves: list[Move]) -> None:
    """From the moment the journal lies there, this will be done, now or by `finish_replacing`."""
    rows = [[None if path is None else str(path) for path in move] for move in moves]
    write_private(data_dir / JOURNAL, json.dumps(rows).encode())
    finish_replacing(data_dir)


def finish_replacing(data_dir: Path) -> None:
    """Do what is left of a replacement; nothing, as a rule."""
    journal = data_dir / JOURNAL
    if not journal.exists():
        return
    for staged, place, aside in json.loads(journal.read_text("utf-8")):
        _move(Move(None if staged is None else Path(staged), Path(place), Path(aside)))
    journal.unlink()
    sync_folder(data_dir)


def _move(move: Move) -> None:
    """Once or again: each of the two renames tells by what is there whether it was done."""
    if move.staged is not None and not move.staged.exists():
        return
    if move.place.exists():
        move.place.rename(move.aside)
    if move.staged is not None:
        move.staged.rename(move.place)
    sync_folder(move.place.parent)
