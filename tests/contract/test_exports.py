"""Taking a room with you, or all that is yours: what is in the archive, what isn't, and who may."""

import asyncio
import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from random import randbytes

import aiohttp
import pytest
from PIL import Image

from tests.archives import export, opened, order
from tests.files import fetch, share, upload
from tests.people import PATIENCE, People, Person, people_at
from tests.server import ROOT, LanChat


def picture(colour: str = "teal", size: tuple[int, int] = (40, 30)) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


async def test_a_room_comes_as_json_with_its_files(people: People):
    ann, ben = await people("ann", "ben")
    room = await ann.make_room("Workshop 工坊")
    await ben.join(room)
    first = await ann.say(room, "**hello** 你好")
    reply = await ben.say(room, "hi", reply_to_id=first["id"])
    await ann.put(f"/api/messages/{room['id']}/{reply['id']}/reactions/%F0%9F%91%8D", {})
    await ann.patch(f"/api/messages/{room['id']}/{first['id']}", {"content": "hello, all"})
    await share(ben, room, picture(), "a photo.png")
    archive = await export(ann, room, format="json")
    document = archive.json()
    assert document["room"]["name"] == "Workshop 工坊"
    assert [each["username"] for each in document["members"]] == [ann.name, ben.name]
    said = [each for each in document["messages"] if each["message_type"] != "system"]
    assert [each["content"] for each in said] == ["hello, all", "hi", ""]
    assert said[0]["edited_at"] is not None
    assert said[1]["reply_to_id"] == first["id"]
    assert said[1]["reactions"] == [{"emoji": "👍", "user_ids": [ann.id], "count": 1}]
    (file,) = said[2]["attachments"]
    assert file["filename"] == "a photo.png"
    assert list(archive.files()) == [file["path"]]
    assert len(archive.files()[file["path"]]) == file["size"]


async def test_albums_and_what_was_passed_on_come_in_both_forms(people: People):
    ann, ben = await people("ann", "ben")
    room, elsewhere = await ann.make_room(), await ben.make_room("Elsewhere")
    await ann.join(elsewhere)
    paths = [(await upload(ann, picture(), f"{n} photo.png")).expect(201)["file_path"] for n in range(3)]
    album = await ann.say(room, "the trip", file_paths=paths)
    said = await ben.say(elsewhere, "worth telling **all**")
    for message, place in ((said, elsewhere), (album, room)):
        await ann.say(room, "", forward={"room_id": place["id"], "message_id": message["id"]})
    archive = await export(ann, room, format="json")
    first, passed, again = [each for each in archive.json()["messages"] if each["message_type"] != "system"]
    assert [file["filename"] for file in first["attachments"]] == [f"{n} photo.png" for n in range(3)]
    assert (first["message_type"], first["content"], first["forwarded_from"]) == ("image", "the trip", None)
    assert passed["content"] == "worth telling **all**"
    assert passed["forwarded_from"] == {
        "username": ben.name,
        "display_name": None,
        "room_name": elsewhere["name"],
        "timestamp": said["timestamp"],
    }
    assert again["attachments"] == first["attachments"]
    assert sorted(archive.files()) == sorted(file["path"] for file in first["attachments"]), "each once"
    archive = await export(ann, room, language="en")
    page = archive.page()
    assert page.count("<img ") == 6
    assert page.count('class="files album"') == 2
    assert f"Forwarded from {ben.name}, in {elsewhere['name']}, " in page
    assert f"Forwarded from {ann.name}, " in page
    assert "worth telling <strong>all</strong>" in page
    assert len(archive.files()) == 3


