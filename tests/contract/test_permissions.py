"""Every role tries every action in every kind of room; `permissions.md` is what was found."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from lanchat.admin.people import set_administrator
from lanchat.core.storage.database import write_once
from tests.contract.permissions import in_rooms, outside
from tests.contract.permissions.acts import Act
from tests.contract.permissions.outside import Visit, visitor
from tests.contract.permissions.rules import (
    ADMINISTRATOR,
    BLOCKED,
    DIRECT,
    HOST_ADMINISTRATOR,
    KINDS,
    MEMBER,
    OK,
    OUTSIDE,
    VISITORS,
    roles_of,
)
from tests.contract.permissions.stage import Company, Scene, Stage
from tests.contract.permissions.table import acts_of, page, wrong
from tests.people import Person, people_at
from tests.server import LanChat

PAGE = Path(__file__).with_name("permissions.md")
METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    with LanChat(tmp_path_factory.mktemp("permissions"), "--limits", "off").start() as running:
        yield running
        running.end_well()


@pytest.fixture
async def company(host: LanChat) -> AsyncIterator[Company]:
    async with people_at(host.url) as people:
        company = Company(people)
        await company.gather()
        for role in (ADMINISTRATOR, OUTSIDE):
            await _make_administrator(host, company.by_role[role].name)
        picture = Act("PUT /api/auth/me/avatar", "", outside.rules.signed_in, sends_picture=True)
        assert await picture.outcome(Visit(company, MEMBER, company.by_role[MEMBER])) == OK
        yield company


async def _make_administrator(host: LanChat, name: str) -> None:
    await asyncio.to_thread(write_once, host.database, set_administrator, name, True)


async def test_everybody_may_do_what_the_contract_says_and_nothing_else(host: LanChat, company: Company) -> None:
    found: dict[tuple[str, Act, str], str] = {}
    acts = acts_of(in_rooms.SECTIONS)
    asked, emitted = ([act for act in acts if act.is_event == is_event] for is_event in (False, True))
    stages = {kind: await Stage(company, kind).set() for kind in KINDS}
    closed = await Stage(company, DIRECT, is_of_blocked=True).set()
    await asyncio.gather(*(_try(stages[kind], closed, asked, found) for kind in KINDS), _visit(host, company, found))
    await company.listen()
    await asyncio.gather(*(_try(stages[kind], closed, emitted, found) for kind in KINDS))
    assert not (cells := wrong(found)), "\n".join(map(str, cells))
    table = page(in_rooms.SECTIONS, outside.SECTIONS, found)
    if os.environ.get("UPDATE_PERMISSIONS"):
        PAGE.write_text(table, "utf-8")
    assert PAGE.read_text("utf-8") == table, "UPDATE_PERMISSIONS=1 writes it anew: see what became different"


async def _try(shared: Stage, closed: Stage, acts: list[Act], found: dict[tuple[str, Act, str], str]) -> None:
    company, kind = shared.company, shared.kind
    for act in acts:
        for role in roles_of(kind) if act.has_direct or kind != DIRECT else ():
            if kind == DIRECT:
                stage = closed if role == BLOCKED else shared
            else:
                alone = act.is_for_good and act.expected(role, kind) == OK
                stage = await Stage(company, kind, is_for_all=False).set() if alone else shared
            found[kind, act, role] = await act.outcome(Scene(stage, role))


async def _visit(host: LanChat, company: Company, found: dict[tuple[str, Act, str], str]) -> None:
    shared = {role: await _visitor(host, company, role) for role in VISITORS}
    for act in acts_of(outside.SECTIONS):
        for role in VISITORS:
            who = await _visitor(host, company, role) if act.is_for_good else shared[role]
            found["", act, role] = await act.outcome(Visit(company, role, who))


async def _visitor(host: LanChat, company: Company, role: str) -> Person:
    person = await visitor(company, role)
    if role == HOST_ADMINISTRATOR:
        await _make_administrator(host, person.name)
    return person


async def test_no_action_is_missing_from_the_table(company: Company) -> None:
    document = (await company.people.newcomer().get("/openapi.json")).expect(200)
    offered = {f"{m.upper()} {path}" for path, item in document["paths"].items() for m in item if m in METHODS}
    offered |= set(document["x-socketio-events"]["in"])
    assert {act.operation for act in acts_of(in_rooms.SECTIONS) + acts_of(outside.SECTIONS)} == offered
