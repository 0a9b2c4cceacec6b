"""The contract's `error` event, and what happens to malformed input on any event: an answer, and the socket lives."""

import pytest

from tests.people import People

EVENTS = ["join_room", "leave_room", "send_message", "typing_start", "typing_stop", "mark_read", "sync"]
ODD_PAYLOADS = [None, 5, "text", True, [], [1, 2], {}, {"room_id": "1"}, {"room_id": 1.5}, {"room_id": None}]


@pytest.mark.parametrize("event", EVENTS)
async def test_malformed_input_is_answered_and_the_socket_lives(people: People, event: str):
    ann = await people.one("ann")
    ear = await ann.connect()
    for payload in ODD_PAYLOADS:
        ack = await ear.call(event, payload)
        assert (ack["ok"], ack["error"]["code"]) == (False, "invalid_input"), payload
        assert set(ack["error"]) == {"code", "message", "details"}
        await ear.emit(event, payload)
        error = await ear.hears("error", event=event)
        assert set(error) == {"code", "message", "details", "event"}
        assert error["message"]
    await ear.catch_up()


@pytest.mark.parametrize("event", [*EVENTS, "no_such_event", "connect", "disconnect", "error", "new_message", "*", ""])
async def test_an_event_without_anything_or_with_too_much_is_answered(people: People, event: str):
    ann = await people.one("ann")
    ear = await ann.connect()
    for payload in ((), ({}, {}, {}), (b"bytes",), ({"room_id": b"bytes"},)):
        await ear.emit(event, payload)
        assert (await ear.hears("error"))["code"] in {"invalid_input", "unknown_event"}
    assert ear.sio.connected
    await ear.catch_up()


async def test_an_unknown_event_is_named_in_the_error(people: People):
    ann = await people.one("ann")
    ear = await ann.connect()
    ack = await ear.call("shutdown_server", {})
    assert (ack["ok"], ack["error"]["code"]) == (False, "unknown_event")
    assert "shutdown_server" in ack["error"]["message"]


async def test_an_event_over_64_kb_is_refused_and_the_socket_lives(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    await ear.emit("send_message", {"room_id": room["id"], "content": "x" * 70_000})
    await ear.hears_refusal("too_large")
    ack = await ear.call("typing_start", {"room_id": room["id"], "filler": "x" * 70_000})
    assert ack["error"]["code"] == "too_large"
    await ear.catch_up()


@pytest.mark.parametrize(("language", "sentence"), [("zh-CN", "聊天室"), ("en", "room")])
async def test_errors_speak_the_language_of_the_client(people: People, language: str, sentence: str):
    ann = await people.one("ann")
    ear = await ann.connect()
    await ear.disconnect()
    await ear.sio.connect(people.url, auth={"token": ann.token, "language": language}, transports=["websocket"])
    await ear.emit("join_room", {"room_id": 999_999})
    error = await ear.hears_refusal("room_not_found")
    assert sentence in error["message"]
