"""Owns Feature: all that a slice brings to the program, which itself knows none by name."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quart import Blueprint

from lanchat.core.base.metrics import Metrics
from lanchat.core.base.rate_limits import Rate, with_addresses
from lanchat.core.chat import Chat, Part
from lanchat.core.edge.events import EVENTS, FLOODS, Events
from lanchat.core.edge.rest import PAGES, PUBLIC_REQUESTS, REQUESTS
from lanchat.core.hooks import Filling
from lanchat.core.server.asgi import Application

log = logging.getLogger(__name__)

CHORE_AGAIN_AFTER = 60.0  # s

Step = Callable[[Chat], Coroutine[Any, Any, None]]


class Chore(NamedTuple):
    """What goes on beside the requests; `bound` says how much work it is, and how often."""

    run: Step
    bound: str


@dataclass(frozen=True)
class Feature:
    """One a slice, in its `feature.py`; `features.py` lists them.

    `start` runs before the first request and `stop` after the last one, while the database is open. A chore begins
    with the program and goes on until it is cancelled; its key is its name. What `before_gate` makes hears every
    request before it is asked which host and origin it names.
    """

    name: str
    routes: Sequence[Blueprint] = ()
    events: Events = field(default_factory=Events)
    rates: Sequence[Rate] = ()
    parts: Sequence[type[Part]] = ()
    hooks: Sequence[Filling] = ()
    metrics: Callable[[Chat, Metrics], None] | None = None
    start: Step | None = None
    stop: Step | None = None
    chores: Mapping[str, Chore] = field(default_factory=dict[str, Chore])
    before_gate: Callable[[Chat, Application], Application] | None = None


class Features(tuple[Feature, ...]):
    """All of them, the lowest first."""

    __slots__ = ()

    @property
    def routes(self) -> list[Blueprint]:
        return [routes for feature in self for routes in feature.routes]

    @property
    def events(self) -> list[Events]:
        return [feature.events for feature in self]

    @property
    def rates(self) -> list[Rate]:
        """With those of the edge, and what each allows to an address."""
        own = (rate for feature in self for rate in feature.rates)
        return list(with_addresses((REQUESTS, PUBLIC_REQUESTS, PAGES, EVENTS, FLOODS, *own)))

    @property
    def fillings(self) -> Mapping[object, Sequence[Callable[..., Any]]]:
        """By hook, in our order."""
        fillings: dict[object, list[Callable[..., Any]]] = defaultdict(list)
        for feature in self:
            for filling in feature.hooks:
                fillings[filling.hook].append(filling.run)
        return dict(fillings)

    async def start(self, chat: Chat) -> None:
        """Make everything that lives in memory, then begin with the lowest."""
        for feature in self:
            chat.add_parts(feature.parts)
        for feature in self:
            if feature.metrics is not None:
                feature.metrics(chat, chat.metrics)
            if feature.start is not None:
                await feature.start(chat)

    def begin_chores(self, chat: Chat) -> list[asyncio.Task[None]]:
        return [
            asyncio.create_task(_kept_going(chore.run, chat, name), name=name)
            for each in self
            for name, chore in each.chores.items()
        ]

    async def stop(self, chat: Chat) -> None:
        """The highest first; before the database closes."""
        for feature in reversed(self):
            if feature.stop is not None:
                await feature.stop(chat)

    def before_gate(self, chat: Chat, gate: Application) -> Application:
        """The gate, behind the doors that features have in front of it."""
        for feature in self:
            if feature.before_gate is not None:
                gate = feature.before_gate(chat, gate)
        return gate


async def _kept_going(run: Step, chat: Chat, name: str) -> None:
    """A chore goes on until we stop; one that failed is told of, and begins again."""
    while True:
        try:
            await run(chat)
        except Exception:
            log.exception("%s ended, and begins again in %g s", name, CHORE_AGAIN_AFTER)
        else:
            return
        await asyncio.sleep(CHORE_AGAIN_AFTER)
