"""Small files are written whole or not at all, for nobody else's eyes, and in this one way."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import lanchat
from lanchat.core.base.private_file import write_private
from lanchat.desktop.saved_state import Memory
from lanchat.discovery.favourites import Favourite, Favourites

ROOT = Path(lanchat.__file__).parent
WRITES = re.compile(
    r"""os\.open\(|os\.fdopen\(|\bwrite_text\(|\bwrite_bytes\(|\bopen\([^)]*["'][wax]b?\+?["']|\.open\(["'](?:[wax]|r\+)"""
)
# Files that are written otherwise, and why that is right.
OTHERWISE = {
    "core/base/private_file.py": "the one way",
    "core/base/log.py": "grows line by line",
    "core/storage/engines/snapshots.py": "made by SQLite; checked before it is used",
    "backups/archive.py": "as large as the disk: a draft of its own, verified and then named",
    "exports/zip_stream.py": "what leaves by the network; `write` is an entry of a zip",
    "backups/linked_uploads.py": "copies of uploads into a folder that gets its name when it is whole",
    "files/storage.py": "uploads, written as they arrive; named once they are complete",
}


def test_nobody_writes_files_in_another_way() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if any(WRITES.search(line) for line in path.read_text("utf-8").splitlines())
    }
    assert found == set(OTHERWISE)


def test_it_is_there_and_for_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    mask = os.umask(0)
    try:
        write_private(path, b"first")
        write_private(path, b"second")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"second"
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_that_somebody_laid_ready_is_not_written_into(tmp_path: Path) -> None:
    """Its owner could read a key out of it, or have us write somewhere else."""
    theirs, path = tmp_path / "theirs", tmp_path / "secret.key"
    theirs.write_bytes(b"theirs")
    (tmp_path / "secret.key.new").symlink_to(theirs)
    write_private(path, b"ours")
    assert (theirs.read_bytes(), path.read_bytes()) == (b"theirs", b"ours")
    assert not path.is_symlink()


def refuse(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space left")


def keep_in_favourites(folder: Path) -> tuple[Path, Callable[[], object]]:
    path = folder / "favourites.json"
    favourites = Favourites(path)
    favourites.remember(Favourite(id="1", name="Library", port=8000))
    return path, lambda: favourites.remember(Favourite(id="2", name="Canteen", port=8000))


def keep_in_window(folder: Path) -> tuple[Path, Callable[[], object]]:
    memory = Memory(folder)
    memory.keep(choice="host")
    return folder / "desktop.json", lambda: memory.keep(choice="join")


def keep_here(folder: Path) -> tuple[Path, Callable[[], object]]:
    write_private(folder / "x", b"old")
    return folder / "x", lambda: write_private(folder / "x", b"new")


KEPT = [keep_in_favourites, keep_in_window, keep_here]


@pytest.mark.parametrize("keep", KEPT)
def test_a_disk_that_is_full_leaves_what_was_there(
    tmp_path: Path, keep: Callable[[Path], tuple[Path, Callable[[], object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, change = keep(tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", refuse)
    try:
        change()
    except OSError as error:
        assert error.errno == errno.ENOSPC  # noqa: PT017, the window's memory only logs it
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


@pytest.mark.parametrize("keep", KEPT)
def test_the_content_is_on_the_disk_before_the_name_is(
    tmp_path: Path, keep: Callable[[Path], tuple[Path, Callable[[], object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut leaves an empty file under the right name: so favourites were lost."""
    path, change = keep(tmp_path)
    order: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        order.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "content")  # noqa: PTH112
        sync(descriptor)

    def note_replace(draft: Path, target: Path) -> Path:
        order.append("name")
        return replace(draft, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_replace)
    change()
    if Path("/proc/self/fd").exists():
        assert order == ["content", "name", "folder"]
    assert path.exists()
