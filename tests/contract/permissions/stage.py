"""A room of each kind, everybody in their role, and what the acts of the table need there."""

import itertools
from dataclasses import dataclass, field

from tests.contract.permissions.rules import (
    ADMINISTRATOR,
    BANNED,
    BLOCKED,
    DIRECT,
    GUEST,
    MEMBER,
    MODERATOR,
    MUTED,
    MUTED_MODERATOR,
    OUTSIDE,
    OWNER,
    PRIVATE,
    REMOVED,
    ROLES,
    SILENCED,
    STRANGER,
)
from tests.files import share
from tests.people import Ear, Payload, People, Person
from tests.unit.files.samples import png

SECRET = "open sesame"
LATER = "2099-01-01T00:00:00Z"
PICTURE = png()
IN_GROUP = (MEMBER, GUEST, ADMINISTRATOR)
BEFORE = 8  # messages that those wrote before who can't any more

_numbers = itertools.count(1)


@dataclass
class Company:
    """Everybody, whichever the room; administrators are made outside."""

    people: People
    by_role: dict[str, Person] = field(default_factory=dict[str, Person])
    ears: dict[str, Ear] = field(default_factory=dict[str, Ear])
    homes: dict[str, Payload] = field(
        default_factory=dict[str, Payload]
    )  # a room of each, for what comes from elsewhere

    async def gather(self) -> None:
        for role in ROLES:
            name = role.replace(" ", "_").replace("(", "").replace(")", "")[:12]
            self.by_role[role] = await (self.guest() if role == GUEST else self.people.one(name))
            self.homes[role] = await self.by_role[role].make_room()

    async def listen(self) -> None:
        """Only for events: what everybody hears meanwhile takes longer than all the rest."""
        for role, person in self.by_role.items():
            self.ears[role] = await person.connect()

    async def guest(self) -> Person:
        """Without a password: they are many, and hashing takes its time."""
        person = self.people.newcomer("guest")
        body = (await person.post("/api/auth/guest", {"username": person.name})).expect(201)
        person.id, person.token = body["id"], body["access_token"]
        return person


@dataclass
class Stage:
    """One room with everybody in their role."""

    company: Company
    kind: str
    room: Payload = field(default_factory=dict[str, object])
    is_for_all: bool = True  # acts; else nothing was said in it before
    is_of_blocked: bool = False  # a direct room of two, one of whom blocked the other after some words
    own: dict[str, list[int]] = field(default_factory=dict[str, list[int]])  # ids of messages from before
    file_path: str = ""

    def person(self, role: str) -> Person:
        return self.company.by_role[role]

    async def set(self) -> "Stage":
        await (self._set_direct() if self.kind == DIRECT else self._set_room())
        if self.is_for_all:
            self.file_path = await share(self.person(MEMBER), self.room, PICTURE, "dot.png")
        if self.is_of_blocked:
            await self.close()
        return self

    async def _set_direct(self) -> None:
        inside = [self.person(role) for role in ((MEMBER, BLOCKED) if self.is_of_blocked else IN_GROUP)]
        answer = await inside[0].post("/api/direct/", {"user_ids": [person.id for person in inside[1:]]})
        self.room = answer.body
        if self.is_of_blocked:
            await self._say_before(MEMBER, 3 * BEFORE)
            await self._say_before(BLOCKED, BEFORE)

    async def close(self) -> None:
        """From now on one of the two doesn't want the other."""
        (await self.person(MEMBER).request("PUT", f"/api/users/{self.person(BLOCKED).id}/block")).expect(200)

    async def _say_before(self, role: str, many: int = BEFORE) -> None:
        said = [await self.person(role).say(self.room, f"before {number}") for number in range(many)]
        self.own[role] = [message["id"] for message in said]

    async def _set_room(self) -> None:
        owner = self.person(OWNER)
        self.room = await owner.make_room(password=SECRET if self.kind == PRIVATE else None)
        for role in (MODERATOR, MUTED_MODERATOR, MEMBER, MUTED, BLOCKED, GUEST, REMOVED, BANNED, ADMINISTRATOR):
            (await owner.request("PUT", self.at("members", self.person(role).id))).expect(201)
        for role in (*SILENCED, REMOVED, BANNED) if self.is_for_all else ():
            await self._say_before(role)
        for role in (MODERATOR, MUTED_MODERATOR):
            (await owner.patch(self.at("members", self.person(role).id), {"role": "moderator"})).expect(200)
        for role in SILENCED:
            (await owner.patch(self.at("members", self.person(role).id), {"muted_until": LATER})).expect(200)
        (await owner.delete(self.at("members", self.person(REMOVED).id))).expect(200)
        (await owner.put(self.at("bans", self.person(BANNED).id), {})).expect(200)

    def at(self, *path: object) -> str:
        return "/".join(map(str, (f"/api/rooms/{self.room['id']}", *path)))


