"""Random histories of a room, and clients that keep it: one that stays, and one that is away in between."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.people import Ear, Payload, Person

NAMES = ("username", "display_name", "avatar_url", "is_guest")  # of now wherever one reads: no change of the feed


class Step(NamedTuple):
    """Who does what to which message; `leaves` and `returns` are of the client that is away."""

    deed: str
    who: int
    which: float  # of what there is, from 0 to 1


MESSAGE_DEEDS = ("say", "reply", "edit", "recall", "react", "unreact", "pin", "unpin", "forward")
ROOM_DEEDS = ("rename", "describe", "go", "come", "remove", "promote", "mute", "unmute", "post", "open")
CLIENT_DEEDS = ("leaves", "returns")
WEIGHTS = (12, 5, 5, 3, 5, 2, 3, 2, 3, *([1] * len(ROOM_DEEDS)), 4, 4)


def history_of(seed: int, length: int) -> list[Step]:
    chance = random.Random(seed)
    deeds = chance.choices((*MESSAGE_DEEDS, *ROOM_DEEDS, *CLIENT_DEEDS), WEIGHTS, k=length)
    return [Step(deed, chance.randrange(3), chance.random()) for deed in deeds]


@dataclass
class Kept:
    """What a client has of a room: each message as it was last told, and how far it has heard."""

    room_id: int
    known: int = 0
    messages: dict[int, Payload] = field(default_factory=dict[int, Payload])

    def take(self, message: Payload) -> None:
        """A repeat, or an older telling, changes nothing; quotes of it follow."""
        before = self.messages.get(message["id"])
        if before is None or before["changed_seq"] < message["changed_seq"]:
            self.messages[message["id"]] = message
        self.known = max(self.known, message["changed_seq"])

    def hear(self, ear: Ear) -> None:
        for name, payload in ear.heard:
            if name in {"new_message", "message_updated"} and payload["room_id"] == self.room_id:
                self.take(payload)
        ear.forget()

    async def catch_up(self, ear: Ear) -> None:
        has_more = True
        while has_more:
            answer = await ear.call("sync", {"rooms": {str(self.room_id): self.known}})
            room = answer["rooms"][str(self.room_id)]
            for message in room["messages"]:
                self.take(message)
            self.known, has_more = max(self.known, room["last_seq"]), room["has_more"]
        self.hear(ear)

    def shown(self) -> list[Payload]:
        """In order, with quotes as what they quote is now, and without names."""
        return shown(list(self.messages.values()))


def shown(messages: Sequence[Payload]) -> list[Payload]:
    by_id = {message["id"]: message for message in messages}
    return [_without_names(message, by_id) for message in sorted(messages, key=lambda each: each["seq"])]


def _without_names(message: Payload, by_id: dict[int, Payload]) -> Payload:
    found = {name: value for name, value in message.items() if name not in NAMES}
    if (quote := message["reply_to"]) is not None:
        quoted = by_id[quote["id"]]
        found["reply_to"] = {"id": quote["id"], "content": quoted["content"], "is_deleted": quoted["is_deleted"]}
    if message["forwarded_from"] is not None:
        found["forwarded_from"] = {n: v for n, v in message["forwarded_from"].items() if n not in NAMES}
    return found


class Doing:
    """Does the steps; what is refused, as it may be, is no step."""

    def __init__(self, people: list[Person], room: Payload, elsewhere: Payload) -> None:
        self.people, self.room, self.elsewhere = people, room, elsewhere
        self.said: list[int] = []
        self.count = 0

    async def do(self, step: Step) -> None:
        who, other = self.people[step.who], self.people[1 + step.who % 2]
        message = self.said[int(step.which * len(self.said))] if self.said else 0
        self.count += 1
        if step.deed in {"say", "reply", "forward"}:
            await self._say(who, step.deed, message)
        else:
            method, path, body = self._request(step.deed, message, other.id)
            await self._ask(other if step.deed in {"go", "come"} else who, method, path, body)

    def _request(self, deed: str, message: int, other_id: int) -> tuple[str, str, Payload | None]:
        at = f"/api/rooms/{self.room['id']}"
        of_message = f"/api/messages/{self.room['id']}/{message}"
        reaction, member = f"{of_message}/reactions/{'👍😀'[self.count % 2]}", f"{at}/members/{other_id}"
        requests: dict[str, tuple[str, str, Payload | None]] = {
            "edit": ("PATCH", of_message, {"content": f"otherwise {self.count}"}),
            "recall": ("DELETE", of_message, None),
            "react": ("PUT", reaction, None),
            "unreact": ("DELETE", reaction, None),
            "pin": ("PUT", f"{of_message}/pin", None),
            "unpin": ("DELETE", f"{of_message}/pin", None),
            "rename": ("PUT", at, {"name": f"room {self.room['id']} {self.count}"}),
            "describe": ("PUT", at, {"description": f"described {self.count}"}),
            "post": ("PUT", at, {"posting": "managers"}),
            "open": ("PUT", at, {"posting": "everyone"}),
            "go": ("POST", f"{at}/leave", None),
            "come": ("POST", f"{at}/join", {}),
            "remove": ("DELETE", member, None),
            "promote": ("PATCH", member, {"role": "moderator"}),
            "mute": ("PATCH", member, {"muted_until": "2099-01-01T00:00:00Z"}),
            "unmute": ("PATCH", member, {"muted_until": None}),
        }
        return requests[deed]

    async def _say(self, who: Person, deed: str, message: int) -> None:
        draft: Payload = {"content": f"said {self.count}"}
        if deed == "reply":
            draft["reply_to_id"] = message or None
        if deed == "forward":
            draft = {"forward": {"room_id": self.elsewhere["id"], "message_id": self.elsewhere["message"]}}
        body = await self._ask(who, "POST", f"/api/messages/{self.room['id']}", draft)
        if body is not None:
            self.said.append(body["id"])

    async def _ask(self, who: Person, method: str, path: str, body: Payload | None = None) -> Any:
        answer = await who.request(method, path, **({} if body is None else {"json": body}))
        assert answer.status < 500, answer.text
        return answer.body if answer.status < 400 else None
