"""The acts that touch no room, each with the rule of the contract: a new one gets a line here."""

import itertools
from dataclasses import dataclass
from typing import Any

from tests.contract.permissions import rules
from tests.contract.permissions.acts import Act
from tests.contract.permissions.rules import GUEST, SIGNED_OUT
from tests.contract.permissions.stage import Company, who_blocks
from tests.people import PASSWORD, Payload, Person

OTHER = "another horse"
AUTH, ME = "/api/auth", "/api/auth/me"
_numbers = itertools.count(1)


@dataclass
class Visit:
    """Somebody about to do something outside rooms."""

    company: Company
    role: str
    who: Person

    async def a_name(self) -> str:
        return f"taken_{next(_numbers)}"

    async def somebody(self) -> int:
        return self.company.by_role[rules.MEMBER].id

    async def a_person(self) -> str:
        return self.company.by_role[rules.MEMBER].name

    async def who_blocked_me(self) -> list[int]:
        return [(await who_blocks(self.company, self.who)).id] if self.role != SIGNED_OUT else [1]

    async def my_session(self) -> int:
        if self.role == SIGNED_OUT:
            return 1
        return (await self.who.get(f"{AUTH}/sessions")).expect(200)["sessions"][0]["id"]

    async def device_code(self) -> str:
        return (await self.company.by_role[rules.MEMBER].post(f"{AUTH}/device-code")).expect(200)["code"]

    async def link(self) -> str:
        owner = self.company.by_role[rules.OWNER]
        room = await owner.make_room()
        invite = await owner.post(f"/api/rooms/{room['id']}/invites", {})
        return invite.expect(200)["path"].partition("#")[2]

    async def picture_name(self) -> str:
        user = (await self.company.by_role[rules.MEMBER].get(ME)).expect(200)
        return user["avatar_url"].rpartition("/")[2]


async def visitor(company: Company, role: str) -> Person:
    """A new one."""
    if role == SIGNED_OUT:
        return company.people.newcomer()
    if role == GUEST:
        return await company.guest()
    return await company.people.one("visitor")


RESUMABLE = "/api/upload/resumable/"
TUS = {"Tus-Resumable": "1.0.0"}
NEW_PASSWORD: Payload = {"current_password": PASSWORD, "password": OTHER, "password2": OTHER}
LOG_IN: dict[str, Any] = {"username": Visit.a_person, "password": PASSWORD}
REGISTER: dict[str, Any] = {"username": Visit.a_name, "email": "", "password": PASSWORD, "password2": PASSWORD}

