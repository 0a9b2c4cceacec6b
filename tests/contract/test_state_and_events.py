"""State and events agree: what was fetched before, with the events applied, is what is fetched after.

The harness for every use case: whoever adds one adds its act here, and, if it tells something new, how it is applied.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from lanchat.rooms.schemas.outgoing import CanPayload
from tests.people import Ear, People, Person

Room = dict[str, Any]
State = dict[str, Any]
NOTHING = dict.fromkeys(CanPayload.model_fields, False)
# What an outsider sees of a room.
STRANGER = {
    "members": None,
    "role": None,
    "can": NOTHING,
    "last_seq": 0,
    "last_read_seq": None,
    "muted_until": None,
    "notifications": None,
}
LATER = "2099-01-01T00:00:00.000000Z"


class Stage:
    """A room of two, somebody outside, and a second room of the one who watches."""

    def __init__(self, ann: Person, bob: Person, eve: Person) -> None:
        self.ann, self.bob, self.eve = ann, bob, eve
        self.room: Room = {}
        self.first: Room = {}
        self.direct: Room = {}

    async def set(self) -> None:
        self.room = await self.ann.make_room()
        await self.bob.join(self.room)
        self.first = await self.ann.say(self.room, "the first")
        self.direct = await self.open_direct(self.ann, self.bob)
        await self.ann.say(self.direct, "between us")

    async def edit(self, content: str) -> None:
        path = f"/api/messages/{self.room['id']}/{self.first['id']}"
        (await self.ann.request("PATCH", path, json={"content": content})).expect(200)

    async def edit_away(self) -> None:
        await self.edit(f"the first, for @{self.bob.name}")
        await self.edit("the first, for nobody")

    async def take_back_mention(self) -> None:
        said = await self.ann.say(self.room, f"@{self.bob.name} come here")
        (await self.ann.delete(f"/api/messages/{self.room['id']}/{said['id']}")).expect(200)

    async def change(self, **fields: object) -> None:
        (await self.ann.put(f"/api/rooms/{self.room['id']}", fields)).expect(200)

    async def read(self) -> None:
        ear = await self.bob.connect()
        assert (await ear.call("mark_read", {"room_id": self.room["id"], "seq": 1}))["ok"]

    async def be_told(self, level: str) -> None:
        wish = {"level": level, "muted_until": LATER}
        (await self.bob.put(f"/api/rooms/{self.room['id']}/notifications", wish)).expect(200)

    async def mark_unread(self) -> None:
        await self.read()
        (await self.bob.post(f"/api/rooms/{self.room['id']}/unread", {"seq": self.first["seq"]})).expect(200)

    async def order(self, method: str, part: str, body: object = None) -> None:
        """Something that the owner does to the one who watches."""
        path = f"/api/rooms/{self.room['id']}/{part}/{self.bob.id}"
        assert (await self.ann.request(method, path, json=body)).status < 300

    async def show(self, **fields: object) -> None:
        await self.bob.say(self.room, "an answer", reply_to_id=self.first["id"])
        (await self.ann.patch("/api/auth/me", fields)).expect(200)

    async def open_direct(self, who: Person, *others: Person) -> Room:
        answer = await who.post("/api/direct/", {"user_ids": [other.id for other in others]})
        assert answer.status < 300
        return answer.body

    async def begin_direct(self) -> None:
        """And go on in it."""
        room = await self.open_direct(self.eve, self.bob)
        await self.eve.say(room, "hi")
        await self.eve.say(room, "there")

    async def hide_direct(self) -> None:
        (await self.bob.delete(f"/api/direct/{self.direct['id']}")).expect(200)

    async def hide_and_return(self) -> None:
        await self.hide_direct()
        await self.ann.say(self.direct, "still there?")

    async def delete(self) -> None:
        (await self.ann.delete(f"/api/rooms/{self.room['id']}")).expect(200)


Act = Callable[[Stage], Awaitable[object]]
ACTS: dict[str, Act] = {
    "a message": lambda on: on.ann.say(on.room, "hi"),
    "one's own message": lambda on: on.bob.say(on.room, "hi"),
    "an edit": lambda on: on.edit("the first, put right"),
    "one is mentioned": lambda on: on.ann.say(on.room, f"@{on.bob.name} @all"),
    "one is mentioned by an edit": lambda on: on.edit(f"@{on.bob.name}"),
    "an edit that mentions one": lambda on: on.edit(f"the first, for @{on.bob.name}"),
    "an edit that mentions one no more": lambda on: on.edit_away(),
    "all are called": lambda on: on.ann.say(on.room, "@all come here"),
    "a mention is taken back": lambda on: on.take_back_mention(),
    "somebody joins": lambda on: on.eve.join(on.room),
    "somebody leaves, the owner": lambda on: on.ann.leave(on.room["id"]),
    "one leaves oneself": lambda on: on.bob.leave(on.room["id"]),
    "one reads": lambda on: on.read(),
    "one marks unread what one has read": lambda on: on.mark_unread(),
    "one wants to be told of mentions only": lambda on: on.be_told("mentions"),
    "a room is renamed": lambda on: on.change(name=f"{on.room['name']} anew", description="for us"),
    "a room is closed": lambda on: on.change(is_private=True, password="secret"),
    "a room is made by oneself": lambda on: on.bob.make_room(),
    "a room is made by another": lambda on: on.ann.make_room(),
    "one is made a moderator": lambda on: on.order("PATCH", "members", {"role": "moderator"}),
    "one is muted": lambda on: on.order("PATCH", "members", {"muted_until": LATER}),
    "one is removed": lambda on: on.order("DELETE", "members"),
    "one is banned": lambda on: on.order("PUT", "bans", {}),
    "somebody is called otherwise": lambda on: on.show(display_name=f"Ann {on.ann.id}"),
    "a room is slowed down": lambda on: on.change(slow_mode=60, history="since_joining"),
    "only managers may post": lambda on: on.change(posting="managers"),
    "a room is archived": lambda on: on.change(archived=True),
    "a direct room is made by oneself": lambda on: on.open_direct(on.bob, on.ann, on.eve),
    "a direct room begins": lambda on: on.begin_direct(),
    "a message in a direct room": lambda on: on.bob.say(on.direct, "yes"),
    "a direct room is hidden": lambda on: on.hide_direct(),
    "a hidden direct room goes on": lambda on: on.hide_and_return(),
    "a room is deleted": lambda on: on.delete(),
}


@pytest.mark.parametrize("name", ACTS)
async def test_what_was_told_leads_to_what_is_fetched(people: People, name: str):
    stage = Stage(*await people("ann", "bob", "eve"))
    await stage.set()
    ear = await stage.bob.connect()
    before = await fetch(stage.bob, ear, stage.room)
    ear.forget()

    await ACTS[name](stage)
    await ear.catch_up()

    told = [(event, payload) for event, payload in ear.heard if event in APPLY]
    after = await fetch(stage.bob, ear, stage.room)
    assert told, "nobody told the one who watches"
    for event, payload in told:
        APPLY[event](before, payload, stage.bob)
    # What one may do follows from a room's settings, and only the server says how: a client asks for it anew.
    if "room_updated" in {event for event, _ in told} and (room := after["rooms"].get(stage.room["id"])):
        before["rooms"][stage.room["id"]]["can"] = room["can"]
    assert before == after


async def fetch(who: Person, ear: Ear, room: Room) -> State:
    """All that a client has: rooms by id, the newest message of each of its own, and the room's messages."""
    lists = (await who.get("/api/rooms/")).expect(200)
    overview = (await who.get("/api/messages/overview")).expect(200)["rooms"]
    synced = (await ear.call("sync", {"rooms": {str(room["id"]): 0}}))["rooms"].get(str(room["id"]))
    messages = {} if synced is None else {message["id"]: message for message in synced["messages"]}
    if synced is not None:
        assert {message["id"]: message for message in await who.timeline(room)} == messages
    rooms = [*lists["user_rooms"], *lists["available_rooms"], *lists["archived_rooms"]]
    return {
        "of": room["id"],
        "rooms": {each["id"]: _still(each) for each in rooms},
        "newest": {each["room_id"]: each["last_message"] for each in overview if each["last_message"]},
        "unread": {
            each["room_id"]: (each["unread_count"], each["mention_count"], each["first_unread_seq"])
            for each in overview
            if each["room_id"] == room["id"]
        },
        "messages": messages,
    }


