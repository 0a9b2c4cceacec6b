"""How an act of the table is done, and what came of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from urllib.parse import urlencode

import aiohttp

from tests.contract.permissions.rules import OK, Rule
from tests.contract.permissions.stage import PICTURE, Scene
from tests.files import fetch
from tests.people import Payload, Person, Reply

LEFT_OUT = "left out"  # what a room of others is in an answer about many


class Doer(Protocol):
    """Somebody about to do something."""

    @property
    def who(self) -> Person: ...


@dataclass(frozen=True, eq=False)
class Act:
    """A cell for each role: `operation` as the contract names it, `what` is done by it, by whom."""

    operation: str  # "PUT /api/rooms/{room_id}", or an event
    what: str
    rule: Rule
    body: Mapping[str, Any] | None = None  # callables in it are asked
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_for_good: bool = False  # whoever may do it has a room of their own
    has_direct: bool = True  # whether a direct room has such a thing at all
    sends_picture: bool = False
    is_form: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    targets: Mapping[str, Any] = field(default_factory=dict[str, Any])  # by name in the path; callables are asked

    @property
    def is_event(self) -> bool:
        return " " not in self.operation

    async def outcome(self, doer: Doer) -> str:
        if self.is_event:
            assert isinstance(doer, Scene)
            return await self._emit(doer)
        return await self._ask(doer)

    async def _ask(self, doer: Doer) -> str:
        method, path = self.operation.split(" ")
        values: dict[str, Any] = {"room_id": doer.stage.room["id"]} if isinstance(doer, Scene) else {}
        for name, target in self.targets.items():
            values[name] = await _value(target, doer)
        options: dict[str, Any] = {"params": {name: await _value(each, doer) for name, each in self.query.items()}}
        if self.sends_picture:
            options["data"] = aiohttp.FormData()
            options["data"].add_field("file", PICTURE, filename="dot.png")
        elif self.body is not None:
            options["data" if self.is_form else "json"] = await _filled(self.body, doer)
        if path.startswith("/files/") or (method == "GET" and path.endswith("/export")):
            query = f"?{urlencode(options['params'])}" if options["params"] else ""
            file = await fetch(doer.who, path.format(**values) + query)
            reply = Reply(file.status, file.headers, file.content.decode("utf-8", "replace"))
        else:
            reply = await doer.who.request(method, path.format(**values), headers={**self.headers}, **options)
        return OK if reply.status < 400 else f"{reply.status} {reply.code}"

    async def _emit(self, scene: Scene) -> str:
        ack = await scene.ear.call(self.operation, await _filled(self.body, scene))
        if not ack["ok"]:
            return ack["error"]["code"]
        return OK if ack.get("rooms") != {} else LEFT_OUT

    def expected(self, role: str, kind: str) -> str:
        """An event's refusal has no status."""
        wanted = self.rule(role, kind)
        return wanted[4:] if self.is_event and wanted[:1] == "4" else wanted


async def _filled(body: Mapping[str, Any] | None, doer: Doer) -> Payload | None:
    return None if body is None else {name: await _value(each, doer) for name, each in body.items()}


async def _value(value: Any, doer: Doer) -> Any:
    if isinstance(value, Mapping):
        named = cast(Mapping[Any, Any], value)
        return {str(await _value(name, doer)): each for name, each in named.items()}
    return await cast(Callable[[Doer], Awaitable[Any]], value)(doer) if callable(value) else value
