"""No option is lost: over all commands and all options that may stand before them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from lanchat.cli import main

SAMPLES: dict[str, list[str]] = {
    "host": ["--host", "127.0.0.9"],
    "port": ["--port", "4711"],
    "data_dir": ["--data-dir", "somewhere"],
    "discovery": ["--no-discovery"],
    "limits": ["--limits", "off"],
    "debug": ["--debug"],
}
VALUES = {
    "host": "127.0.0.9",
    "port": 4711,
    "data_dir": Path("somewhere"),
    "discovery": False,
    "limits": "off",
    "debug": True,
}
ARGUMENTS: dict[str, list[str]] = {
    "backup": ["file"],
    "restore": [__file__],
    "import": [__file__],
    "create": ["anna"],
    "promote": ["anna"],
    "demote": ["anna"],
    "reset-password": ["anna"],
    "unlock": ["anna"],
}
NEEDED: dict[str, list[str]] = {"seed": ["--data-dir", "elsewhere"]}


def leaves(command: click.Command = main.cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from leaves(each, (*path, name))
    else:
        yield path, command


LEAVES = dict(leaves())
GROUP = [parameter.name for parameter in main.cli.params if parameter.name in SAMPLES]


def run(path: tuple[str, ...], before: list[str], behind: list[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the command is called with, or the result of a refusal."""
    got: list[dict[str, Any]] = []
    monkeypatch.setattr(LEAVES[path], "callback", lambda **given: got.append(given))
    arguments = [*before, *path, *behind, *ARGUMENTS.get(path[-1], [])]
    result = CliRunner().invoke(main.cli, arguments)
    return got[0] if got else result


def test_every_option_before_a_command_has_a_sample() -> None:
    plain = {parameter.name for parameter in main.cli.params} - {"version"}
    assert plain == set(SAMPLES)
    assert {("admin", "list"), ("restore",), ("serve",), ("settings",)} <= set(LEAVES)


@pytest.mark.parametrize("option", GROUP)
@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_an_option_before_a_command_is_honoured_or_refused(
    path: tuple[str, ...], option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = [] if option == "data_dir" else NEEDED.get(path[-1], [])
    got = run(path, SAMPLES[option], needed, monkeypatch)
    if option in {parameter.name for parameter in LEAVES[path].params}:
        assert got[option] == VALUES[option]
    else:
        assert got.exit_code == 2
        assert SAMPLES[option][0] in got.output
        assert path[-1] in got.output


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_takes_the_data_folder_before_and_behind_its_name(
    path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ["--data-dir", "here"]
    assert run(path, [], here, monkeypatch)["data_dir"] == Path("here")
    assert run(path, here, [], monkeypatch)["data_dir"] == Path("here")
    assert run(path, ["--data-dir", "there"], here, monkeypatch)["data_dir"] == Path("here")  # the nearer one


def test_a_group_takes_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    got = run(("admin", "list"), [], [], monkeypatch)
    assert got["data_dir"] is None
    result = CliRunner().invoke(main.cli, ["admin", "--data-dir", "here", "list"])
    assert result.exit_code == 0
