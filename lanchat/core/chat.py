"""Owns Chat: what every use case is handed first."""

from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from lanchat.config import Settings
from lanchat.core.base.clock import Clock
from lanchat.core.base.host_state import HostState
from lanchat.core.base.metrics import Metrics
from lanchat.core.base.rate_limits import Limiter
from lanchat.core.delivery.hub import Hub
from lanchat.core.security.passwords import Passwords
from lanchat.core.security.tokens import Tokens
from lanchat.core.storage.database import Database

Part = TypeVar("Part")


@dataclass(frozen=True)
class Identity:
    """Who is asking, and by which of their sessions."""

    user_id: int
    session_id: int


@dataclass(frozen=True)
class Hello:
    """What a client says of itself as it connects (`auth`)."""

    token: str
    language: str
    wants_ids: bool  # `presence: "ids"`: of who is online, instead of all about them


class Newcomers(Protocol):
    """What happens to everybody who registers: injected, as accounts know nothing of rooms."""

    def join(self, user_id: int, now: str) -> object:
        """In the transaction that makes the account."""
        ...

    def tell(self, joined: Any) -> None:
        """After its commit, with what `join` returned."""
        ...


@dataclass(frozen=True)
class Chat:
    db: Database
    hub: Hub
    settings: Settings
    clock: Clock
    limits: Limiter
    passwords: Passwords
    tokens: Tokens
    newcomers: Newcomers
    installation_id: str
    host: HostState
    epoch: str  # of the host that gives out `seq`: a stand-in that takes over has another
    metrics: Metrics = field(default_factory=Metrics)
    _parts: dict[type, Any] = field(default_factory=dict)

    def part(self, kind: type[Part]) -> Part:
        """The one instance of a slice's in-memory state, `kind(chat)`, made at its first use."""
        if kind not in self._parts:
            self._parts[kind] = kind(self)  # type: ignore[call-arg]
        return self._parts[kind]
