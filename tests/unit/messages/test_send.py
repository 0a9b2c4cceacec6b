"""Sending: who may, what is stored, and who hears of it."""

import asyncio

import orjson
import pytest

from lanchat.core.base.errors import TooMany
from lanchat.messages.models import Message, Stored
from lanchat.messages.schemas.incoming import Draft, HistoryQuery, SyncRequest
from lanchat.messages.service import read, send
from lanchat.rooms.errors import Muted, NotAMember, RoomNotFound
from tests.unit.recording import House

FOR_EVER = "9999-01-01T00:00:00.000000Z"


async def test_the_room_hears_what_was_stored(house: House):
    ann, bob, eve = [await house.person(name) for name in ("ann", "bob", "eve")]
    room = await house.room(ann, bob)
    of_bob, of_eve = house.connect(bob, room), house.connect(eve)
    stored = await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi"))
    assert house.delivery.of(of_bob, "new_message") == [stored.payload.model_dump()]
    assert house.delivery.of(of_eve, "new_message") == []
    history = await read.history(house.chat, bob.id, room.id, HistoryQuery())
    assert history.messages[1:] == [stored.payload]
    assert [message.system and message.system.code for message in history.messages] == ["member_joined", None]


async def test_a_muted_member_cannot_send_but_a_retry_still_gets_its_answer(house: House):
    ann, bob = [await house.person(name) for name in ("ann", "bob")]
    room = await house.room(ann, bob)
    draft = Draft(room_id=room.id, content="before", client_id="one")
    first = await send.send_message(house.chat, bob.id, draft)
    await house.sql("UPDATE membership SET muted_until = ? WHERE user_id = ?", FOR_EVER, bob.id)
    again = await send.send_message(house.chat, bob.id, draft)
    assert (again.payload, again.is_new) == (first.payload, False)
    with pytest.raises(Muted):
        await send.send_message(house.chat, bob.id, Draft(room_id=room.id, content="after"))


async def test_a_mute_ends_by_itself(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    await house.sql("UPDATE membership SET muted_until = '2000-01-01T00:00:00.000000Z'")
    await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="again"))


async def test_a_refused_message_takes_no_number(house: House):
    ann, eve = [await house.person(name) for name in ("ann", "eve")]
    room = await house.room(ann)
    with pytest.raises(NotAMember):
        await send.send_message(house.chat, eve.id, Draft(room_id=room.id, content="no"))
    with pytest.raises(RoomNotFound):
        await send.send_message(house.chat, ann.id, Draft(room_id=999, content="no"))
    stored = await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="yes"))
    assert stored.payload.seq == 1


async def test_a_message_whose_sender_stopped_waiting_is_told_to_the_room(house: House):
    ann, bob = [await house.person(name) for name in ("ann", "bob")]
    room = await house.room(ann, bob)
    of_bob = house.connect(bob, room)
    sending = asyncio.ensure_future(send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi")))
    sending.cancel()
    await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="next"))
    assert [message["content"] for message in house.delivery.of(of_bob, "new_message")] == ["hi", "next"]


async def test_the_limit_on_messages_is_per_user(house: House):
    ann, bob = [await house.person(name) for name in ("ann", "bob")]
    room = await house.room(ann, bob)
    for number in range(60):
        await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content=str(number)))
    with pytest.raises(TooMany):
        await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="one too many"))
    await send.send_message(house.chat, bob.id, Draft(room_id=room.id, content="mine"))


async def test_sync_says_what_changed_since_as_it_is_now(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    for number in range(5):
        await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content=str(number)))
    await house.sql("UPDATE room SET seq = 6 WHERE id = ?", room.id)
    await house.sql("UPDATE message SET content = 'edited', changed_seq = 6 WHERE room_id = ? AND seq = 2", room.id)
    answer = await read.sync(house.chat, ann.id, SyncRequest(rooms={str(room.id): 4}))
    page = answer.rooms[str(room.id)]
    assert [(message.seq, message.content) for message in page.messages] == [(5, "4"), (2, "edited")]
    assert (page.last_seq, page.has_more) == (6, False)


