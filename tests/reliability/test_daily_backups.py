"""The backups that a server takes every day by itself: rotated, whole, and in nobody's way."""

import asyncio
import json
import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

from lanchat.backups import create as backups
from lanchat.config import SettingsError, load
from lanchat.core.storage.data_folder import prepare
from tests.people import PATIENCE
from tests.reliability.backups import lanchat, snapshot


def forget_backups(folder: Path) -> None:
    """Of other tests, maybe of this very second."""
    for path in folder.glob("lanchat-*.zip"):
        path.unlink()
    for linked in folder.glob("lanchat-*.files"):
        shutil.rmtree(linked)


def test_daily_backups_are_rotated_and_can_be_restored(made: Path, tmp_path: Path) -> None:
    settings = prepare(load(data_dir=made, daily_backups=3, disk_reserve_bytes=0))
    settings.backups_dir.mkdir(mode=0o700)
    for day in range(1, 7):
        (settings.backups_dir / f"lanchat-2026-01-0{day}-000000.zip").write_bytes(b"old")
    (settings.backups_dir / "my own.zip").write_bytes(b"not yours to remove")

    newest = backups.back_up_daily(settings, lambda _: None)

    kept = sorted(path.name for path in settings.backups_dir.iterdir())
    assert kept == [
        "lanchat-2026-01-05-000000.zip",
        "lanchat-2026-01-06-000000.zip",
        newest.with_suffix(".files").name,
        newest.name,
        "my own.zip",
    ]
    assert stat.S_IMODE(newest.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.backups_dir.stat().st_mode) == 0o700
    lanchat("restore", newest, "--data-dir", made)
    assert "anna" in lanchat("admin", "list", "--data-dir", made)


def test_a_backup_by_a_clock_gone_wrong_is_not_the_one_to_go(made: Path) -> None:
    settings = prepare(load(data_dir=made, daily_backups=2, disk_reserve_bytes=0))
    settings.backups_dir.mkdir(mode=0o700, exist_ok=True)
    forget_backups(settings.backups_dir)
    for year in (2096, 2097, 2098):
        (settings.backups_dir / f"lanchat-{year}-01-01-000000.zip").write_bytes(b"future")
    newest = backups.back_up_daily(settings, lambda _: None)
    assert newest.exists()
    assert len(list(settings.backups_dir.glob("lanchat-*.zip"))) == 2


def test_a_full_disk_stops_a_daily_backup_and_leaves_nothing(made: Path) -> None:
    settings = prepare(load(data_dir=made, disk_reserve_bytes=1 << 60))
    with pytest.raises(SettingsError) as refusal:
        backups.back_up_daily(settings, lambda _: None)
    assert refusal.value.code == "backup_no_space"
    assert not list(settings.backups_dir.glob("*.part")) + list(settings.backups_dir.glob("*.db"))


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_server_that_was_cut_while_restoring_finishes_it_at_its_start(made: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "lanchat.db").write_bytes(b"the old one")
    (data / "lanchat.db.restored").write_bytes((made / "lanchat.db").read_bytes())
    moves = [[str(data / "lanchat.db.restored"), str(data / "lanchat.db"), str(data / "aside.db")]]
    (data / "replacing.json").write_text(json.dumps(moves))
    assert "anna" in lanchat("admin", "list", "--data-dir", data)
    assert (data / "aside.db").read_bytes() == b"the old one"


async def test_a_stop_does_not_wait_for_a_backup(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = prepare(load(data_dir=made, disk_reserve_bytes=0))
    has_begun, may_go_on = threading.Event(), threading.Event()
    cleaned = threading.Event()
    write = backups._write

    def slow(settings, target, progress, **how):
        def waiting(size: int) -> None:
            has_begun.set()
            may_go_on.wait(PATIENCE)
            progress(size)

        try:
            write(settings, target, waiting, **how)
        finally:
            cleaned.set()

    monkeypatch.setattr(backups, "_write", slow)
    forget_backups(settings.backups_dir)
    before = snapshot(settings.backups_dir)
    backing_up = asyncio.create_task(backups._back_up_in_thread(settings))
    await asyncio.to_thread(has_begun.wait, PATIENCE)
    backing_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await backing_up
    may_go_on.set()
    await asyncio.to_thread(cleaned.wait, PATIENCE)
    assert snapshot(settings.backups_dir) == before
