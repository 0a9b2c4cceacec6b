"""Owns Chat: what every use case is handed first, and whose memory it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, TypeVar, cast

from lanchat.config import Settings
from lanchat.core.base.clock import Clock
from lanchat.core.base.fair_turns import Share, Shares
from lanchat.core.base.host_state import HostState
from lanchat.core.base.metrics import Metrics
from lanchat.core.base.rate_limits import Limiter
from lanchat.core.delivery.hub import Hub
from lanchat.core.security.passwords import Passwords
from lanchat.core.security.tokens import Tokens
from lanchat.core.storage.database import Database

Scope = Literal["process", "cluster"]
"""Of what is kept in memory: each process has its own, or all that serve one installation must know the same.

Today there is one process. What says `cluster` is what a second one has to share.
"""
PROCESS: dict[str, Scope] = {"scope": "process"}
CLUSTER: dict[str, Scope] = {"scope": "cluster"}
Kind = TypeVar("Kind", bound="Part")
# What grows with others' words is looked up on two of three threads, the third stays with small questions. A client
# that returns asks for a few at once, in each of its tabs.
LARGE_ANSWERS = Share("large_answers", at_once=2, of_one=20, waiting=2000, about="a user")


@dataclass(frozen=True)
class Identity:
    """Who is asking, and by which of their sessions."""

    user_id: int
    session_id: int
    is_guest: bool = False


@dataclass(frozen=True)
class Hello:
    """What a client says of itself as it connects (`auth`)."""

    token: str
    language: str
    wants_ids: bool  # `presence: "ids"`: of who is online, instead of all about them
    address: str = ""


class Part:
    """What a slice keeps in memory: one instance a process, made before the slice's `start` and without effects."""

    scope: ClassVar[Scope]

    def __init_subclass__(cls, *, scope: Scope) -> None:
        cls.scope = scope

    def __init__(self, chat: "Chat") -> None:
        self._chat = chat


@dataclass(frozen=True)
class Chat:
    db: Database = field(metadata=CLUSTER)
    hub: Hub = field(metadata=CLUSTER)
    settings: Settings = field(metadata=PROCESS)
    clock: Clock = field(metadata=PROCESS)
    limits: Limiter = field(metadata=CLUSTER)
    passwords: Passwords = field(metadata=PROCESS)
    tokens: Tokens = field(metadata=PROCESS)
    installation_id: str = field(metadata=PROCESS)
    host: HostState = field(metadata=CLUSTER)
    epoch: str = field(metadata=PROCESS)  # of the host that gives out `seq`: a stand-in that takes over has another
    metrics: Metrics = field(default_factory=Metrics, metadata=PROCESS)
    large_answers: Shares = field(default_factory=lambda: Shares(LARGE_ANSWERS), metadata=PROCESS)
    fillings: Mapping[object, Sequence[Callable[..., Any]]] = field(  # of hooks
        default_factory=dict[object, Sequence[Callable[..., Any]]], metadata=PROCESS
    )
    _parts: dict[type[Part], Part] = field(default_factory=dict[type[Part], Part], metadata=PROCESS)

    def add_parts(self, kinds: Iterable[type[Part]]) -> None:
        self._parts.update((kind, kind(self)) for kind in kinds)

    def part(self, kind: type[Kind]) -> Kind:
        """What a slice keeps in memory; its feature names it."""
        return cast(Kind, self._parts[kind])