async def test_what_nobody_shall_see_is_not_in_it(people: People):
    ann, ben = await people("ann", "ben")
    mail = f"{ben.name}@secret.example"
    (await ben.patch("/api/auth/me", {"email": mail})).expect(200)
    room, other = await ann.make_room(), await ann.make_room()
    await ben.join(room)
    await ann.say(other, "said elsewhere")
    await share(ann, other, b"a file from elsewhere", "elsewhere.txt")
    recalled = await ben.say(room, "taken back at once")
    edited = await ben.say(room, "a slip of the tongue")
    (await ben.patch(f"/api/messages/{room['id']}/{edited['id']}", {"content": "what was meant"})).expect(200)
    path = (await upload(ben, b"a file taken back")).expect(201)["file_path"]
    with_file = await ben.say(room, "", file_path=path, message_type="file")
    for message in (recalled, with_file):
        (await ben.delete(f"/api/messages/{room['id']}/{message['id']}")).expect(200)
    ear = await ben.connect()
    await ear.call("mark_read", {"room_id": room["id"], "seq": edited["seq"]})
    for form in ("json", "html"):
        archive = await export(ann, room, format=form)
        everything = archive.everything()
        for secret in ("taken back at once", "slip of the tongue", "said elsewhere", "elsewhere.txt", mail):
            assert secret not in everything, form
        assert not re.search(r"read_seq|seen_seq|last_seen|client_id|token", everything)
        assert archive.files() == {}
    assert "recalled a message" in archive.page()


async def test_outsiders_have_no_export_and_direct_rooms_are_not_there_for_them(people: People):
    ann, ben, cleo = await people("ann", "ben", "cleo")
    room = await ann.make_room(password="let me in")
    direct = (await ann.post("/api/direct/", {"user_ids": [ben.id]})).expect(201)
    await ann.say(direct, "between us")
    for path, status, code in (
        (f"/api/rooms/{room['id']}", 403, "not_a_member"),
        (f"/api/rooms/{direct['id']}", 404, "room_not_found"),
        ("/api/rooms/987654", 404, "room_not_found"),
    ):
        for reply in (
            await cleo.post(f"{path}/export", {}),
            await cleo.get(f"{path}/export?format=json"),
            await cleo.get(f"{path}/export/size"),
        ):
            assert (reply.status, reply.code) == (status, code), path
    assert "between us" in (await export(ben, direct)).page()
    nobody = people.newcomer()
    for path in (f"/api/rooms/{room['id']}/export", "/api/auth/me/export", "/files/exports/0"):
        assert (await nobody.get(path)).status == 401


async def test_a_removed_member_cannot_fetch_what_they_ordered(people: People):
    ann, ben = await people("ann", "ben")
    room = await ann.make_room()
    await ben.join(room)
    path = await order(ben, f"/api/rooms/{room['id']}")
    (await ann.delete(f"/api/rooms/{room['id']}/members/{ben.id}")).expect(200)
    assert (await fetch(ben, path)).status == 403


async def test_it_is_fetched_once_and_by_nobody_else(people: People):
    ann, ben = await people("ann", "ben")
    room = await ann.make_room()
    await ben.join(room)
    path = await order(ann, f"/api/rooms/{room['id']}")
    assert re.fullmatch(r"/files/exports/[0-9a-f]{32}", path)
    stolen = await fetch(ben, path)
    assert (stolen.status, json.loads(stolen.content)["error"]["code"]) == (404, "export_gone")
    looked_at = await fetch(ann, path, "HEAD")
    assert (looked_at.status, looked_at.headers["Content-Type"]) == (200, "application/zip")
    got = await fetch(ann, path)
    assert got.headers["Content-Disposition"].startswith("attachment; filename=")
    opened(got)
    assert (await fetch(ann, path)).status == 404


