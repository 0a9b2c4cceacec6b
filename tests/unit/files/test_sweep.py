import dataclasses
import os
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from lanchat.accounts.models import User
from lanchat.accounts.schemas.incoming import Registration
from lanchat.app import create_app
from lanchat.config import load
from lanchat.core.base.errors import StorageFull
from lanchat.core.chat import Chat
from lanchat.core.storage.data_folder import prepare
from lanchat.files import service, storage
from lanchat.files.errors import FileNotThere
from lanchat.files.images.thumbnails import Thumbnails
from lanchat.files.models import Attachment, NewAttachment
from lanchat.messages.models import Message
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.service import send
from lanchat.rooms.schemas.incoming import RoomDraft
from lanchat.rooms.service import change, join
from tests.unit.files import samples

DAY = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    app = create_app(prepare(load(data_dir=tmp_path, discovery=False, disk_reserve_bytes=0)))
    await app.startup()
    yield app.chat
    await app.shutdown()


@pytest.fixture
async def ann(chat: Chat) -> int:
    form = Registration(username="ann", password="secret1", password2="secret1")
    return (await chat.db.write(User.register, form, "hash", chat.clock.now())).id


async def stored(chat: Chat, uploader_id: int, age: timedelta) -> str:
    """A whole upload of that age; returns its name."""
    upload = storage.Upload(chat.settings.uploads_dir, reserve=0)
    upload.open()
    upload.write(b"content")
    upload.close()
    size = upload.place()
    new = NewAttachment(upload.name, uploader_id, "a.txt", size, "text/plain", None, None, chat.clock.steady(-age))
    await chat.db.write(Attachment.add, new, service.quota_of(chat))
    return upload.name


def is_on_disk(chat: Chat, name: str) -> bool:
    return storage.path_of(chat.settings.uploads_dir, name).exists()


async def test_what_was_never_sent_is_gone_after_a_day(chat: Chat, ann: int):
    old = await stored(chat, ann, DAY + MINUTE)
    recent = await stored(chat, ann, DAY - MINUTE)
    await service.sweep(chat)
    assert not is_on_disk(chat, old)
    assert is_on_disk(chat, recent)
    assert await chat.db.read(Attachment.known, [old, recent]) == {recent}


async def test_what_was_sent_stays_until_its_room_is_gone(chat: Chat, ann: int):
    room = await change.create_room(chat, ann, RoomDraft(name="photos"))
    name = await stored(chat, ann, DAY + MINUTE)
    path = f"/files/{name}"
    await send.send_message(chat, ann, Draft(room_id=room.id, content=path, message_type="file", file_path=path))
    await service.sweep(chat)
    assert is_on_disk(chat, name)
    assert (await service.find_readable(chat, name, ann)).payload.file_size == 7

    await change.delete_room(chat, ann, room.id)
    await service.sweep(chat)
    assert not is_on_disk(chat, name)


async def test_each_of_several_files_of_a_message_stays(chat: Chat, ann: int):
    room = await change.create_room(chat, ann, RoomDraft(name="photos"))
    names = [await stored(chat, ann, DAY + MINUTE) for _ in range(3)]
    paths = [f"/files/{name}" for name in names]
    await send.send_message(chat, ann, Draft(room_id=room.id, file_paths=paths[:2]))
    await service.sweep(chat)
    assert [is_on_disk(chat, name) for name in names] == [True, True, False]
    await change.delete_room(chat, ann, room.id)
    await service.sweep(chat)
    assert [is_on_disk(chat, name) for name in names] == [False, False, False]


async def test_a_file_of_a_recalled_message_is_its_uploaders_alone(chat: Chat, ann: int):
    form = Registration(username="bob", password="secret1", password2="secret1")
    bob = (await chat.db.write(User.register, form, "hash", chat.clock.now())).id
    room = await change.create_room(chat, ann, RoomDraft(name="photos"))
    await join.join_room(chat, bob, room.id, None)
    name = await stored(chat, ann, MINUTE)
    path = f"/files/{name}"
    await send.send_message(chat, ann, Draft(room_id=room.id, content=path, message_type="file", file_path=path))
    await service.find_readable(chat, name, bob)
    await chat.db.write(Message.run_sql, "UPDATE message SET deleted_at = ?", chat.clock.now())
    with pytest.raises(FileNotThere):
        await service.find_readable(chat, name, bob)
    assert await service.find_readable(chat, name, ann)