OF_ACCOUNTS = [
    Act(f"POST {AUTH}/register", "register", rules.anybody, REGISTER),
    Act(f"POST {AUTH}/guest", "come as a guest", rules.anybody, {"username": Visit.a_name}),
    Act(f"POST {AUTH}/login", "log in", rules.anybody, LOG_IN, is_form=True),
    Act(f"POST {AUTH}/device/read", "see whose a code is", rules.anybody, {"code": Visit.device_code}),
    Act(f"POST {AUTH}/device", "sign in by a code", rules.anybody, {"code": Visit.device_code}),
    Act(f"POST {AUTH}/logout", "log out", rules.signed_in, is_for_good=True),
    Act(f"GET {AUTH}/sessions", "list one's devices", rules.signed_in),
    Act(f"DELETE {AUTH}/sessions", "sign one's other devices out", rules.signed_in),
    Act(
        f"DELETE {AUTH}/sessions/{{session_id}}",
        "sign a device out",
        rules.signed_in,
        targets={"session_id": Visit.my_session},
        is_for_good=True,
    ),
    Act(f"GET {AUTH}/device-code", "look at one's code", rules.signed_in),
    Act(f"POST {AUTH}/device-code", "make a code for a device", rules.signed_in),
    Act(f"DELETE {AUTH}/device-code", "end one's code", rules.signed_in),
    Act(f"PUT {AUTH}/password", "change one's password", rules.with_password, NEW_PASSWORD, is_for_good=True),
    Act(
        f"POST {AUTH}/upgrade",
        "take a password",
        rules.guests,
        {"password": OTHER, "password2": OTHER},
        is_for_good=True,
    ),
]
OF_ONESELF = [
    Act(f"GET {ME}", "see oneself", rules.signed_in),
    Act(f"PATCH {ME}", "change one's profile", rules.signed_in, {"bio": "here"}),
    Act(f"PATCH {ME}/preferences", "change what one prefers", rules.signed_in, {"show_read_receipts": True}),
    Act(f"PUT {ME}/avatar", "show a picture", rules.signed_in, sends_picture=True),
    Act(f"DELETE {ME}/avatar", "show none", rules.signed_in),
    Act(
        f"PUT {ME}/username",
        "take another name",
        rules.signed_in,
        {"username": Visit.a_name, "password": PASSWORD},
        is_for_good=True,
    ),
    Act(
        f"POST {ME}/delete",
        "delete one's account",
        rules.signed_in,
        {"password": PASSWORD, "content": "anonymous"},
        is_for_good=True,
    ),
    Act(f"GET {ME}/export", "export all that is one's own", rules.signed_in, query={"format": "json"}),
    Act(f"POST {ME}/export", "export all that is one's own", rules.signed_in, {"format": "json"}),
    Act(f"GET {ME}/export/size", "see how large that is", rules.signed_in),
    Act("GET /files/exports/{name}", "fetch another's export", rules.nobody_else, targets={"name": "0" * 32}),
    Act("GET /api/search/index", "see how far the index has come", rules.administrators),
    Act("GET /api/users/", "look people up", rules.signed_in),
    Act("GET /api/users/{user_id}", "see somebody's card", rules.signed_in, targets={"user_id": Visit.somebody}),
    Act("PUT /api/users/{user_id}/block", "block somebody", rules.signed_in, targets={"user_id": Visit.somebody}),
    Act("DELETE /api/users/{user_id}/block", "unblock somebody", rules.signed_in, targets={"user_id": Visit.somebody}),
    Act("GET /api/users/blocked", "list whom one blocked", rules.signed_in),
    Act("GET /files/avatars/{name}", "see a picture", rules.signed_in, targets={"name": Visit.picture_name}),
]
OF_ROOMS = [
    Act("GET /api/rooms/", "list rooms", rules.signed_in),
    Act("POST /api/rooms/", "make a room", rules.signed_in, {"name": Visit.a_name}),
    Act("POST /api/direct/", "write to somebody", rules.signed_in, {"user_ids": []}),
    Act(
        "POST /api/direct/", "write to who blocked one", rules.nobody_who_is_blocked, {"user_ids": Visit.who_blocked_me}
    ),
    Act("GET /api/messages/overview", "see what is new", rules.signed_in),
    Act("GET /api/saved/", "list what one saved", rules.signed_in),
    Act("DELETE /api/saved/{message_id}", "save no longer", rules.signed_in, targets={"message_id": 1}),
    Act("GET /api/search/", "search one's rooms", rules.signed_in, query={"q": "hello"}),
    Act("POST /api/invites/read", "see where a link leads", rules.anybody, {"code": Visit.link}),
    Act("POST /api/upload/", "upload a file", rules.signed_in, sends_picture=True),
    Act(f"POST {RESUMABLE}", "begin an upload that may resume", rules.signed_in, headers=TUS | {"Upload-Length": "1"}),
    Act(f"GET {RESUMABLE}{{name}}", "see what became of another's", rules.uploader, targets={"name": "0" * 32}),
    Act(
        f"PATCH {RESUMABLE}{{name}}",
        "go on with another's",
        rules.uploader,
        headers=TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
        targets={"name": "0" * 32},
    ),
    Act(f"DELETE {RESUMABLE}{{name}}", "give up another's", rules.uploader, headers=TUS, targets={"name": "0" * 32}),
]
OF_HOST = [
    Act("GET /health", "ask whether it runs", rules.anybody),
    Act("GET /api/info", "see what host it is", rules.anybody),
    Act("GET /api/trust", "see how to trust it", rules.anybody),
    Act("GET /api/addresses", "see its addresses", rules.signed_in),
    Act("GET /api/nearby", "see hosts nearby", rules.signed_in),
    Act("POST /api/doctor/", "examine why others can't join", rules.at_the_host),
    Act("GET /api/admin/claim", "see whether one can claim it", rules.signed_in),
    Act("POST /api/admin/claim", "claim it", rules.claimed, {"code": "AAAA-AAAA"}),
    Act("GET /api/admin/host", "see its settings", rules.administrators),
    Act("PUT /api/admin/host", "change its settings", rules.administrators, {"recall_minutes": 1440}),
    Act("GET /api/admin/look-alikes", "see names that look alike", rules.administrators),
    Act("GET /api/admin/reports", "list all reports", rules.administrators),
]
SECTIONS = {"Accounts": OF_ACCOUNTS, "People": OF_ONESELF, "Rooms": OF_ROOMS, "The host": OF_HOST}
