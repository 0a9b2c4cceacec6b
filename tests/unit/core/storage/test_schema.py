"""The schema that ships, step by step, with rows in it: nobody's data may be lost on the way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lanchat.core.storage.migrator import migrate, steps

TIME = "2026-01-01T00:00:00.000000Z"
LAST_ID = 41  # of the newest account, which is gone again


@pytest.fixture
def before_accounts(tmp_path: Path) -> Path:
    """People, a room with all three roles, an invitation: as version 2 kept them."""
    path = tmp_path / "lanchat.db"
    migrate(path, steps()[:2])
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("PRAGMA foreign_keys = ON")
        for id_, name in ((1, "ann"), (2, "bob"), (3, "cat"), (LAST_ID, "gone")):
            old.execute(
                "INSERT INTO user(id, username, username_key, created_at, last_seen) VALUES (?, ?, ?, ?, ?)",
                (id_, name, name, TIME, TIME),
            )
        old.execute("DELETE FROM user WHERE id = ?", (LAST_ID,))
        old.execute("INSERT INTO room(id, name, name_key, created_by, created_at) VALUES (1, 'r', 'r', 1, ?)", (TIME,))
        for id_, role in ((1, "owner"), (2, "admin"), (3, "member")):
            old.execute(
                "INSERT INTO membership(room_id, user_id, role, joined_at) VALUES (1, ?, ?, ?)", (id_, role, TIME)
            )
            old.execute(
                """INSERT INTO session(user_id, secret_digest, created_at, last_used_at, expires_at)
                VALUES (?, 'x', ?, ?, ?)""",
                (id_, TIME, TIME, TIME),
            )
        old.execute("INSERT INTO invite VALUES (1, 2, 'n', 'c', 'p', 0, ?, ?)", (TIME, TIME))
        old.execute("INSERT INTO device_code VALUES (2, 2, 'd', ?)", (TIME,))
        old.execute(
            """INSERT INTO message(room_id, seq, changed_seq, user_id, message_type, content, created_at)
            VALUES (1, 1, 1, 3, 'text', 'hello', ?)""",
            (TIME,),
        )
    return path


@pytest.fixture
def migrated(before_accounts: Path) -> Iterator[sqlite3.Connection]:
    migrate(before_accounts, steps()[:3])
    with closing(sqlite3.connect(before_accounts)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def test_the_accounts_keep_everything_that_refers_to_them(migrated: sqlite3.Connection):
    people = migrated.execute("SELECT id, username FROM account ORDER BY id").fetchall()
    assert people == [(1, "ann"), (2, "bob"), (3, "cat")]
    assert "user" not in tables(migrated)
    assert migrated.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("session", "room", "membership", "attachment", "message", "device_code"):
        targets = {row[2] for row in migrated.execute(f"PRAGMA foreign_key_list({table})")}
        assert "account" in targets
        assert "user" not in targets
    with pytest.raises(sqlite3.IntegrityError):
        migrated.execute("INSERT INTO device_code VALUES (99, 2, 'e', ?)", (TIME,))


def test_an_account_that_goes_still_takes_its_sessions_and_codes_along(migrated: sqlite3.Connection):
    migrated.execute("DELETE FROM account WHERE id = 2")
    assert migrated.execute("SELECT user_id FROM session ORDER BY id").fetchall() == [(1,), (3,)]
    for table in ("device_code", "invite"):
        assert migrated.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_id_of_an_account_that_is_gone_is_not_given_out_again(migrated: sqlite3.Connection):
    (newest,) = migrated.execute(
        "INSERT INTO account(username, username_key, created_at, last_seen) VALUES ('new', 'new', ?, ?) RETURNING id",
        (TIME, TIME),
    ).fetchone()
    assert newest == LAST_ID + 1


def test_names_stay_unique_and_quick_to_find(migrated: sqlite3.Connection):
    with pytest.raises(sqlite3.IntegrityError, match="username_key"):
        migrated.execute("UPDATE account SET username_key = 'ann' WHERE id = 2")
    for query in ("SELECT * FROM account WHERE username_key = 'ann'", "SELECT * FROM session WHERE user_id = 2"):
        assert "USING INDEX" in migrated.execute(f"EXPLAIN QUERY PLAN {query}").fetchone()[3]


def test_a_room_s_admins_are_its_moderators_and_all_others_what_they_were(migrated: sqlite3.Connection):
    roles = migrated.execute("SELECT user_id, role FROM membership ORDER BY user_id").fetchall()
    assert roles == [(1, "owner"), (2, "moderator"), (3, "member")]


@pytest.fixture
def before_look_alikes(tmp_path: Path) -> Path:
    path = tmp_path / "lanchat.db"
    migrate(path, steps()[:4])
    with closing(sqlite3.connect(path)) as old, old:
        for name in ("Alice\ufe0f", "Alice", "Аlice", "bob", "cat\u200b", "\u3164"):
            old.execute(
                "INSERT INTO account(username, username_key, created_at, last_seen) VALUES (?, ?, ?, ?)",
                (name, name.casefold(), TIME, TIME),
            )
        for name in ("Lobby  x", "Lobby x", None):
            values = (name, name and name.casefold(), TIME)
            old.execute("INSERT INTO room(name, name_key, created_by, created_at) VALUES (?, ?, 1, ?)", values)
    return path


def test_names_that_look_alike_stay_theirs_and_the_first_one_has_the_keys(before_look_alikes: Path):
    migrate(before_look_alikes, steps()[:5])
    with closing(sqlite3.connect(before_look_alikes)) as now:
        people = now.execute("SELECT username, username_key, username_skeleton FROM account ORDER BY id").fetchall()
        rooms = now.execute("SELECT name, name_key, name_skeleton FROM room ORDER BY id").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="username_skeleton"):
            now.execute("UPDATE account SET username_skeleton = 'Alice' WHERE username = 'bob'")
    assert people == [
        ("Alice\ufe0f", "alice\ufe0f", None),
        ("Alice", "alice", "Alice"),
        ("Аlice", "аlice", None),
        ("bob", "bob", "bob"),
        ("cat\u200b", "cat", "cat"),
        ("\u3164", "", ""),
    ]
    assert rooms == [("Lobby  x", "lobby  x", None), ("Lobby x", "lobby x", "Lobby x"), (None, None, None)]


def test_what_somebody_said_or_made_is_found_by_an_index(before_accounts: Path):
    migrate(before_accounts)
    with closing(sqlite3.connect(before_accounts)) as now:
        assert now.execute("SELECT content FROM message WHERE user_id = 3").fetchall() == [("hello",)]
        for query in ("SELECT 1 FROM message WHERE user_id = 3", "SELECT 1 FROM room WHERE created_by = 1"):
            assert "INDEX" in now.execute(f"EXPLAIN QUERY PLAN {query}").fetchone()[3]


def test_what_was_said_before_is_in_the_index_of_what_is_unread(before_accounts: Path):
    migrate(before_accounts, steps()[:7])
    with closing(sqlite3.connect(before_accounts)) as now:
        indexed = "SELECT seq, user_id, deleted_at FROM message INDEXED BY message_unread WHERE room_id = 1"
        assert now.execute(indexed).fetchall() == [(1, 3, None)]


def test_what_was_said_before_mentions_nobody(before_accounts: Path):
    migrate(before_accounts, steps()[:11])
    with closing(sqlite3.connect(before_accounts)) as now:
        assert now.execute("SELECT mentions, mentions_all FROM message").fetchall() == [(None, 0)]
        assert now.execute("SELECT count(*) FROM mention").fetchone() == (0,)


def test_who_has_read_a_message_is_seen_to_have_read_it_as_before(before_accounts: Path):
    migrate(before_accounts, steps()[:11])
    with closing(sqlite3.connect(before_accounts)) as old, old:
        old.execute("UPDATE membership SET read_seq = 1 WHERE user_id = 2")
    migrate(before_accounts, steps()[:12])
    with closing(sqlite3.connect(before_accounts)) as now:
        seen = "SELECT user_id, read_seq, seen_seq FROM membership WHERE room_id = 1 ORDER BY seen_seq DESC"
        assert now.execute(seen).fetchall()[0] == (2, 1, 1)
        plan = [row[3] for row in now.execute(f"EXPLAIN QUERY PLAN {seen} LIMIT 1")]
        assert plan == ["SEARCH membership USING INDEX membership_seen (room_id=?)"]


def test_who_is_in_a_busy_room_is_told_of_mentions_only_as_who_joins_it(before_accounts: Path):
    migrate(before_accounts, steps()[:12])
    with closing(sqlite3.connect(before_accounts)) as old, old:
        new_room = "INSERT INTO room(id, name, created_by, created_at, kind) VALUES (?, ?, 1, ?, ?)"
        old.executemany(new_room, [(2, "busy", TIME, "room"), (3, None, TIME, "direct")])
        for id_ in range(50, 60):
            account = "INSERT INTO account(id, username, username_key, created_at, last_seen) VALUES (?, ?, ?, ?, ?)"
            old.execute(account, (id_, str(id_), str(id_), TIME, TIME))
            for room_id in (2, 3):
                member = "INSERT INTO membership(room_id, user_id, joined_at) VALUES (?, ?, ?)"
                old.execute(member, (room_id, id_, TIME))
    migrate(before_accounts, steps()[:13])
    with closing(sqlite3.connect(before_accounts)) as now:
        told = now.execute("SELECT DISTINCT room_id, told_of FROM membership ORDER BY room_id").fetchall()
    assert told == [(1, "all"), (2, "mentions"), (3, "all")]


def test_people_and_rooms_are_found_by_name_and_sound_from_then_on(before_look_alikes: Path):
    with closing(sqlite3.connect(before_look_alikes)) as old, old:
        values = ("张三", "张三", TIME, TIME)
        old.execute("INSERT INTO account(username, username_key, created_at, last_seen) VALUES (?, ?, ?, ?)", values)
        old.execute(
            "INSERT INTO room(name, name_key, created_by, created_at) VALUES ('数据 x', '数据 x', 1, ?)", (TIME,)
        )
    migrate(before_look_alikes, steps()[:14])
    with closing(sqlite3.connect(before_look_alikes)) as now:
        people = now.execute("SELECT username, display_name, initials, found_by FROM account").fetchall()
        rooms = now.execute("SELECT initials FROM room WHERE name LIKE '数据%'").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="display_skeleton"):
            now.execute("UPDATE account SET display_skeleton = 'Anna'")
    assert people[1] == ("Alice", None, None, "\nalice")
    assert people[-1] == ("张三", None, "zs", "\n张三\nzs")
    assert rooms == [("sjx",)]


def test_members_have_their_rooms_in_their_lists(before_accounts: Path):
    migrate(before_accounts, steps()[:16])
    with closing(sqlite3.connect(before_accounts)) as now:
        assert now.execute("SELECT count(*) FROM membership WHERE unlisted IS NULL").fetchone() == (3,)


def test_everybody_shows_how_far_they_read_until_they_say_otherwise(before_accounts: Path):
    migrate(before_accounts, steps()[:17])
    with closing(sqlite3.connect(before_accounts)) as now:
        assert now.execute("SELECT DISTINCT preferences, hides_receipts FROM account").fetchall() == [("{}", 0)]


def test_a_report_goes_with_its_message_and_is_found_by_its_room(before_accounts: Path):
    migrate(before_accounts, steps()[:18])
    with closing(sqlite3.connect(before_accounts)) as now:
        now.execute("PRAGMA foreign_keys = ON")
        report = (
            "INSERT INTO report(message_id, room_id, author_id, reporter_id, reason, at) VALUES (1, 1, 3, 1, 'spam', ?)"
        )
        now.execute(report, (TIME,))
        with pytest.raises(sqlite3.IntegrityError):
            now.execute(report, (TIME,))
        plan = [
            row[3]
            for row in now.execute("EXPLAIN QUERY PLAN SELECT 1 FROM report WHERE room_id = 1 AND state = 'open'")
        ]
        assert plan == ["SEARCH report USING COVERING INDEX report_room (room_id=? AND state=?)"]
        now.execute("DELETE FROM message WHERE id = 1")
        assert now.execute("SELECT count(*) FROM report").fetchone() == (0,)
