"""Who may do what in a room: the one place that decides, pure, and it denies by default."""

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.core.base.errors import ChatError
from lanchat.rooms.errors import (
    Blocked,
    CannotTouchOwner,
    DirectRoom,
    LobbyIsPermanent,
    Muted,
    NotAMember,
    ReadOnlyRoom,
    RoomArchived,
    RoomNotFound,
)
from lanchat.rooms.schemas.outgoing import CanPayload, Posting, Role

SMALL = 20  # members; in a larger room only its managers call everybody


class Action(Enum):
    SEE = "see"  # its name, description and counts
    READ = "read"  # history, members, files, who types; taking back what one said
    SPEAK = "speak"  # saying something, and changing what one said
    REACT = "react"
    INVITE = "invite"  # by a link
    ADD = "add"  # somebody else, as a member
    PIN = "pin"
    MENTION_ALL = "mention_all"
    CALL = "call"
    NAME = "rename"  # what it is called, what it is for and its picture: words that everybody reads
    MANAGE = "manage"  # its settings, its members below oneself, bans, its log, others' words
    JUDGE = "judge"  # what members report
    END_LINKS = "end_links"  # other people's invitations
    ASSIGN = "assign"  # roles
    ARCHIVE = "archive"
    TRANSFER = "transfer"
    LEAVE = "leave"
    DELETE = "delete"


class Standing(NamedTuple):
    """How somebody stands in a room; `role` is None for an outsider."""

    kind: str
    is_private: bool
    role: Role | None
    is_administrator: bool  # of the host
    muted_until: str | None
    is_small: bool  # whether it has at most `SMALL` members
    posting: Posting = "everyone"
    is_archived: bool = False
    hidden_seq: int = 0  # up to where nothing of it is shown to them
    is_closed: bool = False  # a direct one of two, one of whom blocked the other

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"


STRANGER = frozenset({Action.SEE})
ADMINISTRATOR_OUTSIDE = frozenset({Action.ARCHIVE, Action.DELETE, Action.TRANSFER, Action.END_LINKS, Action.JUDGE})
MEMBER = frozenset({Action.SEE, Action.READ, Action.SPEAK, Action.REACT, Action.INVITE, Action.CALL, Action.LEAVE})
MANAGING = frozenset({Action.NAME, Action.MANAGE, Action.JUDGE, Action.END_LINKS})
MODERATOR = MEMBER | MANAGING | {Action.PIN, Action.MENTION_ALL, Action.ADD}
OWNER = MODERATOR | {Action.ASSIGN, Action.ARCHIVE, Action.TRANSFER, Action.DELETE}
DIRECT = (MEMBER | {Action.PIN, Action.MENTION_ALL}) - {Action.INVITE, Action.LEAVE}

# What a mute takes away, and what an archived room is closed to.
ALOUD = frozenset({Action.SPEAK, Action.REACT, Action.PIN, Action.MENTION_ALL, Action.CALL})
ALIVE = ALOUD | {Action.INVITE, Action.ADD}
PERMANENT = frozenset({Action.DELETE, Action.ARCHIVE, Action.TRANSFER})  # is the lobby
OF_ROOMS = frozenset({*OWNER} - DIRECT)  # a direct room has no such thing


def is_manager(standing: Standing) -> bool:
    """The room's owner, its moderators, and those of its members who administer the host."""
    return (
        standing.kind != "direct"
        and standing.role is not None
        and (standing.role != "member" or standing.is_administrator)
    )


def refusal(standing: Standing | None, action: Action, now: str) -> ChatError | None:
    """Why somebody may not; None if they may. Without a standing, there is no such room."""
    # A direct room isn't there at all for whoever isn't in it, administrators included.
    if standing is None or (standing.kind == "direct" and standing.role is None):
        return RoomNotFound()
    return (
        _refused_by_kind(standing, action) or _refused_by_role(standing, action) or _refused_now(standing, action, now)
    )


def _refused_by_kind(standing: Standing, action: Action) -> ChatError | None:
    if standing.kind == "direct" and action in OF_ROOMS:
        return DirectRoom()
    if standing.kind == "lobby" and action in PERMANENT:
        return LobbyIsPermanent()
    return None


def _refused_by_role(standing: Standing, action: Action) -> ChatError | None:
    if action in _allowed(standing):
        return None
    if standing.role is not None:
        return Forbidden()
    return RoomNotFound() if standing.is_archived else NotAMember()


def _refused_now(standing: Standing, action: Action, now: str) -> ChatError | None:
    if standing.is_archived and action in ALIVE:
        return RoomArchived()
    if action in ALOUD | {Action.NAME} and standing.muted_until is not None and standing.muted_until > now:
        return Muted(until=standing.muted_until)
    if standing.is_closed and action in ALOUD:
        return Blocked()
    if standing.posting == "managers" and action in {Action.SPEAK, Action.CALL} and not is_manager(standing):
        return ReadOnlyRoom()
    return None


def require_door(standing: Standing) -> None:
    """For what is about coming in. Raises DirectRoom."""
    if standing.kind == "direct":
        raise DirectRoom


def refusal_upon(actor: Standing | None, other: Standing, action: Action, now: str) -> ChatError | None:
    """As `refusal`, of what is done to somebody: only to those below oneself."""
    refused = refusal(actor, action, now)
    if refused is not None or actor is None:
        return refused
    if _rank(other) < _rank(actor):
        return None
    return CannotTouchOwner() if other.role == "owner" else Forbidden()


def abilities(standing: Standing, now: str) -> CanPayload:
    """The same, as clients are told it."""
    standing = standing._replace(hidden_seq=0)
    if standing.muted_until is None or standing.muted_until <= now:
        return _abilities(standing._replace(muted_until=None), now="")
    return _abilities(standing, now)


@lru_cache(maxsize=256)  # somebody in hundreds of rooms stands in most of them alike
def _abilities(standing: Standing, now: str) -> CanPayload:
    return CanPayload(**{name: refusal(standing, Action(name), now) is None for name in CanPayload.model_fields})


def _rank(standing: Standing) -> int:
    if standing.is_administrator:
        return 4
    return {"owner": 3, "moderator": 2, "member": 1, None: 0}[standing.role]


def _allowed(standing: Standing) -> frozenset[Action]:
    if standing.role is None:
        seen = frozenset[Action]() if standing.is_private or standing.is_archived else STRANGER
        return seen | ADMINISTRATOR_OUTSIDE if standing.is_administrator else seen
    if standing.kind == "direct":
        return DIRECT
    if standing.role == "owner" or standing.is_administrator:
        return OWNER
    if standing.role == "moderator":
        return MODERATOR
    member = MEMBER if standing.is_private else MEMBER | {Action.ADD}
    return member | {Action.MENTION_ALL} if standing.is_small else member
