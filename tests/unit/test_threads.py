"""Work on threads says what bounds it, and nothing that users send is worked on where pages are handed out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import lanchat

ROOT = Path(lanchat.__file__).parent
# Where threads are given out. All others ask for a `Pool`, an `Apart` or, for what nobody's bytes prolong, a `Brief`.
OWNERS = {"core/base/fair_turns.py": {"to_thread", "run_in_executor"}, "core/storage/database.py": {"run_in_executor"}}
DEFAULT_POOL = {"to_thread"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def test_threads_are_given_out_in_one_place():
    used: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        names = {name for name, _ in calls(path)} & {"to_thread", "run_in_executor"}
        if names:
            used[str(path.relative_to(ROOT).as_posix())] = names
    assert used == OWNERS


def test_nobody_asks_for_the_threads_of_pages_by_their_other_name():
    for path in ROOT.rglob("*.py"):
        for name, call in calls(path):
            if name == "run_in_executor":
                assert not (isinstance(call.args[0], ast.Constant) and call.args[0].value is None), path


def test_no_file_of_a_user_is_worked_on_where_pages_are_handed_out():
    """Of files, only the size of one and the sweep of the hour."""
    named = {"LOOKING_UP", "SWEEPING"}
    for path in (ROOT / "files").rglob("*.py"):
        for name, call in calls(path):
            if name == "run" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
                owner = call.func.value.id
                assert owner in named | {"threads", "writing"}, (path, owner)