def _still(room: Room) -> Room:
    """Who is connected just now is told by other events, a moment later."""
    people = [{**each, "is_online": False} for each in room.get("members") or ()] or None
    return {key: value for key, value in room.items() if key != "online_count"} | {"members": people}


def new_message(state: State, message: Any, who: Person) -> None:
    room_id = message["room_id"]
    state["newest"][room_id] = message
    state["rooms"][room_id]["last_seq"] = message["changed_seq"]
    if room_id == state["of"]:
        state["messages"][message["id"]] = message
        _count(state, room_id, who)


def _is_news(message: Any, who: Person) -> bool:
    return message["user_id"] != who.id and message["message_type"] != "system" and not message["is_deleted"]


def message_updated(state: State, message: Any, who: Person) -> None:
    room_id = message["room_id"]
    state["messages"][message["id"]] = message
    _count(state, room_id, who)
    state["rooms"][room_id]["last_seq"] = message["changed_seq"]
    if state["newest"][room_id]["id"] == message["id"]:
        state["newest"][room_id] = message


def user_updated(state: State, user: Any, who: Person) -> None:
    """Messages and quotes show people as they are now; their feed has no number for it."""
    for message in [*state["messages"].values(), *state["newest"].values()]:
        if message["user_id"] == user["id"]:
            message |= {name: user[name] for name in ("username", "display_name", "avatar_url", "is_guest")}
        if (quote := message["reply_to"]) and quote["user_id"] == user["id"]:
            quote |= {name: user[name] for name in ("username", "display_name")}
    for room in state["rooms"].values():
        people = room["members"] or []
        for each in people:
            if each["id"] == user["id"]:
                each |= {name: user[name] for name in user.keys() - {"is_online", "bio", "real_name"}}
        if people:
            others = [each for each in people if each["id"] != who.id]
            room["name"] = ", ".join(each["display_name"] or each["username"] for each in others or people)


