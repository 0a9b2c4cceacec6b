"""The uploads of a daily backup: there without a second copy, and back where they were when it is restored."""

import errno
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lanchat.accounts.models import User
from lanchat.backups import create as backups
from lanchat.backups import linked_uploads, restore
from lanchat.config import Settings, SettingsError, load
from lanchat.core.storage.data_folder import prepare
from lanchat.core.storage.database import write_once
from lanchat.files.models import Attachment, NewAttachment, Quota
from lanchat.files.storage import Upload, path_of
from tests.reliability.backups import lanchat


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    """A data folder with one account and three uploads."""
    shutil.copytree(made, tmp_path / "data", ignore=shutil.ignore_patterns("backups", "*-before-restore-*"))
    settings = prepare(load(data_dir=tmp_path / "data", disk_reserve_bytes=0, daily_backups=2))
    settings.backups_dir.mkdir(mode=0o700)
    for content in (b"one", b"two", b"three"):
        add_upload(settings, content)
    return settings


def add_upload(settings: Settings, content: bytes) -> str:
    upload = Upload(settings.uploads_dir, reserve=0)
    upload.open()
    upload.write(content)
    upload.close()
    upload.place()

    def add() -> None:
        anna = User.find_credentials("anna")
        assert anna is not None
        new = NewAttachment(upload.name, anna.user_id, "a.txt", len(content), "text/plain", None, None, "2026-01-01")
        Attachment.add(new, Quota(1 << 30, 1 << 30, 1 << 30))

    write_once(settings.database_path, add)
    return upload.name


def contents(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.glob("??/*")}


def ignore(_: int) -> None:
    pass


def back_up(settings: Settings, name: str) -> Path:
    """As if made on another day."""
    made = backups.back_up_daily(settings, ignore)
    archive = made.with_name(f"lanchat-2026-01-{name}-000000.zip")
    made.rename(archive)
    linked_uploads.folder_of(made).rename(linked_uploads.folder_of(archive))
    return archive


def test_uploads_are_kept_without_a_second_copy(settings: Settings) -> None:
    archive = backups.back_up_daily(settings, ignore)
    folder = linked_uploads.folder_of(archive)
    assert contents(folder) == {b"one", b"two", b"three"}
    for path in folder.glob("??/*"):
        assert path.samefile(path_of(settings.uploads_dir, path.name))
    assert folder.stat().st_mode & 0o777 == 0o700
    with zipfile.ZipFile(archive) as members:
        assert not any(name.startswith("uploads/") for name in members.namelist())


def test_uploads_that_were_lost_come_back_from_a_daily_backup(settings: Settings) -> None:
    archive = backups.back_up_daily(settings, ignore)
    shutil.rmtree(settings.uploads_dir)
    settings.uploads_dir.mkdir(mode=0o700)
    later = add_upload(settings, b"after the backup")

    said = lanchat("restore", archive, "--data-dir", settings.data_dir)

    assert "not in this backup" not in said
    assert contents(settings.uploads_dir) == {b"one", b"two", b"three"}
    (aside,) = settings.data_dir.glob("uploads-before-restore-*")
    assert path_of(aside, later).read_bytes() == b"after the backup"
    assert contents(linked_uploads.folder_of(archive)) == {b"one", b"two", b"three"}  # as good as before
    assert settings.uploads_dir.stat().st_mode & 0o777 == 0o700


def test_a_daily_backup_goes_with_its_uploads(settings: Settings) -> None:
    (settings.backups_dir / "lanchat-2026-01-01-111111.files").mkdir()  # the power went while it was made
    (settings.backups_dir / "photos.files").mkdir()  # somebody's own
    oldest, older = back_up(settings, "02"), back_up(settings, "03")
    newest = backups.back_up_daily(settings, ignore)
    assert {path.name for path in settings.backups_dir.iterdir()} == {
        *(path.name for kept in (older, newest) for path in (kept, linked_uploads.folder_of(kept))),
        "photos.files",
    }
    assert not oldest.exists()
    assert contents(settings.uploads_dir) == {b"one", b"two", b"three"}


def test_an_upload_that_was_lost_before_stops_no_backup(settings: Settings) -> None:
    path_of(settings.uploads_dir, add_upload(settings, b"lost")).unlink()
    archive = backups.back_up_daily(settings, ignore)
    assert contents(linked_uploads.folder_of(archive)) == {b"one", b"two", b"three"}
    assert "1 of the files" in lanchat("restore", archive, "--data-dir", settings.data_dir)


def test_without_its_folder_a_backup_leaves_the_uploads_alone_and_says_so(settings: Settings, tmp_path: Path) -> None:
    archive = backups.back_up_daily(settings, ignore)
    alone = archive.rename(tmp_path / "alone.zip")
    assert "have stayed" in lanchat("restore", alone, "--data-dir", settings.data_dir)
    assert contents(settings.uploads_dir) == {b"one", b"two", b"three"}


def refusing(number: int) -> Callable[..., None]:
    def link(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return link


def test_a_disk_without_links_gets_a_backup_without_uploads(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refusing(errno.EPERM))
        archive = backups.back_up_daily(settings, ignore)
    assert "hold no uploads" in caplog.text
    assert not linked_uploads.folder_of(archive).exists()
    assert restore.restore(settings, archive, ignore) is None
    assert contents(settings.uploads_dir) == {b"one", b"two", b"three"}


def test_on_another_disk_uploads_are_restored_as_copies(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = backups.back_up_daily(settings, ignore)
    monkeypatch.setattr(os, "link", refusing(errno.EXDEV))
    done: list[int] = []
    assert restore.restore(settings, archive, done.append) == 0
    assert sum(done) == restore.size_of(archive)  # the bar ends full
    (kept,) = [path for path in settings.uploads_dir.glob("??/*") if path.read_bytes() == b"three"]
    assert not kept.samefile(path_of(linked_uploads.folder_of(archive), kept.name))
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_backup_that_fails_half_way_leaves_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", refusing(number))
    with pytest.raises(SettingsError) as refusal:
        backups.back_up_daily(settings, ignore)
    assert refusal.value.code == "backup_failed"
    assert list(settings.backups_dir.iterdir()) == []


def test_a_hostile_backup_takes_nothing_from_outside_its_folder(settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"of somebody else")
    archive = backups.back_up_daily(settings, ignore)
    folder = linked_uploads.folder_of(archive)
    linked = next(folder.glob("??/*"))
    linked.unlink()
    linked.symlink_to(secret)
    staged = tmp_path / "far" / "below" / "there" / "staged"
    staged.mkdir(parents=True)
    way_out = "../../secret"
    assert path_of(folder, way_out).samefile(secret)
    before = set(tmp_path.rglob("*"))
    assert linked_uploads.take_out(folder, [linked.name, way_out, str(secret)], staged, ignore) == 3
    assert set(tmp_path.rglob("*")) == before


def test_the_bar_of_a_full_backup_ends_full_too(settings: Settings, tmp_path: Path) -> None:
    """Within what the database's log and the keys make of it."""
    with closing(sqlite3.connect(settings.database_path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    done: list[int] = []
    backups.back_up(settings, tmp_path / "all.zip", done.append)
    assert 3 * backups.size_of(settings) <= sum(done) <= 3.2 * backups.size_of(settings)
    done.clear()
    assert restore.restore(settings, tmp_path / "all.zip", done.append) == 0
    assert sum(done) == restore.size_of(tmp_path / "all.zip")
