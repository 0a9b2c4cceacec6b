"""Coming from Slack or Mattermost: what of their exports is there afterwards, to whom, and what isn't."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.index import indexed
from tests.people import People, Person, people_at
from tests.server import ROOT, LanChat
from tests.workspaces import (
    ENVIRONMENT,
    MATTERMOST,
    SLACK_USERS,
    _post,
    bring,
    links,
    mattermost,
    ms,
    packed,
    slack,
    ts,
)


def contents(data: Path) -> list[Any]:
    """All that matters, without what an import may not touch anyway."""
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        tables = ("account", "room", "membership", "message", "reaction", "attachment", "imported", "mention")
        return [database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]


async def claimed(people: People, code: str) -> Person:
    """Somebody who came by their link."""
    person = people.newcomer()
    answer = (await person.post("/api/auth/device", {"code": code})).expect(200)
    person.token, person.id, person.name = answer["access_token"], answer["user"]["id"], answer["user"]["username"]
    return person


async def rooms_of(person: Person) -> dict[str, Any]:
    return {room["name"]: room for room in (await person.get("/api/rooms/")).expect(200)["user_rooms"]}


async def test_slack_comes_with_everything_in_its_place(tmp_path: Path):
    data = tmp_path / "data"
    with LanChat(data).start() as server:  # beside the running host
        assert "13 new" in bring(slack(tmp_path / "slack.zip"), data, "--links", str(tmp_path / "links.csv"))
        codes = links(tmp_path / "links.csv")
        assert set(codes) == {"anna", "ben_o_neil", "小明"}
        assert (tmp_path / "links.csv").stat().st_mode & 0o77 == 0
        async with people_at(server.url) as people:
            anna = await claimed(people, codes["anna"])
            assert (await people.newcomer().post("/api/auth/device", {"code": codes["anna"]})).status == 403
            rooms = await rooms_of(anna)
            said = await anna.timeline(rooms["general"])
            assert said[0]["content"] == (
                "**Hello** @ben_o_neil & @here, see [the plan](https://example.org/a?b=1) 🎉 ~~old~~ _new_"
            )
            assert said[0]["timestamp"].startswith("2023-11-14T22:13:30.000100")
            assert said[0]["edited_at"] is not None
            assert said[0]["pinned_at"] is not None
            assert [each["emoji"] for each in said[0]["reactions"]] == ["👍🏼"]
            assert said[0]["reactions"][0]["count"] == 2
            assert said[0]["reply_count"] == 2
            assert said[0]["mentions"] != []
            assert [each["content"] for each in said if each["thread_id"] == said[0]["id"]] == ["a reply", "late"]
            assert [each["timestamp"] for each in said] == sorted(each["timestamp"] for each in said)
            assert "Build 7\npassed in #old" in [each["content"] for each in said]
            assert not any("deleted" in each["content"] or "joined" in each["content"] for each in said)
            assert "code *stays* @anna" in "".join(each["content"] for each in said)
            [album] = [each for each in said if each["attachment"]]
            assert (album["message_type"], album["content"]) == ("image", "看图")
            assert [(each["filename"], each["width"]) for each in album["attachments"]] == [
                ("plan.png", 32),
                ("plan 2.png", 32),
            ]
            # Of the others: what is archived, private, or between few.
            lists = (await anna.get("/api/rooms/")).expect(200)
            assert [room["name"] for room in lists["archived_rooms"]] == ["old"]
            assert rooms["secret"]["is_private"]
            assert len([room for room in rooms.values() if room["kind"] == "direct"]) == 2
            # Nothing of it is news.
            overview = (await anna.get("/api/messages/overview")).expect(200)["rooms"]
            assert {room["unread_count"] for room in overview} == {0}
            assert {room["mention_count"] for room in overview} == {0}
            # It is found, once the index has come so far.
            await indexed(server)
            hits = (await anna.get("/api/search/", params={"q": "passed"})).expect(200)["hits"]
            assert [hit["room"]["name"] for hit in hits] == ["general"]
        server.end_well()


async def test_what_was_private_there_is_private_here(tmp_path: Path):
    data = tmp_path / "data"
    bring(slack(tmp_path / "slack.zip"), data, "--links", str(tmp_path / "links.csv"))
    codes = links(tmp_path / "links.csv")
    with LanChat(data).start() as server:
        async with people_at(server.url) as people:
            stranger, ming = await people.one("stranger"), await claimed(people, codes["小明"])
            anna = await claimed(people, codes["anna"])
            rooms = await rooms_of(anna)
            assert "secret" not in await rooms_of(ming)
            for who in (stranger, ming):
                secret = rooms["secret"]["id"]
                assert (await who.get(f"/api/messages/{secret}")).status == 403
                for password in (None, "", "secret"):
                    assert (await who.post(f"/api/rooms/{secret}/join", {"password": password})).status in {400, 403}
            direct = next(room for room in rooms.values() if room["kind"] == "direct" and room["member_count"] == 2)
            for who in (stranger, ming):
                assert (await who.get(f"/api/messages/{direct['id']}")).status == 404
            # Nobody logs in as who has no password, however often they try.
            for name in ("anna", "gone", "CI"):
                for password in ("", " ", "null", "correct horse"):
                    form = {"username": name, "password": password}
                    assert (await people.newcomer().post("/api/auth/login", data=form)).status in {400, 401}
        server.end_well()


async def test_whoever_came_by_a_link_chooses_a_password(tmp_path: Path):
    data = tmp_path / "data"
    bring(slack(tmp_path / "slack.zip"), data, "--links", str(tmp_path / "links.csv"))
    with LanChat(data, env={"LANCHAT_ALLOW_REGISTRATION": "false"}).start() as server:
        async with people_at(server.url) as people:
            anna = await claimed(people, links(tmp_path / "links.csv")["anna"])
            me = (await anna.get("/api/auth/me")).expect(200)
            assert (me["is_guest"], me["can_log_in"], me["email"]) == (False, False, "anna@example.org")
            assert me["display_name"] == "Anna B"
            form = {"password": "correct horse", "password2": "correct horse"}
            assert (await anna.post("/api/auth/upgrade", form)).expect(200)["can_log_in"] is True
            assert (await anna.post("/api/auth/upgrade", form)).status == 409
            assert (await anna.get("/api/auth/me")).expect(200)["email"] == "anna@example.org"
            await anna.log_in()
        server.end_well()


async def test_mattermost_comes_with_everything_in_its_place(tmp_path: Path):
    data = tmp_path / "data"
    said = bring(mattermost(tmp_path / "mattermost.zip"), data, "--links", str(tmp_path / "links.csv"))
    assert "messages: 7 new" in said
    codes = links(tmp_path / "links.csv")
    assert set(codes) == {"anna", "ben"}
    with LanChat(data).start() as server:
        async with people_at(server.url) as people:
            anna = await claimed(people, codes["anna"])
            rooms = await rooms_of(anna)
            history = await anna.timeline(rooms["Town Square"])
            assert [each["content"] for each in history] == [
                "**Hi** @ben. 😄 `:smile:`",
                "in between",
                "via hook",
                "hello",
            ]
            assert history[-1]["reply_to_id"] == history[0]["id"]
            assert [each["filename"] for each in history[0]["attachments"]] == ["a.png", "b.txt"]
            assert history[0]["message_type"] == "file"
            assert [each["emoji"] for each in history[0]["reactions"]] == ["❤️"]
            assert rooms["Staff"]["is_private"]
            direct = [room for room in rooms.values() if room["kind"] == "direct"]
            assert sorted(room["member_count"] for room in direct) == [1, 2]
        server.end_well()


@pytest.mark.parametrize("workspace", [slack, mattermost])
def test_a_dry_run_says_what_comes_and_a_second_run_changes_nothing(tmp_path: Path, workspace: Any):
    data, file = tmp_path / "data", workspace(tmp_path / "export.zip")
    LanChat(data).start().stop()
    before = contents(data)
    would = bring(file, data, "--dry-run")
    assert "nothing was changed" in would
    assert contents(data) == before
    did = bring(file, data)
    assert would.splitlines()[2:] == did.splitlines()[2:]  # the same numbers, and the same that doesn't come
    after = contents(data)
    assert after != before
    again = bring(file, data)
    assert "0 new" in again
    assert contents(data) == after
    uploads = [path for path in (data / "uploads").rglob("*") if path.is_file()]
    assert len(uploads) == len(after[5])


def test_names_that_are_taken_are_called_otherwise_and_told(tmp_path: Path):
    data = tmp_path / "data"
    bring(mattermost(tmp_path / "first.zip"), data)
    said = bring(slack(tmp_path / "second.zip"), data)
    assert "anna → anna_2" in said
    users = [
        *SLACK_USERS[:1],
        {"id": "U5", "team_id": "T1", "name": "../../x <script>"},
        {"id": "U6", "name": "LanChat"},
    ]
    third = bring(packed(tmp_path / "third.zip", {"users.json": users, "channels.json": []}), data)
    assert "people: 2 new, 1 came before" in third
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        names = [name for (name,) in database.execute("SELECT username FROM account WHERE id > 1 ORDER BY id")]
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").isalnum() for name in names)
    assert "x_script" in names


def test_a_later_export_brings_what_is_new(tmp_path: Path):
    data = tmp_path / "data"
    bring(slack(tmp_path / "slack.zip"), data)
    more = {
        "general/2023-11-16.json": [
            {"type": "message", "user": "U2", "ts": ts(200_000), "thread_ts": ts(10), "text": "later"},
            {"type": "message", "user": "U1", "ts": ts(200_001), "text": "and more"},
        ]
    }
    said = bring(slack(tmp_path / "later.zip", **more), data)
    assert "messages: 2 new, 13 came before" in said
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        found = database.execute("SELECT reply_count FROM message WHERE content LIKE '**Hello**%'").fetchone()
    assert found == (3,)


def test_what_was_deleted_here_stays_deleted(tmp_path: Path):
    data, file = tmp_path / "data", slack(tmp_path / "slack.zip")
    bring(file, data)
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        database.execute("PRAGMA foreign_keys = 1")
        database.execute("DELETE FROM room WHERE name = 'secret'")
        database.execute("UPDATE message SET content = '', deleted_at = '2026' WHERE content = 'between'")
        database.commit()
    said = bring(file, data)
    assert "deleted here (1): secret" in said
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        assert database.execute("SELECT count(*) FROM message WHERE content IN ('hush', 'between')").fetchone() == (0,)


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path):
    data = tmp_path / "data"
    posts = [_post(channel="town-square", user="anna", message=f"number {n}", create_at=ms(n)) for n in range(20_000)]
    file = mattermost(tmp_path / "export.zip", [*MATTERMOST[:9], *posts])
    LanChat(data).start().stop()
    command = [sys.executable, "-m", "lanchat", "import", str(file), "--data-dir", str(data)]
    running = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    count = 0
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        deadline = time.monotonic() + 60
        while count < 200 and time.monotonic() < deadline:
            (count,) = database.execute("SELECT count(*) FROM message WHERE content LIKE 'number %'").fetchone()
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert 200 <= count < 20_000
    said = bring(file, data)
    assert "people: 0 new" in said
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        found = [
            text
            for (text,) in database.execute("SELECT content FROM message WHERE content LIKE 'number %' ORDER BY seq")
        ]
    assert found == [f"number {n}" for n in range(20_000)]


HOSTILE: dict[str, dict[str, Any]] = {
    "leads out of the archive": {"users.json": [], "../../evil.json": "[]"},
    "packed too well": {"users.json": b"[" + b" " * (80 << 20) + b"]"},
    "users.json": {"users.json": "[{]"},
    "not a list": {"users.json": {"id": "U1"}},
    "general/2023-11-14.json": {
        "users.json": [],
        "channels.json": [{"id": "C1", "name": "general", "members": []}],
        "general/2023-11-14.json": '[{"type": "message", "ts": "never", "user": "U1", "text": "x"}]',
    },
    "bulk.jsonl:2": {"bulk.jsonl": '{"type": "version", "version": 1}\n{"type": "post", "post": {"team"'},
    "another version": {"bulk.jsonl": '{"type": "version", "version": 2}'},
    "bulk.jsonl:10": {
        "bulk.jsonl": "\n".join(
            json.dumps(each) for each in [*MATTERMOST[:9], _post(channel="staff", user="a", create_at="x")]
        )
    },
    "is no export": {"holiday.jpg": b"x"},
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_bad_archives_are_refused_with_where_and_change_nothing(tmp_path: Path, reason: str):
    data = tmp_path / "data"
    LanChat(data).start().stop()
    before = contents(data)
    said = bring(packed(tmp_path / "bad.zip", HOSTILE[reason]), data, code=1)
    assert reason in said
    assert len(said) < 1000
    assert contents(data) == before
    assert not (tmp_path / "evil.json").exists()


def test_what_is_no_zip_is_refused(tmp_path: Path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    assert "can't be read" in bring(tmp_path / "x.zip", tmp_path / "data", code=1)
    file = slack(tmp_path / "slack.zip")
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        at = archive.getinfo("general/2023-11-14.json").header_offset
    content[at + 80 : at + 90] = b"0123456789"
    file.write_bytes(content)
    assert "general/2023-11-14.json" in bring(file, tmp_path / "data", code=1)


def test_long_messages_and_many_files_are_parted_and_large_files_missed(tmp_path: Path):
    data = tmp_path / "data"
    long = "\n".join(f"line {n} " + "x" * 90 for n in range(250))
    names = [f"{n:02}.txt" for n in range(12)]
    attachments = [{"path": name} for name in ["big.png", *names]]
    post = _post(channel="staff", user="anna", message=long, create_at=ms(1), attachments=attachments)
    entries: dict[str, bytes] = {"data/big.png": os.urandom(11 << 20), **{f"data/{name}": b"x" for name in names}}
    file = mattermost(tmp_path / "export.zip", [*MATTERMOST[:9], post], **entries)
    said = bring(file, data)
    assert "big.png" in said
    with closing(sqlite3.connect(data / "lanchat.db")) as database:
        rows = database.execute(
            """SELECT m.content, a.filename, json_array_length(m.more_files)
            FROM message m LEFT JOIN attachment a ON a.id = m.attachment_id
            WHERE m.content LIKE 'line%' ORDER BY m.seq"""
        ).fetchall()
    assert [row[1:] for row in rows] == [("00.txt", 9), ("10.txt", 1), (None, None)]
    assert "\n".join(text for text, _, _ in rows) == long
