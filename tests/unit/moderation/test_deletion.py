"""Deleting an account: who may not, and that the work is done in portions which a restart may come between."""

from pathlib import Path

import pytest

from lanchat.accounts.errors import WrongPassword
from lanchat.accounts.models import User
from lanchat.core.storage.database import Table
from lanchat.messages.models import Message
from lanchat.messages.models.messages import NewMessage
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.service import send
from lanchat.moderation.errors import LastAdministrator
from lanchat.moderation.schemas import AccountDeletion
from lanchat.moderation.service import deletion
from lanchat.rooms.schemas.outgoing import RoomPayload
from tests.unit.recording import PASSWORD, House, house_in

RECALL = AccountDeletion(password=PASSWORD, content="recall")
ANONYMOUS = AccountDeletion(password=PASSWORD, content="anonymous")


async def delete(house: House, user_id: int, form: AccountDeletion = ANONYMOUS) -> None:
    await deletion.delete_account(house.chat, user_id, form, "127.0.0.1")


async def much_said(house: House, author_id: int, room: RoomPayload, count: int) -> None:
    now = house.chat.clock.now()
    said = [NewMessage(room.id, author_id, f"word {n}", now) for n in range(count)]
    await house.chat.db.write(Message.append_many, said)


async def test_the_last_administrator_stays(house: House):
    root, ann = await house.person("root"), await house.person("ann")
    for each in (root, ann):
        await house.chat.db.write(User.set_administrator, each.id, True)
    await house.chat.db.write(User.disable, ann.id, None, None)  # who can't come in keeps nothing in order
    with pytest.raises(LastAdministrator):
        await delete(house, root.id)
    assert await house.sql("SELECT * FROM deletion") == []
    await house.chat.db.write(User.enable, ann.id)
    await delete(house, root.id)
    assert await house.sql("SELECT username, is_admin FROM account WHERE id = ?", root.id) == [(f"former_{root.id}", 0)]
    with pytest.raises(LastAdministrator):
        await delete(house, ann.id)


async def test_a_wrong_password_deletes_nothing(house: House):
    ann = await house.person("ann")
    with pytest.raises(WrongPassword):
        await delete(house, ann.id, AccountDeletion(password="not it", content="recall"))
    assert await house.sql("SELECT username FROM account WHERE id = ?", ann.id) == [("ann",)]


async def test_a_password_that_was_changed_meanwhile_is_asked_anew(house: House):
    ann = await house.person("ann")
    found = await house.chat.db.read(User.find_credentials_of, ann.id)
    await house.sql("UPDATE account SET password_hash = 'another' WHERE id = ?", ann.id)
    with pytest.raises(WrongPassword):
        await house.chat.db.write(deletion._begin, house.chat, found, False)  # pyright: ignore[reportPrivateUsage]
    assert await house.sql("SELECT * FROM deletion") == []


async def test_links_end_at_once_and_afterwards_nothing_is_known_of_whom_they_met(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(bob, ann)
    said = await send.send_message(house.chat, bob.id, Draft(room_id=room.id, content="@ann"))
    now = house.chat.clock.now()
    await house.sql(
        """INSERT INTO invite(room_id, inviter_id, nonce, code_digest, password_digest, created_at, expires_at)
        VALUES (?, ?, 'n', 'd', '', ?, ?)""",
        *(room.id, ann.id, now, now),
    )
    await house.sql("INSERT INTO saved(user_id, message_id, saved_at) VALUES (?, ?, ?)", ann.id, said.payload.id, now)
    for one, other in ((ann, bob), (bob, ann)):
        await house.sql("INSERT INTO block(user_id, blocked_id, created_at) VALUES (?, ?, ?)", one.id, other.id, now)
    kept = {name: f"SELECT 1 FROM {name} WHERE user_id = ?" for name in ("saved", "mention", "block")}
    kept |= {"link": "SELECT 1 FROM invite WHERE inviter_id = ?", "blocked": "SELECT 1 FROM block WHERE blocked_id = ?"}

    async def left() -> list[str]:
        return [name for name, query in kept.items() if await house.sql(query, ann.id)]

    assert await left() == [*kept]
    await delete(house, ann.id)
    assert await left() == ["saved", "mention", "block", "blocked"]
    await deletion.delete_what_is_left(house.chat)
    assert await left() == []


async def test_no_transaction_takes_more_than_a_portion(house: House, monkeypatch: pytest.MonkeyPatch):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(bob, ann)
    await much_said(house, ann.id, room, 3 * deletion.PORTION + 1)
    await delete(house, ann.id, RECALL)
    taken: list[int] = []
    take_back = deletion.take_back

    def counting(*args: object) -> object:
        (changes,) = Table.run_sql("SELECT count(*) FROM message WHERE deleted_at IS NOT NULL").fetchone()
        taken.append(changes)
        return take_back(*args)  # pyright: ignore[reportArgumentType]

    committed: list[int] = []
    write = house.chat.db.write

    async def watched(*args: object, **more: object) -> object:
        before = len(taken)
        result = await write(*args, **more)  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
        committed.append(len(taken) - before)
        return result

    monkeypatch.setattr(deletion, "take_back", counting)
    monkeypatch.setattr(house.chat.db, "write", watched)
    await deletion.delete_what_is_left(house.chat)
    assert max(committed) == deletion.PORTION
    assert sum(committed) == len(taken) == 3 * deletion.PORTION + 1


async def test_what_a_restart_interrupts_is_done_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with house_in(tmp_path) as house:
        ann, bob = await house.person("ann"), await house.person("bob")
        room = await house.room(bob, ann)
        await much_said(house, ann.id, room, 2 * deletion.PORTION)
        await delete(house, ann.id, RECALL)
        leaving = deletion._Leaving(house.chat, (await house.chat.db.read(deletion.Deletion.under_way))[0])  # pyright: ignore[reportPrivateUsage]
        assert await leaving._take_back()  # pyright: ignore[reportPrivateUsage]
        left = "SELECT count(*) FROM message WHERE deleted_at IS NULL AND message_type = 'text'"
        assert await house.sql(left) == [(deletion.PORTION,)]
    async with house_in(tmp_path) as house:
        await deletion.delete_what_is_left(house.chat)
        assert await house.sql(left) == [(0,)]
        assert await house.sql("SELECT 1 FROM membership WHERE user_id = ?", ann.id) == []
        assert await house.sql("SELECT * FROM deletion") == []


async def test_what_is_done_twice_is_done_once(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(bob, ann)
    first = await send.send_message(house.chat, bob.id, Draft(room_id=room.id, content="first"))
    await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="yes", reply_to_id=first.payload.id))
    await delete(house, ann.id, RECALL)
    row = (await house.chat.db.read(deletion.Deletion.under_way))[0]
    ear = house.connect(bob, room)
    for _ in range(2):
        await deletion._Leaving(house.chat, row).run()  # pyright: ignore[reportPrivateUsage]
    assert await house.sql("SELECT reply_count FROM message WHERE id = ?", first.payload.id) == [(0,)]
    assert await house.sql("SELECT role FROM membership WHERE room_id = ?", room.id) == [("owner",)]
    assert {"room_id": room.id} in house.delivery.of(ear, "resync")
