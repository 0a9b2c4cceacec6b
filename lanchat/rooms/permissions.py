"""Who may do what in a room: the one place that decides, pure, and it denies by default."""

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.core.base.errors import ChatError
from lanchat.rooms.errors import LobbyIsPermanent, Muted, NotAMember, RoomNotFound
from lanchat.rooms.schemas import CanPayload, Role

SMALL = 20  # members; in a larger room only its managers call everybody


class Action(Enum):
    SEE = "see"  # its name, description and counts
    READ = "read"  # history, members, files, who types
    SPEAK = "speak"
    INVITE = "invite"
    PIN = "pin"
    MENTION_ALL = "mention_all"
    CALL = "call"
    MANAGE = "manage"  # its name, description and password; other people's invitations
    DELETE = "delete"


class Standing(NamedTuple):
    """How somebody stands in a room; `role` is None for an outsider."""

    kind: str
    is_private: bool
    role: Role | None
    is_administrator: bool  # of the host
    muted_until: str | None
    is_small: bool  # whether it has at most `SMALL` members


STRANGER = frozenset({Action.SEE})
ADMINISTRATOR_OUTSIDE = frozenset({Action.MANAGE, Action.DELETE})
MEMBER = frozenset({Action.SEE, Action.READ, Action.SPEAK, Action.INVITE, Action.CALL})
MODERATOR = MEMBER | {Action.PIN, Action.MENTION_ALL, Action.MANAGE}
OWNER = MODERATOR | {Action.DELETE}
DIRECT = (MEMBER | {Action.PIN, Action.MENTION_ALL}) - {Action.INVITE}

# What a mute takes away.
ALOUD = frozenset({Action.SPEAK, Action.PIN, Action.MENTION_ALL, Action.CALL})


def refusal(standing: Standing | None, action: Action, now: str) -> ChatError | None:
    """Why somebody may not; None if they may. Without a standing, there is no such room."""
    # A direct room isn't there at all for whoever isn't in it, administrators included.
    if standing is None or (standing.kind == "direct" and standing.role is None):
        return RoomNotFound()
    if standing.kind == "lobby" and action is Action.DELETE:
        return LobbyIsPermanent()
    if action not in _allowed(standing):
        return NotAMember() if standing.role is None else Forbidden()
    if action in ALOUD and standing.muted_until is not None and standing.muted_until > now:
        return Muted(until=standing.muted_until)
    return None


def abilities(standing: Standing, now: str) -> CanPayload:
    """The same, as clients are told it."""
    if standing.muted_until is None or standing.muted_until <= now:
        return _abilities(standing._replace(muted_until=None), now="")
    return _abilities(standing, now)


@lru_cache(maxsize=256)  # somebody in hundreds of rooms stands in most of them alike
def _abilities(standing: Standing, now: str) -> CanPayload:
    return CanPayload(
        speak=refusal(standing, Action.SPEAK, now) is None,
        manage=refusal(standing, Action.MANAGE, now) is None,
        invite=refusal(standing, Action.INVITE, now) is None,
        pin=refusal(standing, Action.PIN, now) is None,
        mention_all=refusal(standing, Action.MENTION_ALL, now) is None,
        call=refusal(standing, Action.CALL, now) is None,
        delete=refusal(standing, Action.DELETE, now) is None,
    )


def _allowed(standing: Standing) -> frozenset[Action]:
    if standing.role is None:
        seen = frozenset[Action]() if standing.is_private else STRANGER
        return seen | ADMINISTRATOR_OUTSIDE if standing.is_administrator else seen
    if standing.kind == "direct":
        return DIRECT
    if standing.role == "owner" or standing.is_administrator:
        return OWNER
    if standing.role == "moderator":
        return MODERATOR
    return MEMBER | {Action.MENTION_ALL} if standing.is_small else MEMBER