async def test_a_recalled_message_shows_nothing_of_what_it_said(house: House):
    ann = await house.person("ann")
    room = await house.room(ann)
    await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="regretted"))
    await house.sql("UPDATE message SET deleted_at = '2026-01-01T00:00:00.000000Z'")
    history = await read.history(house.chat, ann.id, room.id, HistoryQuery())
    assert [(message.content, message.is_deleted) for message in history.messages] == [("", True)]


async def test_everybody_gets_exactly_what_the_schema_says(house: House):
    """What is told is not encoded by the model, because that costs more than storing it."""
    ann = await house.person("ann")
    room = await house.room(ann)
    stored = await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi 你好", client_id="one"))
    assert orjson.dumps(stored.json) == stored.payload.model_dump_json().encode()
    again = await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="hi 你好", client_id="one"))
    assert orjson.dumps(again.json) == orjson.dumps(stored.json)


async def test_messages_of_one_moment_share_neither_refusals_nor_numbers(house: House):
    ann, bob, eve = [await house.person(name) for name in ("ann", "bob", "eve")]
    room, other = await house.room(ann, bob), await house.room(bob, name="another")

    def say(author: int, room_id: int, content: str, client_id: str | None = None) -> "asyncio.Future[Stored]":
        return send.send_message(house.chat, author, Draft(room_id=room_id, content=content, client_id=client_id))

    sent = await asyncio.gather(
        say(ann.id, room.id, "1", "one"),
        say(eve.id, room.id, "not mine"),
        say(bob.id, other.id, "1"),
        say(ann.id, room.id, "again", "one"),
        say(bob.id, room.id, "2"),
        say(ann.id, 999, "nowhere"),
        return_exceptions=True,
    )
    stored = [message for message in sent if not isinstance(message, BaseException)]
    assert [type(refusal) for refusal in sent if isinstance(refusal, BaseException)] == [NotAMember, RoomNotFound]
    assert [(message.room_id, message.payload.seq, message.is_new) for message in stored] == [
        (room.id, 2, True),
        (other.id, 1, True),
        (room.id, 2, False),
        (room.id, 3, True),
    ]
    history = await read.history(house.chat, ann.id, room.id, HistoryQuery())
    assert [message.content for message in history.messages] == ["bob joined.", "1", "2"]


@pytest.mark.parametrize("count", [1, 3, 4, 15, 16, 21, 60])
async def test_what_is_told_is_what_is_stored_however_many_come_at_once(house: House, count: int):
    ann = await house.person("ann")
    room, other = await house.room(ann), await house.room(ann, name="another")
    sent = await asyncio.gather(
        *(
            send.send_message(
                house.chat,
                ann.id,
                Draft(room_id=(room, other)[number % 3 == 2].id, content=str(number), client_id=f"n{number}"),
            )
            for number in range(count)
        )
    )
    for place in (room, other):
        told = [message.payload for message in sent if message.room_id == place.id]
        assert [message.seq for message in told] == list(range(1, len(told) + 1))
        history = await read.history(house.chat, ann.id, place.id, HistoryQuery(limit=100))
        assert history.messages == told
        assert history.last_seq == len(told)


async def test_words_without_an_at_sign_ask_for_nobody_s_name(house: House, monkeypatch: pytest.MonkeyPatch):
    ann = await house.person("ann")
    room = await house.room(ann)
    asked: list[str] = []
    run_sql = Message.run_sql

    def noting(sql: str, *parameters: object) -> object:
        asked.append(sql)
        return run_sql(sql, *parameters)

    monkeypatch.setattr(Message, "run_sql", noting)
    await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="plain words"))
    plain, asked[:] = len(asked), []
    await send.send_message(house.chat, ann.id, Draft(room_id=room.id, content="a @name"))
    assert (plain, len(asked)) == (2, 3)  # who speaks, and the room's new number; and the name
