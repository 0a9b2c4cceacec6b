"""`lanchat restore` of what is no backup, or a hostile one: refused, and nothing has changed."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.reliability.backups import NAME, lanchat, snapshot

Bend = Callable[[dict[str, bytes]], list[tuple[str, bytes]]]


def with_member(name: str, content: bytes = b"x") -> Bend:
    return lambda members: [*members.items(), (name, content)]


def with_database(change: Callable[[bytes], bytes]) -> Bend:
    """Another database, with a manifest that is right about it."""

    def bend(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
        database = change(members["lanchat.db"])
        digest = hashlib.sha256(database).hexdigest()
        return with_manifest(database_sha256=digest)({**members, "lanchat.db": database})

    return bend


def with_upload(name: str) -> Bend:
    """Its database names a file that was never sent, and that the next sweep removes."""

    def change(data: bytes) -> bytes:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(data[:18] + b"\1\1" + data[20:])  # in memory there is no write-ahead log
            with database:
                database.execute(
                    """INSERT INTO attachment(name, uploader_id, filename, size, content_type, created_at)
                    SELECT ?, min(id), 'x', 1, 'text/plain', '2020-01-01' FROM account""",
                    (name,),
                )
            return database.serialize()

    return with_database(change)


def with_statement(statement: str) -> Bend:
    """Its schema holds more than ours."""

    def change(data: bytes) -> bytes:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
            database.deserialize(data[:18] + b"\1\1" + data[20:])
            database.executescript(statement)
            return database.serialize()

    return with_database(change)


def with_manifest(**values: object) -> Bend:
    def bend(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
        manifest = json.dumps({**json.loads(members["manifest.json"]), **values}).encode()
        return [
            *((name, data) for name, data in members.items() if name != "manifest.json"),
            ("manifest.json", manifest),
        ]

    return bend


@pytest.fixture(scope="module")
def good(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The members of a good backup."""
    file = tmp_path_factory.mktemp("good") / "good.zip"
    lanchat("backup", file, "--data-dir", made)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "bend",
    [
        with_member("../evil.txt"),
        with_member("/etc/evil.txt"),
        with_member("keys/../../evil.txt"),
        with_member("uploads/../evil.txt"),
        with_member("uploads\\..\\evil.txt"),
        with_member("C:evil.txt"),
        with_member("keys/.ssh"),
        with_member("uploads/ff/" + NAME),
        with_member("uploads/01/" + NAME + "/x"),
        with_member("lanchat.toml", b"allow_registration = true"),
        with_member("lanchat.db"),
        with_member("uploads/"),
        with_database(lambda data: b"no database at all"),
        with_database(lambda data: data[: len(data) // 2]),
        with_database(lambda data: data[:100] + bytes(4000) + data[4100:]),
        with_upload("/etc/hosts"),
        with_upload("../lanchat.toml"),
        with_statement(
            "CREATE TRIGGER t AFTER INSERT ON message BEGIN UPDATE account SET is_admin = 1 WHERE username = 'eve'; END"
        ),
        with_statement("CREATE VIEW v AS SELECT * FROM account"),
        with_statement("CREATE INDEX i ON message(content)"),
        with_statement("CREATE TABLE more(x)"),
        with_statement("CREATE VIRTUAL TABLE words USING fts5(x)"),
        with_statement("DROP INDEX account_skeleton; CREATE INDEX account_skeleton ON account(email)"),
        with_statement("ALTER TABLE account ADD COLUMN more TEXT AS (lower(username))"),
        with_statement("DROP TABLE device_code"),
        with_statement("PRAGMA user_version = 3"),
        with_statement("PRAGMA user_version = 0"),
        with_manifest(database_sha256="0" * 64),
        with_manifest(format=99),
        with_manifest(format="x"),
        lambda members: [(name, data) for name, data in members.items() if name != "lanchat.db"],
        lambda members: [(name, data) for name, data in members.items() if name != "manifest.json"],
        lambda members: [],
    ],
)
def test_what_is_no_backup_of_ours_changes_nothing(
    made: Path, good: dict[str, bytes], tmp_path: Path, bend: Bend
) -> None:
    file = tmp_path / "bent.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in bend(good):
            archive.writestr(name, data)
    before = snapshot(made)
    line = lanchat("restore", file, "--data-dir", made, refuses=True)
    assert "bent.zip" in line
    assert snapshot(made) == before
    assert not list(tmp_path.rglob("evil*"))
    assert not list(made.parent.rglob("evil*"))


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: b"PK\x03\x04 and nothing more",
        lambda data: data[:-30],
        lambda data: data[: len(data) // 3] + b"\x00\xff" * 40 + data[len(data) // 3 + 80 :],
    ],
)
def test_a_backup_that_was_harmed_on_its_way_changes_nothing(
    made: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "harmed.zip"
    lanchat("backup", file, "--data-dir", made)
    file.write_bytes(harm(file.read_bytes()))
    before = snapshot(made)
    lanchat("restore", file, "--data-dir", made, refuses=True)
    assert snapshot(made) == before


def test_a_newer_database_in_a_backup_is_refused(made: Path, good: dict[str, bytes], tmp_path: Path) -> None:
    database = tmp_path / "newer.db"
    database.write_bytes(good["lanchat.db"])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    file = tmp_path / "newer.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in with_database(lambda _: database.read_bytes())(good):
            archive.writestr(name, data)
    assert "newer" in lanchat("restore", file, "--data-dir", made, refuses=True)