async def test_a_file_without_a_row_is_gone_after_an_hour(chat: Chat, ann: int):
    known, old, recent = [await stored(chat, ann, MINUTE) for _ in range(3)]
    await chat.db.write(lambda: Attachment.delete().where(Attachment.name.in_([old, recent])).execute())
    hours_ago = time.time() - 3700
    for name in (known, old):
        os.utime(storage.path_of(chat.settings.uploads_dir, name), (hours_ago, hours_ago))
    await service.sweep(chat)
    assert [is_on_disk(chat, name) for name in (known, old, recent)] == [True, False, True]


def thumbnail_of(chat: Chat, name: str) -> Path:
    path = storage.path_of(chat.settings.thumbnails_dir, name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"small")
    return path


async def test_a_thumbnail_goes_with_its_file(chat: Chat, ann: int):
    unsent, stray, kept = [await stored(chat, ann, age) for age in (DAY + MINUTE, MINUTE, MINUTE)]
    small = {name: thumbnail_of(chat, name) for name in (unsent, stray, kept)}
    half_made = small[kept].with_suffix(".new")
    half_made.write_bytes(b"half")
    await chat.db.write(lambda: Attachment.delete().where(Attachment.name == stray).execute())
    for path in (small[stray], small[kept], half_made):
        os.utime(path, (time.time() - 3700,) * 2)
    await service.sweep(chat)
    assert [small[name].exists() for name in (unsent, stray, kept)] == [False, False, True]
    assert not half_made.exists()


async def test_on_a_full_disk_an_image_is_shown_as_it_is_until_there_is_room(chat: Chat, tmp_path: Path):
    original = tmp_path / "photo"
    original.write_bytes(samples.jpeg(size=(1600, 1200)))
    full = dataclasses.replace(chat, settings=chat.settings.model_copy(update={"disk_reserve_bytes": 1 << 60}))
    assert await Thumbnails(full).find(1, "ab" * 16, original, "image/jpeg") is None
    found = await Thumbnails(chat).find(1, "ab" * 16, original, "image/jpeg")
    assert found is not None
    path, size = found
    assert path.stat().st_size == size > 0
    assert [path.name for path in chat.settings.thumbnails_dir.rglob("*") if path.is_file()] == ["ab" * 16]


async def test_what_a_crash_left_unfinished_is_gone_at_the_next_start(tmp_path: Path):
    part = tmp_path / "uploads" / "incoming" / "0123.cleaned"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    app = create_app(prepare(load(data_dir=tmp_path, discovery=False)))
    await app.startup()
    assert not part.exists()
    await app.shutdown()


def test_a_draft_leaves_the_disk_its_reserve(tmp_path: Path):
    """Also where no length told beforehand how much would come."""
    upload = storage.Upload(tmp_path, reserve=1 << 60)
    upload.open()
    with pytest.raises(StorageFull):
        upload.write(b"content")
    upload.discard()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_draft_that_was_given_up_leaves_nothing(tmp_path: Path):
    """Even when a thread gets round to it only afterwards."""
    upload = storage.Upload(tmp_path, reserve=0)
    upload.discard()
    for work in (upload.open, upload.place, lambda: upload.write(b"late"), lambda: upload.clean("image/png")):
        with pytest.raises(storage.GivenUp):
            work()
    assert not list(tmp_path.rglob("*"))


def test_an_unfinished_picture_stays_as_it_came_until_it_is_kept(tmp_path: Path):
    """A process that ends between cleaning and keeping it leaves what came: else the rest is written behind less."""
    came = samples.jpeg(samples.SIDEWAYS)
    name = storage.new_name()
    begun = storage.Upload(tmp_path, reserve=0, unfinished=name)
    begun.open()
    begun.write(came)
    begun.close()
    aside = tmp_path / storage.UNFINISHED / name
    for ends in ("while it is cleaned", "before it is kept", "not at all"):
        again = storage.Upload(tmp_path, reserve=0, unfinished=name)
        assert again.go_on() == len(came)
        again.close()
        if ends == "while it is cleaned":
            aside.with_suffix(".cleaned").write_bytes(b"half")
            continue
        assert again.clean("image/jpeg") is not None
        size = again.place()
        assert aside.read_bytes() == came
        if ends == "not at all":
            again.is_kept = True
        again.tidy()
    stored = storage.path_of(tmp_path, name)
    assert stored.stat().st_size == size < len(came)
    assert samples.SECRET not in stored.read_bytes()
    assert list(aside.parent.iterdir()) == []
