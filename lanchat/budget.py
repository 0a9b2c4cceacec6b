"""Says what everything costs at most, by asking the code: `python -m lanchat.budget` writes it into SECURITY.md."""

import asyncio
import importlib
import pkgutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from quart import Quart

import lanchat
from lanchat.app import App
from lanchat.config import load
from lanchat.core.base.bounds import Bound
from lanchat.core.base.fair_turns import Apart, Brief, Share
from lanchat.core.delivery.sockets.packets import MAX_EVENT
from lanchat.core.edge.rest import rate_of, traits
from lanchat.core.storage.data_folder import prepare
from lanchat.features import FEATURES

BEGIN, END = "<!-- by python -m lanchat.budget -->", "<!-- end -->"
PAGE = Path(lanchat.__file__).parents[1] / "SECURITY.md"
# Not the server's: they run on the computer of whoever started them, for nobody else.
NOT_SERVED = {"__main__", "desktop", "cli", "migrations", "system"}
Declared = TypeVar("Declared")


class Route(NamedTuple):
    """`max_body` and `max_answer` in bytes; None where the route streams: the settings bound files."""

    path: str
    group: str
    rate: str
    max_body: int | None
    max_answer: int | None
    has_list: bool  # in its answer
    has_own_bound: bool  # of its answer


def routes(app: Quart) -> Iterator[Route]:
    """Of the app as it is served, pages and hidden ones among them."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        said = traits(view)
        group = rule.endpoint.partition(".")[0] if "." in rule.endpoint else "pages"
        has_list = said.answer is not None and '"array"' in str(said.answer.model_json_schema()).replace("'", '"')
        yield Route(
            rule.rule,
            group,
            rate_of(rule.rule, view).name,
            said.max_body,
            None if said.answers_with_file or said.answer is None else said.max_answer,
            has_list,
            said.max_answer != type(said)().max_answer,
        )


def declared(kind: type[Declared]) -> dict[str, Declared]:
    """What modules of the server declare of a kind, by module and name."""
    found: dict[str, Declared] = {}
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, kind) and value not in found.values():
                found[f"{module}.{name}"] = value
    return found


def modules() -> list[str]:
    names = [module.name for module in pkgutil.walk_packages(lanchat.__path__, "lanchat.")]
    return sorted(name for name in names if name.split(".")[1] not in NOT_SERVED and not name.endswith(".__main__"))


def table(app: Quart) -> str:
    lines = ["| what | bytes at most | number and work at most | whose |", "|---|---|---|---|"]
    lines += [*_routes(app), *_events(), *_shares()]
    lines += [f"| `{bound.name}` | | {bound.most} | {bound.whose} |" for bound in _by_name(declared(Bound))]
    for name, chore in sorted((name, chore) for feature in FEATURES for name, chore in feature.chores.items()):
        lines.append(f"| job: {name} | | {chore.bound} | the host |")
    for each in _by_name({**declared(Brief), **declared(Apart)}):
        lines.append(f"| thread: `{each.name}` | | {each.bound} | the host |")
    return "\n".join(lines)


def _routes(app: Quart) -> Iterator[str]:
    groups: dict[str, list[Route]] = defaultdict(list)
    for route in routes(app):
        groups[route.group].append(route)
    for group, members in sorted(groups.items()):
        bodies = [route.max_body for route in members]
        answers = [route.max_answer for route in members if route.max_answer is not None]
        taken = f"{max(body or 0 for body in bodies) >> 10} KB in{', or a file' if None in bodies else ''}"
        given = f"{max(answers) >> 10} KB out" if answers else "a file out"
        rates = ", ".join(f"`{rate}`" for rate in sorted({route.rate for route in members}))
        yield f"| {len(members)} routes: {group} | {taken}, {given} | {rates} | by that rate |"


def _events() -> Iterator[str]:
    for event in sorted((event for events in FEATURES.events for event in events.all), key=lambda event: event.name):
        given = f", {event.max_answer >> 10} KB out" if event.answers else ""
        yield f"| event: `{event.name}` | {MAX_EVENT >> 10} KB in{given} | `{event.rate.name}` | a user |"


def _shares() -> Iterator[str]:
    for share in _by_name(declared(Share)):
        there = f", {share.of_address} of an address" if share.of_address else ""
        number = f"{share.at_once} at once, {share.of_one} of one{there}, {share.waiting} waiting; in turn"
        yield f"| `{share.name}` | | {number} | {share.about} |"


def _by_name(found: dict[str, Declared]) -> list[Declared]:
    return sorted(found.values(), key=lambda each: getattr(each, "name"))  # noqa: B009, all have one


async def written(page: str) -> str:
    """The page with the table as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        app = App(prepare(load(data_dir=Path(folder), discovery=False)))
        await app.startup()
        try:
            now = table(app.quart)
        finally:
            await app.shutdown()
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{now}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    text = asyncio.run(written(PAGE.read_text("utf-8")))
    sys.stdout.write(text)