@dataclass(frozen=True)
class Scene:
    """Somebody about to do something, and what they do it to."""

    stage: Stage
    role: str

    @property
    def who(self) -> Person:
        return self.stage.person(self.role)

    @property
    def ear(self) -> Ear:
        return self.stage.company.ears[self.role]

    @property
    def _speaker(self) -> Person:
        """Somebody else inside."""
        return self.stage.person(GUEST if self.role == MEMBER else MEMBER)

    async def room(self) -> int:
        return self.stage.room["id"]

    async def another_message(self) -> int:
        if self.stage.is_of_blocked:
            return self.stage.own[MEMBER].pop()
        return (await self._speaker.say(self.stage.room, "of somebody else"))["id"]

    async def another_seq(self) -> int:
        if self.stage.is_of_blocked:
            return 1
        return (await self._speaker.say(self.stage.room, "of somebody else"))["seq"]

    async def elsewhere(self) -> int:
        """A room where they may speak."""
        return self.stage.company.homes[self.role]["id"]

    async def forward(self) -> Payload:
        return {"room_id": await self.room(), "message_id": await self.another_message()}

    async def forward_of_mine(self) -> Payload:
        home = self.stage.company.homes[self.role]
        return {"room_id": home["id"], "message_id": (await self.who.say(home, "at home"))["id"]}

    async def edited_message(self) -> int:
        message_id = await self.another_message()
        if self.stage.is_of_blocked:
            return message_id
        (await self._speaker.patch(f"/api/messages/{await self.room()}/{message_id}", {"content": "now"})).expect(200)
        return message_id

    async def owners_message(self) -> int:
        if self.stage.kind == DIRECT:
            return await self.another_message()
        role = MODERATOR if self.role == OWNER else OWNER
        return (await self.stage.person(role).say(self.stage.room, "of the owner"))["id"]

    async def own_message(self) -> int:
        """Of a stranger there is none: somebody else's."""
        if before := self.stage.own.get(self.role):
            return before.pop()
        if self.role in {STRANGER, OUTSIDE}:
            return await self.another_message()
        return (await self.who.say(self.stage.room, "my own"))["id"]

    async def newcomer(self) -> int:
        return (await self.stage.company.guest()).id

    async def plain_member(self) -> int:
        if self.stage.kind == DIRECT:
            return self._speaker.id
        return (await self._brought()).id

    async def another_moderator(self) -> int:
        if self.stage.kind == DIRECT:
            return self._speaker.id
        person = await self._brought()
        change = {"role": "moderator"}
        (await self.stage.person(OWNER).patch(self.stage.at("members", person.id), change)).expect(200)
        return person.id

    async def the_owner(self) -> int:
        return self._speaker.id if self.stage.kind == DIRECT else self.stage.person(OWNER).id

    async def the_member(self) -> int:
        return self.stage.person(MEMBER).id

    async def somebody_who_blocked(self) -> int:
        return (await who_blocks(self.stage.company, self.who)).id

    async def somebody_banned(self) -> int:
        guest = await self.stage.company.guest()
        if self.stage.kind != DIRECT:
            (await self.stage.person(OWNER).put(self.stage.at("bans", guest.id), {})).expect(200)
        return guest.id

    async def inviter(self) -> int:
        """Somebody else whose link is open."""
        if self.stage.kind != DIRECT:
            (await self._speaker.post(self.stage.at("invites"), {})).expect(200)
        return self._speaker.id

    async def myself(self) -> int:
        return self.who.id

    async def link(self) -> str:
        invite = await self.stage.person(OWNER).post(self.stage.at("invites"), {})
        return invite.expect(200)["path"].partition("#")[2]

    async def report(self) -> int:
        """Of a message of somebody who is below everybody."""
        if self.stage.is_of_blocked:
            return 0
        if self.stage.kind == DIRECT:
            author, reporter = self.stage.person(MEMBER), self.stage.person(GUEST)
        else:
            author, reporter = await self._brought(), self._speaker
        message = await author.say(self.stage.room, "spam")
        path = f"/api/messages/{await self.room()}/{message['id']}/report"
        return (await reporter.post(path, {"reason": "spam", "with_context": False})).expect(201)["id"]

    async def file_name(self) -> str:
        return self.stage.file_path.rpartition("/")[2]

    async def new_name(self) -> str:
        return f"renamed {next(_numbers)}"

    async def _brought(self) -> Person:
        """A new member."""
        guest = await self.stage.company.guest()
        (await self.stage.person(OWNER).request("PUT", self.stage.at("members", guest.id))).expect(201)
        return guest


async def who_blocks(company: Company, person: Person) -> Person:
    """A guest who doesn't want to hear of somebody."""
    guest = await company.guest()
    (await guest.request("PUT", f"/api/users/{person.id}/block")).expect(200)
    return guest
