"""Replacing several files survives a crash at any moment: all old, or after the next start all new."""

import os
from pathlib import Path

import pytest

from lanchat.core.storage.atomic_replace import Move, finish_replacing, replace_all


class Crash(Exception):
    pass


def prepare(folder: Path) -> list[Move]:
    for name in ("a", "b"):
        (folder / name).write_text(f"old {name}")
        (folder / f"{name}.new").write_text(f"new {name}")
    (folder / "gone").write_text("in the way")
    (folder / "c").mkdir()
    (folder / "c" / "inside").write_text("old c")
    (folder / "c.new").mkdir()
    (folder / "c.new" / "inside").write_text("new c")
    moves = [Move(folder / f"{name}.new", folder / name, folder / f"{name}.old") for name in ("a", "b", "c")]
    return [Move(None, folder / "gone", folder / "gone.old"), *moves]


def content(folder: Path, end: str = "") -> list[str]:
    files = (folder / f"a{end}", folder / f"b{end}", folder / f"c{end}" / "inside")
    return [file.read_text() for file in files]


def test_everything_is_replaced_and_the_old_is_kept(tmp_path: Path) -> None:
    replace_all(tmp_path, prepare(tmp_path))
    assert content(tmp_path) == ["new a", "new b", "new c"]
    assert content(tmp_path, ".old") == ["old a", "old b", "old c"]
    assert not (tmp_path / "gone").exists()
    assert not list(tmp_path.glob("*.json*"))


@pytest.mark.parametrize("survived", range(20))
def test_a_crash_leaves_all_of_the_old_or_leads_to_all_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    moves = prepare(tmp_path)
    left = survived

    def crashing(work):
        def run(*args, **kwargs):
            nonlocal left
            if left == 0:
                raise Crash
            left -= 1
            return work(*args, **kwargs)

        return run

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "unlink"):
            patch.setattr(Path, name, crashing(getattr(Path, name)))
        patch.setattr(os, "fsync", crashing(os.fsync))
        try:
            replace_all(tmp_path, moves)
        except Crash:
            is_cut = True
        else:
            is_cut = False
    finish_replacing(tmp_path)
    found = content(tmp_path)
    assert found == ["new a", "new b", "new c"] or (found == ["old a", "old b", "old c"] and is_cut)
    if found[0].startswith("new"):
        assert content(tmp_path, ".old") == ["old a", "old b", "old c"]
    assert is_cut is (survived < 17)  # so many steps are there to be cut at


def test_where_nothing_was_begun_nothing_happens(tmp_path: Path) -> None:
    finish_replacing(tmp_path)
    assert list(tmp_path.iterdir()) == []
