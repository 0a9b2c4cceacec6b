"""What the people of an old data folder are told by its server, and what lets them in: the form of `expected.json`."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.files import fetch
from tests.old_data import DATA_FOLDER_0002, known, lay_out
from tests.people import Person
from tests.server import LanChat

FOLDER = DATA_FOLDER_0002
KNOWN = known(FOLDER)
PEOPLE, ROOMS, FILES = KNOWN["people"], KNOWN["rooms"], KNOWN["files"]
LIVE = {"registered", "remembered", "not remembered", "guest", "by a device code"}
# What depends on the moment, on who else is there, or on when the folder was laid out.
FLEETING = {"is_online", "online_count", "last_seen", "last_used_at", "expires_at", "is_current"}
# `info` also tells of the program.
LASTING = ("name", "installation_id", "registration_open", "guests_allowed", "fingerprint")
LIMITS = ("max_image_bytes", "max_file_bytes", "max_message_chars")


def running(folder: Path) -> LanChat:
    return LanChat(folder, "--limits", "off").start()


def asked(folder: Path) -> dict[str, Any]:
    """`tried` changes what it finds, and so gets a folder of its own."""
    found: dict[str, Any] = {}
    for name, ask in {"told": told, "tried": tried}.items():
        lay_out(FOLDER, folder / name)
        with running(folder / name) as server:
            found[name] = asyncio.run(ask(server.url))
            server.end_well()
    return found


def live_tokens(name: str) -> list[str]:
    return [session["token"] for session in PEOPLE[name]["sessions"] if session["kind"] in LIVE]


@asynccontextmanager
async def old_people(url: str) -> AsyncIterator[dict[str, Person]]:
    """Whoever still can come, each by a token from before; by a password who has none that still works."""
    people: dict[str, Person] = {}
    try:
        for number, (name, of_them) in enumerate(PEOPLE.items()):
            if of_them.get("is_banned") or not (live_tokens(name) or of_them["password"]):
                continue
            people[name] = person = Person(url, name, f"127.0.0.{11 + number}")
            person.id = of_them["id"]
            person.token = next(iter(live_tokens(name)), "") or await log_in(person)
        yield people
    finally:
        for person in people.values():
            await person.close()


@asynccontextmanager
async def stranger(url: str) -> AsyncIterator[Person]:
    person = Person(url, "nobody", "127.0.0.99")
    try:
        yield person
    finally:
        await person.close()


async def log_in(person: Person) -> str:
    return await log_in_by(person, PEOPLE[person.name]["password"])


async def log_in_by(person: Person, password: str) -> str:
    form = {"username": person.name, "password": password}
    return (await person.post("/api/auth/login", data=form)).expect(200)["access_token"]


def lasting(payload: Any) -> Any:
    """What stays true of an answer."""
    if isinstance(payload, dict):
        return {name: lasting(value) for name, value in payload.items() if name not in FLEETING}
    return [lasting(value) for value in payload] if isinstance(payload, list) else payload


def by(name: str, payloads: list[Any]) -> list[Any]:
    return sorted(lasting(payloads), key=lambda payload: payload[name])


# What people are told, which changes nothing


async def told(url: str) -> dict[str, Any]:
    async with old_people(url) as people:
        of_people = {name: await told_to(person) for name, person in people.items()}
        anna = people["Anna"]
        info = (await anna.get("/api/info")).expect(200)
        ear = await anna.connect()
        further = {"Host": f"chat.example:{url.split(':')[2]}"}
        return {
            "host": {
                **{name: info[name] for name in (*LASTING, *LIMITS)},
                "decided": (await anna.get("/api/admin/host")).expect(200),
                "epoch": (await ear.call("sync", {"rooms": {}}))["epoch"],
                "by_further_name": (await anna.get("/health", headers=further)).status,
            },
            "people": of_people,
            "sessions": {name: await told_by_sessions(url, name) for name in PEOPLE},
            "rooms": {
                name: await told_of_room(people[member], room_id)
                for name, room_id in ROOMS.items()
                if (member := member_of(of_people, room_id))
            },
            "files": {label: await told_of_file(list(people.values()), path) for label, path in FILES.items()},
        }


def member_of(of_people: dict[str, Any], room_id: int) -> str | None:
    for name, of_person in of_people.items():
        if any(room["id"] == room_id and room["role"] for room in of_person["rooms"]):
            return name
    return None


async def told_to(person: Person) -> dict[str, Any]:
    rooms = (await person.get("/api/rooms/")).expect(200)
    overview = (await person.get("/api/messages/overview")).expect(200)["rooms"]
    for row in overview:
        row["last_message"] = row["last_message"] and row["last_message"]["id"]
    return {
        "me": lasting((await person.get("/api/auth/me")).expect(200)),
        "rooms": by("id", rooms["user_rooms"] + rooms["available_rooms"]),
        "overview": by("room_id", overview),
    }


async def told_by_sessions(url: str, name: str) -> list[Any]:
    """Of every session: who it is, and whether its cookie still opens a file; and the devices, by the first."""
    found: list[Any] = []
    async with stranger(url) as person:
        for session in PEOPLE[name]["sessions"]:
            person.token = session["token"]
            me = await person.get("/api/auth/me")
            file = await fetch(person, FILES["small png"], Cookie=session["files_cookie"])
            told_it = {"kind": session["kind"], "status": me.status, "file": file.status}
            if me.status == 200:
                told_it["id"] = me.body["id"]
                devices = (await person.get("/api/auth/sessions")).expect(200)["sessions"]
                told_it["devices"] = {str(device["id"]): lasting(device) for device in devices if is_old(device)}
            found.append(told_it)
    return found


def is_old(device: dict[str, Any]) -> bool:
    """Not of the log-ins that it took to ask."""
    return device["created_at"] < KNOWN["stopped_at"]


async def told_of_room(person: Person, room_id: int) -> dict[str, Any]:
    """By a member of it."""
    members = (await person.get(f"/api/rooms/{room_id}/members")).expect(200)
    messages = await whole_timeline(person, room_id)
    ear = await person.connect()
    synced, last_seq, has_more = [], 0, True
    while has_more:
        room = (await ear.call("sync", {"rooms": {str(room_id): last_seq}}))["rooms"][str(room_id)]
        synced, last_seq, has_more = synced + room["messages"], room["last_seq"], room["has_more"]
    assert lasting(sorted(synced, key=lambda message: message["seq"])) == messages
    seqs = sorted({1, len(messages) // 2, len(messages)} - {0})
    readers = [(await person.get(f"/api/messages/{room_id}/{seq}/readers")).expect(200) for seq in seqs]
    return {
        "members": by("id", members["members"]),
        "total": members["total"],
        "messages": messages,
        "synced": [message["seq"] for message in synced],
        "last_seq": last_seq,
        "readers": [[reader["id"] for reader in read["readers"]] for read in readers],
    }


async def whole_timeline(person: Person, room_id: int) -> list[Any]:
    """A page at a time, from the newest; oldest first."""
    messages: list[Any] = []
    while True:
        before = {"before_seq": messages[0]["seq"]} if messages else {}
        page = (await person.get(f"/api/messages/{room_id}", params={"limit": 40, **before})).expect(200)
        messages = page["messages"] + messages
        if not page["has_more"]:
            return lasting(messages)


async def member_list(person: Person, room_id: int) -> list[Any]:
    return by("id", (await person.get(f"/api/rooms/{room_id}/members")).expect(200)["members"])


async def told_of_file(people: list[Person], path: str) -> dict[str, Any]:
    """Who may read it, and what they get. A thumbnail may be made anew."""
    found = {person.name: await fetch(person, path) for person in people}
    readers = [person for person in people if found[person.name].status == 200]
    file, small = found[readers[0].name], await fetch(readers[0], f"{path}/thumbnail")
    return {
        "readers": [person.name for person in readers],
        "others": sorted({each.status for each in found.values()} - {200}),
        "sha256": hashlib.sha256(file.content).hexdigest(),
        "headers": {name: file.headers[name] for name in ("Content-Type", "Content-Disposition")},
        "thumbnail": [small.status, small.headers["Content-Type"]],
    }


# What people bring, which lets them in or doesn't


async def tried(url: str) -> dict[str, Any]:
    async with stranger(url) as person, old_people(url) as people:
        return {
            "log_in": {name: await try_passwords(person, name) for name in PEOPLE},
            "invitations": {name: await try_invitation(person, one) for name, one in KNOWN["invites"].items()},
            "listed": {name: await list_invites(each) for name, each in people.items()},
            "device_codes": {name: await try_code(person, code) for name, code in KNOWN["device_codes"].items()},
            "room_passwords": await try_room_passwords(people["hosted"]),
        }


async def try_passwords(person: Person, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for which in ("password", "former_password"):
        if password := PEOPLE[name].get(which):
            for written in (name, name.upper()):
                answer = await person.post("/api/auth/login", data={"username": written, "password": password})
                found[f"{which} of {written}"] = answer.body["user"]["id"] if answer.status == 200 else answer.status
    return found


async def try_invitation(person: Person, invitation: dict[str, Any]) -> Any:
    answer = await person.post("/api/invites/read", {"code": invitation["code"]})
    return lasting(answer.body) if answer.status == 200 else [answer.status, answer.code]


async def list_invites(person: Person) -> dict[str, Any]:
    mine = (await person.get("/api/rooms/")).expect(200)["user_rooms"]
    found = {str(room["id"]): (await person.get(f"/api/rooms/{room['id']}/invites")).expect(200) for room in mine}
    return {room_id: by("inviter_id", of_room["invites"]) for room_id, of_room in found.items() if of_room["invites"]}


async def try_code(person: Person, code: str) -> Any:
    answer = await person.post("/api/auth/device", {"code": code})
    return answer.body["user"]["id"] if answer.status == 200 else [answer.status, answer.code]


async def try_room_passwords(person: Person) -> dict[str, Any]:
    """Every room, without a password and with the one that it has."""
    found: dict[str, Any] = {}
    for name, room_id in ROOMS.items():
        for password in (None, KNOWN["room_passwords"].get(str(room_id))):
            answer = await person.post(f"/api/rooms/{room_id}/join", {"password": password})
            found[f"{name}, {password}"] = answer.body["role"] if answer.status == 200 else [answer.status, answer.code]
    return found