async def test_a_browser_fetches_it_with_its_files_cookie(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    path = await order(ann, f"/api/rooms/{room['id']}")
    cookie = (await ann.get("/api/auth/me")).headers["Set-Cookie"].partition(";")[0]
    opened(await fetch(ann, path, Cookie=cookie))


async def test_newcomers_take_with_them_what_they_may_read(people: People):
    ann, ben = await people("ann", "ben")
    room = await ann.make_room()
    (await ann.put(f"/api/rooms/{room['id']}", {"history": "since_joining"})).expect(200)
    before = await ann.say(room, "before ben came")
    await share(ann, room, b"an old file", "old.txt")
    await ben.join(room)
    await ann.say(room, "after ben came", reply_to_id=before["id"])
    for form in ("json", "html"):
        archive = await export(ben, room, format=form)
        assert "before ben came" not in archive.everything()
        assert "after ben came" in archive.everything()
        assert archive.files() == {}
    assert (await ben.get(f"/api/rooms/{room['id']}/export/size")).expect(200)["files"] == 0
    assert "before ben came" in (await export(ann, room)).page()


async def test_all_that_is_mine_is_mine_alone(people: People):
    ann, ben = await people("ann", "ben")
    (await ann.patch("/api/auth/me", {"email": f"{ann.name}@example.org", "bio": "likes tea"})).expect(200)
    room, left = await ann.make_room("kept"), await ann.make_room("left")
    await ben.join(room)
    theirs = await ben.say(room, "not mine")
    kept = await ben.say(room, "worth keeping")
    await ann.say(room, "mine", reply_to_id=theirs["id"])
    await ann.say(left, "said where I left")
    await ann.leave(left["id"])
    await share(ann, room, b"my file", "mine.txt")
    await share(ben, room, b"your file", "yours.txt")
    (await ann.put(f"/api/saved/{kept['id']}", {})).expect(200)
    archive = await export(ann, format="json")
    document = archive.json()
    assert document["profile"]["email"] == f"{ann.name}@example.org"
    assert "kept" in [each["name"] for each in document["rooms"]]
    assert [each["content"] for each in document["messages"]] == ["mine", ""]
    assert document["messages"][0]["room_id"] == room["id"]
    assert [each["message"]["content"] for each in document["saved"]] == ["worth keeping"]
    assert [each["filename"] for each in document["files"]] == ["mine.txt"]
    assert list(archive.files().values()) == [b"my file"]
    pages = await export(ann)
    assert list(pages.files().values()) == [b"my file"]
    for words, is_there in {"likes tea": 1, "mine": 1, "worth keeping": 1, "not mine": 0, "where I left": 0}.items():
        assert (words in pages.page()) is bool(is_there), words


async def test_one_at_a_time_and_six_an_hour(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    for _ in range(6):
        await export(ann, room)
    reply = await ann.post(f"/api/rooms/{room['id']}/export", {})
    assert (reply.status, reply.code) == (429, "too_many")
    assert (await ann.get(f"/api/rooms/{room['id']}/export")).status == 429
    assert (await ann.get(f"/api/rooms/{room['id']}/export/size")).status == 200


def seed_into(folder: Path, *, people: int, messages: int) -> None:
    sizes = ["--people", str(people), "--messages", str(messages)]
    command = [sys.executable, "-m", "lanchat", "seed", *sizes, "--data-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"


async def test_no_name_and_no_word_becomes_form_of_the_page(people: People):
    ann = await people.one("ann")
    (await ann.patch("/api/auth/me", {"display_name": f"<b>{ann.name}"})).expect(200)
    room = await ann.make_room(f"<script>{ann.name}</script>")
    (await ann.put(f"/api/rooms/{room['id']}", {"description": HOSTILE})).expect(200)
    for words in (HOSTILE, f"**a** {HOSTILE}", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "<!--"):
        await ann.say(room, words)
    names = ["../../x.txt", "..\\..\\y.txt", 'a"b<c>.txt', "page.html", "drawing.svg", "%2e%2e%2fz.txt", "x#y?z.txt"]
    for name in names:
        await share(ann, room, b"<script>alert(1)</script>", name)
    archive = await export(ann, room)
    page = archive.page()
    assert not re.search(r"<script|<img[^>]* on|href=\"javascript|src=\"http", page)
    for name in archive.zip.namelist():
        parts = Path(name).parts
        assert ".." not in parts, name
        assert not Path(name).is_absolute(), name
        assert not re.search(r'[<>:"\\|?*%#]', name), name
        assert not name.endswith((".html", ".svg")) or name == "index.html", name
    document = (await export(ann, room, format="json")).json()
    assert len([each for each in document["messages"] if each["system"] is None]) == len(names) + 5


async def test_it_speaks_the_language_that_is_asked_for(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    (await ann.put(f"/api/rooms/{room['id']}", {"description": "new"})).expect(200)
    (await ann.put(f"/api/rooms/{room['id']}", {"name": f"renamed {room['id']}"})).expect(200)
    assert "renamed the room to" in (await export(ann, room)).page()
    chinese = (await export(ann, room, language="zh-CN", tz="Asia/Shanghai")).page()
    assert '<html lang="zh-CN">' in chinese
    assert "将聊天室更名为" in chinese
    assert "星期" in chinese
    assert "Asia/Shanghai" in chinese
    assert (await ann.post(f"/api/rooms/{room['id']}/export", {"tz": "Mars/Base"})).status == 400


async def test_a_file_that_the_host_has_lost_is_missed_and_nothing_else(people: People, server: LanChat):
    ann = await people.one("ann")
    room = await ann.make_room()
    path = await share(ann, room, b"soon lost", "lost.txt")
    await share(ann, room, b"still here", "here.txt")
    name = path.removeprefix("/files/")
    (server.data_dir / "uploads" / name[:2] / name).unlink()
    archive = await export(ann, room)
    assert list(archive.files().values()) == [b"still here"]
    assert "not on the host any more" in archive.page()


async def test_who_hangs_up_frees_everything_and_may_begin_anew(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    noise = randbytes(12 << 20)
    await share(ann, room, noise, "noise.bin")
    paths = [await order(ann, f"/api/rooms/{room['id']}") for _ in range(3)]
    headers = {"Authorization": f"Bearer {ann.token}"}
    async with aiohttp.ClientSession() as slow:
        response = await slow.get(ann.url + paths[0], headers=headers)
        assert await response.content.readexactly(1000)
        refused = await fetch(ann, paths[1])
        assert (refused.status, json.loads(refused.content)["error"]["code"]) == (409, "export_running")
        # A reader who doesn't read holds nobody up.
        async with asyncio.timeout(PATIENCE):
            await ann.say(room, "still going")
        response.close()
    async with asyncio.timeout(PATIENCE):
        while (got := await fetch(ann, paths[1])).status == 409:  # noqa: ASYNC110, nobody tells
            await asyncio.sleep(0.05)
    assert list(opened(got).files().values()) == [noise]


@pytest.mark.parametrize("count", [1000, 2500])
async def test_a_long_room_comes_in_pages_that_lead_to_each_other(tmp_path: Path, count: int):
    seed_into(tmp_path / "data", people=2, messages=count)
    with LanChat(tmp_path / "data", "--limits", "off").start() as server:
        async with people_at(server.url) as people:
            pupil: Person = people.newcomer()
            pupil.name = "pupil_001"
            answer = await pupil.post("/api/auth/login", data={"username": "pupil_001", "password": "lanchat1"})
            pupil.token = answer.expect(200)["access_token"]
            rooms = (await pupil.get("/api/rooms/")).expect(200)["user_rooms"]
            room = max(rooms, key=lambda each: each["last_seq"])
            old = (await pupil.timeline(room, after_seq=0, limit=1))[0]
            for _ in range(2):
                await pupil.say(room, "about that", reply_to_id=old["id"])
            everything = (await pupil.get(f"/api/rooms/{room['id']}/export/size")).expect(200)["messages"]
            archive = await export(pupil, room)
        server.end_well()
    names = [name for name in archive.zip.namelist() if name.endswith(".html")]
    pages = [name for name in names if name.startswith("pages/")]
    assert names == [*pages, "index.html"]
    said = "".join(archive.page(name) for name in names)
    assert said.count("<article") == everything
    if pages:
        assert 'href="pages/00001.html"' in archive.page()
        assert 'href="00002.html"' in archive.page(pages[0])
        assert f'href="00001.html#m{old["seq"]}"' in archive.page(pages[-1])
    else:
        assert f'href="#m{old["seq"]}"' in archive.page()
    targets = {name: set(re.findall(r'id="(m\d+)"', archive.page(name))) for name in names}
    for name in names:
        for page, anchor in re.findall(r'href="([\w./]*)#(m\d+)"', archive.page(name)):
            target = f"{Path(name).parent}/{page}".removeprefix("./") if page else name
            assert anchor in targets[target]


async def test_an_archive_that_was_cut_off_opens_nowhere(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    await ann.say(room, "hello")
    got = await fetch(ann, await order(ann, f"/api/rooms/{room['id']}"))
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(BytesIO(got.content[:-10]))
