"""The contract's section on connecting and disconnecting."""

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.people import People


@pytest.mark.parametrize("transports", [("websocket",), ("polling",), ("polling", "websocket")])
async def test_a_token_lets_a_socket_in(people: People, transports: tuple[str, ...]):
    ann = await people.one("ann")
    ear = await ann.connect(transports)
    assert ear.sio.connected
    assert ear.sio.transport() == transports[-1]
    await ear.catch_up()


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsIngiXQ.x"])
async def test_without_a_good_token_the_socket_is_refused_with_a_reason(people: People, token: str):
    ann = await people.one("ann")
    reasons: list[dict[str, str]] = []
    ear = await ann.connect()
    await ear.disconnect()
    ear.sio.on("connect_error", reasons.append)
    with pytest.raises(Refused):
        await ear.connect(people.url, token, ("websocket",))
    (reason,) = reasons
    assert reason["data"]["code"] == "not_authenticated"
    assert reason["data"]["message"] == reason["message"] == "Please log in again."


@pytest.mark.parametrize("auth", [None, [], "token", 5, {}, {"token": None}, {"token": 5}, {"token": ["x"]}])
async def test_any_other_auth_is_refused_too(people: People, auth: object):
    ann = await people.one("ann")
    ear = await ann.connect()
    await ear.disconnect()
    with pytest.raises(Refused):
        await ear.sio.connect(people.url, auth=auth, transports=["websocket"])


async def test_a_token_in_the_query_is_no_token(people: People):
    """URLs end up in logs."""
    ann = await people.one("ann")
    ear = await ann.connect()
    await ear.disconnect()
    with pytest.raises(Refused):
        await ear.sio.connect(f"{people.url}?token={ann.token}", transports=["websocket"])


async def test_a_client_hears_why_it_was_disconnected(people: People):
    ann = await people.one("ann")
    ear = await ann.connect()
    (await ann.post("/api/auth/logout")).expect(200)
    await ear.until_gone()
    assert not ear.sio.connected


async def test_a_user_has_at_most_ten_sockets(people: People):
    ann = await people.one("ann")
    for _ in range(10):
        await ann.connect()
    with pytest.raises(Refused):
        await ann.connect()
    await ann.sockets[0].disconnect()
    await ann.sockets[1].catch_up()
    await ann.connect()


async def test_a_socket_hears_the_rooms_of_its_user_from_the_start(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear = await bob.connect()
    await ann.say(room, "welcome")
    assert (await ear.hears("new_message", room_id=room["id"]))["content"] == "welcome"
