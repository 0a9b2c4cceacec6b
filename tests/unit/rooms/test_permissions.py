"""Who may do what in a room: the whole table, and that nothing else decides it."""

import ast
from itertools import product
from pathlib import Path

import pytest

import lanchat
from lanchat.accounts.errors import Forbidden
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
from lanchat.rooms.permissions import Action, Standing, abilities, refusal, refusal_upon
from lanchat.rooms.schemas.outgoing import CanPayload, Posting, Role

NOW, LATER = "2026-01-01T00:00:00.000000Z", "2026-01-01T00:00:01.000000Z"
KINDS = ("room", "lobby", "direct")
POSTINGS: tuple[Posting, ...] = ("everyone", "managers")
ROLES: tuple[Role | None, ...] = (None, "member", "moderator", "owner")
# By kind, role and whether they are an administrator; a small letter: only where the room is small.
TABLE = {
    ("room", None, False): "E",
    ("room", None, True): "E KDHTJ",
    ("room", "member", False): "ERSXICA V l",
    ("room", "moderator", False): "ERSXICA V PLMNKJ",
    ("room", "owner", False): "ERSXICA V PLMNK GDHTJ",
    ("lobby", None, False): "E",
    ("lobby", None, True): "E KJ",
    ("lobby", "member", False): "ERSXICA V l",
    ("lobby", "moderator", False): "ERSXICA V PLMNKJ",
    ("lobby", "owner", False): "ERSXICA V PLMNK GJ",
    ("direct", None, False): "",
    ("direct", None, True): "",
    ("direct", "member", False): "ERSXC PL",
}
LETTERS = {
    Action.SEE: "E",
    Action.READ: "R",
    Action.SPEAK: "S",
    Action.REACT: "X",
    Action.INVITE: "I",
    Action.CALL: "C",
    Action.ADD: "A",
    Action.LEAVE: "V",
    Action.PIN: "P",
    Action.MENTION_ALL: "L",
    Action.MANAGE: "M",
    Action.NAME: "N",
    Action.END_LINKS: "K",
    Action.ASSIGN: "G",
    Action.DELETE: "D",
    Action.ARCHIVE: "H",
    Action.TRANSFER: "T",
    Action.JUDGE: "J",
}
ALOUD = {Action.SPEAK, Action.REACT, Action.PIN, Action.MENTION_ALL, Action.CALL}
STANDINGS = [
    Standing(kind, is_private, role, is_administrator, muted_until, is_small, posting, is_archived, 0, is_closed)
    for kind, is_private, role, is_administrator, muted_until, is_small, posting, is_archived, is_closed in product(
        *(KINDS, (False, True), ROLES, (False, True), (None, NOW, LATER), (False, True), POSTINGS),
        *((False, True), (False, True)),
    )
    if not (kind == "direct" and role in {"moderator", "owner"})
    and not (kind != "room" and is_archived)
    and not (kind == "direct" and posting == "managers")
    and not (kind != "direct" and is_closed)
]


def expected(standing: Standing) -> set[Action]:
    """What the table says; an administrator who is a member may what an owner may, wherever there are owners."""
    as_owner = standing.is_administrator and standing.role is not None and standing.kind != "direct"
    is_outside = standing.role is None
    row = TABLE[standing.kind, "owner" if as_owner else standing.role, standing.is_administrator and is_outside]
    allowed = {action for action, letter in LETTERS.items() if letter in (row.upper() if standing.is_small else row)}
    if is_outside and (standing.is_private or standing.is_archived):
        allowed -= {Action.SEE}
    if standing.is_private and not (as_owner or standing.role in {"moderator", "owner"}):
        allowed -= {Action.ADD}
    if standing.is_archived:
        allowed -= {*ALOUD, Action.INVITE, Action.ADD}
    if standing.posting == "managers" and standing.role == "member" and not as_owner:
        allowed -= {Action.SPEAK, Action.CALL}
    if standing.is_closed:
        allowed -= ALOUD
    return allowed - ALOUD - {Action.NAME} if standing.muted_until == LATER else allowed


@pytest.mark.parametrize("action", Action)
def test_everybody_may_exactly_what_the_table_says(action: Action):
    for standing in STANDINGS:
        assert (refusal(standing, action, NOW) is None) == (action in expected(standing)), standing


def test_a_refusal_says_why():
    member = Standing("room", False, "member", False, None, True)
    assert isinstance(refusal(None, Action.SEE, NOW), RoomNotFound)
    assert isinstance(refusal(member._replace(role=None), Action.SPEAK, NOW), NotAMember)
    assert isinstance(refusal(member, Action.MANAGE, NOW), Forbidden)
    assert isinstance(refusal(member._replace(kind="lobby"), Action.DELETE, NOW), LobbyIsPermanent)
    muted = refusal(member._replace(muted_until=LATER), Action.SPEAK, NOW)
    assert isinstance(muted, Muted)
    assert muted.details == {"until": LATER}
    assert isinstance(refusal(member._replace(is_archived=True), Action.SPEAK, NOW), RoomArchived)
    assert isinstance(refusal(member._replace(role=None, is_archived=True), Action.READ, NOW), RoomNotFound)
    assert isinstance(refusal(member._replace(kind="direct", is_closed=True), Action.SPEAK, NOW), Blocked)
    assert isinstance(refusal(member._replace(posting="managers"), Action.SPEAK, NOW), ReadOnlyRoom)
    assert isinstance(refusal(member._replace(kind="direct"), Action.MANAGE, NOW), DirectRoom)
    administrator = Standing("direct", False, None, True, None, True)
    assert isinstance(refusal(administrator, Action.READ, NOW), RoomNotFound)


def test_nobody_touches_those_who_stand_as_high_as_they():
    member, moderator, owner = (
        Standing("room", False, role, False, None, True) for role in ("member", "moderator", "owner")
    )
    administrator, outsider = member._replace(is_administrator=True), member._replace(role=None)
    order = [outsider, member, moderator, owner, administrator]
    for actor, other in product(order[2:], order):
        refused = refusal_upon(actor, other, Action.MANAGE, NOW)
        if order.index(other) < order.index(actor):
            assert refused is None, (actor, other)
        else:
            assert isinstance(refused, CannotTouchOwner if other is owner else Forbidden), (actor, other)
    assert isinstance(refusal_upon(member, outsider, Action.MANAGE, NOW), Forbidden)
    assert isinstance(refusal_upon(outsider, outsider, Action.MANAGE, NOW), NotAMember)


def test_what_clients_are_told_is_the_same_table():
    for standing in STANDINGS:
        can = abilities(standing, NOW).model_dump()
        assert can == {name: Action(name) in expected(standing) for name in CanPayload.model_fields}, standing


RANKS = {"owner", "moderator"}
ELSEWHERE = {
    "rooms/permissions.py": "decides",
    "rooms/models/memberships.py": "who inherits a room that its owner leaves: nobody is refused by it",
}


def test_no_other_module_compares_roles():
    root = Path(lanchat.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if any(_compares_roles(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == set(ELSEWHERE)


def _compares_roles(node: ast.AST) -> bool:
    """Whether it looks for a rank; asking for None only asks whether somebody is a member."""
    return isinstance(node, ast.Compare) and any(
        isinstance(part, ast.Constant) and part.value in RANKS for each in node.comparators for part in ast.walk(each)
    )
