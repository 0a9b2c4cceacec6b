"""What was tried, as the table that stands in `permissions.md`."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.contract.permissions.acts import Act
from tests.contract.permissions.rules import DIRECT, KINDS, OK, PRIVATE, PUBLIC, VISITORS, roles_of

HEAD = """# Who may do what

What a server really answered when everybody tried everything; `tests/contract/test_permissions.py` writes this page
(`UPDATE_PERMISSIONS=1`) and fails where it differs from what was tried, or what was tried from the contract. ✓: done;
else how it is refused. The rule is the contract's, in words. *Managers*: owner, moderators, and administrators of the
host who are members; *from outside*: administrators who aren't. Removed, banned: former members.

"""
Found = Mapping[tuple[str, Act, str], str]  # by kind of room, act and role


class Wrong(NamedTuple):
    """A cell that isn't what the contract says."""

    kind: str
    act: Act
    role: str
    found: str

    def __str__(self) -> str:
        wanted = self.act.expected(self.role, self.kind)
        return f"{self.kind} · {self.act.operation} ({self.act.what}) · {self.role}: {self.found}, not {wanted}"


def wrong(found: Found) -> list[Wrong]:
    cells = [Wrong(kind, act, role, outcome) for (kind, act, role), outcome in found.items()]
    return [cell for cell in cells if cell.found != cell.act.expected(cell.role, cell.kind)]


def page(in_rooms: Mapping[str, list[Act]], outside: Mapping[str, list[Act]], found: Found) -> str:
    return HEAD + "\n".join(
        [
            "# In a room\n\nPublic and private ones; a row of its own for private ones where they differ.\n",
            *_sections(in_rooms, _of_rooms(found), roles_of(PUBLIC)),
            "# In a direct room\n\nThose in it are the member, the guest and one of the administrators.\n",
            *_sections(
                in_rooms, {act: {"": found_by_role(found, DIRECT, act)} for act in acts_of(in_rooms)}, roles_of(DIRECT)
            ),
            "# Elsewhere\n",
            *_sections(outside, {act: {"": found_by_role(found, "", act)} for act in acts_of(outside)}, VISITORS),
        ]
    )


def acts_of(sections: Mapping[str, list[Act]]) -> list[Act]:
    return [act for acts in sections.values() for act in acts]


def found_by_role(found: Found, kind: str, act: Act) -> dict[str, str]:
    roles = roles_of(kind) if kind in KINDS else VISITORS
    return {role: found.get((kind, act, role), "–") for role in roles}


def _of_rooms(found: Found) -> dict[Act, dict[str, dict[str, str]]]:
    """By act, and by what to add to its name."""
    rows: dict[Act, dict[str, dict[str, str]]] = {}
    for act in {act: None for kind, act, _ in found if kind == PUBLIC}:
        public, private = found_by_role(found, PUBLIC, act), found_by_role(found, PRIVATE, act)
        rows[act] = {"": public} if public == private else {" (public)": public, " (private)": private}
    return rows


def _sections(
    sections: Mapping[str, list[Act]], rows: Mapping[Act, Mapping[str, Mapping[str, str]]], roles: Iterable[str]
) -> list[str]:
    return [f"## {name}\n\n{_table(acts, rows, list(roles))}\n" for name, acts in sections.items()]


def _table(acts: list[Act], rows: Mapping[Act, Mapping[str, Mapping[str, str]]], roles: list[str]) -> str:
    lines = [["action", "by", "who may", *roles], ["---"] * (3 + len(roles))]
    for act in acts:
        for suffix, by_role in rows[act].items():
            cells = ["✓" if by_role[role] == OK else by_role[role] for role in roles]
            lines.append([act.what + suffix, f"`{act.operation}`", act.rule.__doc__ or "", *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