def membership_added(state: State, added: Any, _who: Person) -> None:
    state["rooms"][added["room"]["id"]] = _still(added["room"])


def room_hidden(state: State, hidden: Any, _who: Person) -> None:
    room_id = hidden["room_id"]
    del state["rooms"][room_id]
    state["newest"].pop(room_id, None)


def user_joined(state: State, joined: Any, who: Person) -> None:
    if joined["user_id"] != who.id:  # one's own joining came with the whole room
        state["rooms"][joined["room_id"]]["member_count"] += 1


def user_left(state: State, left: Any, _who: Person) -> None:
    state["rooms"][left["room_id"]]["member_count"] -= 1


def room_left(state: State, left: Any, _who: Person) -> None:
    state["rooms"][left["room_id"]] |= STRANGER
    _forget(state, left["room_id"])


def role_changed(state: State, changed: Any, _who: Person) -> None:
    state["rooms"][changed["room_id"]] |= {"role": changed["role"], "can": changed["can"]}


def member_muted(state: State, muted: Any, _who: Person) -> None:
    state["rooms"][muted["room_id"]] |= {"muted_until": muted["muted_until"], "can": muted["can"]}


def room_preferences(state: State, told: Any, _who: Person) -> None:
    state["rooms"][told["room_id"]]["notifications"] = told["notifications"]


def room_row(state: State, row: Any, _who: Person) -> None:
    state["rooms"][row["id"]] = {**STRANGER, **state["rooms"].get(row["id"], {}), **_still(row)}


def room_deleted(state: State, deleted: Any, _who: Person) -> None:
    del state["rooms"][deleted["room_id"]]
    _forget(state, deleted["room_id"])


def room_read(state: State, read: Any, who: Person) -> None:
    state["rooms"][read["room_id"]]["last_read_seq"] = read["last_read_seq"]
    _count(state, read["room_id"], who)


def _count(state: State, room_id: int, who: Person) -> None:
    read = state["rooms"][room_id]["last_read_seq"]
    unread = [m for m in state["messages"].values() if m["seq"] > read and _is_news(m, who)]
    calls = [m for m in unread if m["mentions_all"] or who.id in m["mentions"]]
    state["unread"][room_id] = (len(unread), len(calls), min((m["seq"] for m in unread), default=None))


def _forget(state: State, room_id: int) -> None:
    state["newest"].pop(room_id, None)
    state["unread"].pop(room_id, None)
    state["messages"].clear()


APPLY: dict[str, Callable[[State, Any, Person], None]] = {
    "new_message": new_message,
    "message_updated": message_updated,
    "user_updated": user_updated,
    "membership_added": membership_added,
    "user_joined": user_joined,
    "user_left": user_left,
    "room_left": room_left,
    "role_changed": role_changed,
    "member_muted": member_muted,
    "room_created": room_row,
    "room_updated": room_row,
    "room_deleted": room_deleted,
    "room_read": room_read,
    "room_preferences": room_preferences,
    "room_hidden": room_hidden,
}
