"""Nothing is without a bound: routes, events, answers, pools and queues of the code as it is, each by its name."""

import ast
import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import lanchat
from lanchat import budget
from lanchat.app import App
from lanchat.config import load
from lanchat.core.base.bounds import Bound
from lanchat.core.base.fair_turns import Apart, Brief, Share
from lanchat.core.storage.data_folder import prepare
from lanchat.features import FEATURES

ROOT = Path(lanchat.__file__).parent
# What holds something back for later, or works beside the loop.
KEEPS = {"ThreadPoolExecutor", "Thread", "Queue", "SimpleQueue", "LifoQueue", "PriorityQueue", "deque", "Semaphore"}
BOUND_BY_ITSELF = {"lanchat.core.base.fair_turns"}  # gives out what others declare


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    app = App(prepare(load(data_dir=tmp_path, discovery=False)))
    await app.startup()
    yield app
    await app.shutdown()


async def test_every_route_has_a_rate_and_bounds_of_what_goes_in_and_out(app: App):
    rates = {rate.name for rate in FEATURES.rates}
    found = list(budget.routes(app.quart))
    assert len(found) > 50
    assert [route.path for route in found if route.rate not in rates] == []
    uploads = {"/api/upload/", "/api/upload/resumable/<name>"}
    assert [route.path for route in found if route.max_body is None and route.path not in uploads] == []
    assert [route.path for route in found if route.has_list and not route.has_own_bound] == []


def test_every_event_has_a_rate():
    rates = {rate.name for rate in FEATURES.rates}
    events = [event for events in FEATURES.events for event in events.all]
    assert len(events) >= 8
    assert [event.name for event in events if event.rate.name not in rates] == []


def test_every_chore_says_how_much_it_does():
    assert [name for feature in FEATURES for name, chore in feature.chores.items() if not chore.bound] == []


def keepers(module: str) -> list[str]:
    """What a module makes that keeps something, but for what has a `maxlen`; and classes of its own that do."""
    path = ROOT.joinpath(*module.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found = list[str]()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and not any(keyword.arg == "maxlen" for keyword in node.keywords):
            found += [name] if (name := _name(node.func)) in KEEPS else []
        elif isinstance(node, ast.ClassDef):
            found += [name for base in node.bases if (name := _name(base)) in KEEPS]
    return found


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_every_queue_and_thread_of_the_server_has_a_bound_beside_it():
    own = {kind: {name.rpartition(".")[0] for name in budget.declared(kind)} for kind in (Bound, Share, Brief, Apart)}
    with_bound = set().union(*own.values())
    missing = {
        module: names
        for module in budget.modules()
        if module not in with_bound | BOUND_BY_ITSELF and (names := keepers(module))
    }
    assert missing == {}


async def test_security_md_shows_what_the_code_says(app: App):
    text = budget.PAGE.read_text("utf-8")
    shown = text.partition(budget.BEGIN)[2].partition(budget.END)[0].strip()
    assert shown == await asyncio.to_thread(budget.table, app.quart), "run: python -m lanchat.budget > SECURITY.md.new"
