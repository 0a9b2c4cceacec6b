"""Owns where options may stand: before or after a command, and never for nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from lanchat.cli.terminal import say

Command = TypeVar("Command", bound=Callable[..., Any])

data_dir = click.option("--data-dir", type=click.Path(path_type=Path), help=say("data_dir"))


def host_options(command: Command) -> Command:
    """What `lanchat` and `lanchat serve` have in common; an option that isn't given is None, and settings decide."""
    options = (
        click.option("--host", help=say("host")),
        click.option("--port", type=click.IntRange(0, 65535), help=say("port")),
        data_dir,
        click.option(
            "--no-discovery", "discovery", flag_value=False, type=bool, default=None, help=say("no_discovery")
        ),
        click.option("--limits", type=click.Choice(["on", "off"]), help=say("limits")),
        click.option("--debug", is_flag=True, default=None, help=say("debug")),
    )
    for option in reversed(options):
        command = option(command)
    return command


class Leaf(click.Command):
    """A command that takes its options from before its name as well, and refuses those that it has no use for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {parameter.name for parameter in self.params}
        before: dict[str, Any] = {}
        for name, option, value in _given_before(ctx):
            if name not in own:
                raise click.UsageError(say("misplaced", option=option, command=ctx.info_name), ctx)
            before[name] = value
        ctx.default_map = {**(ctx.default_map or {}), **before}
        return super().parse_args(ctx, args)


class Group(click.Group):
    command_class = Leaf
    group_class = type


def _given_before(ctx: click.Context) -> Iterator[tuple[str, str, Any]]:
    """Name, spelling and value of each, the outermost first."""
    if ctx.parent is None:
        return
    yield from _given_before(ctx.parent)
    for parameter in ctx.parent.command.params:
        name = parameter.name
        if name and ctx.parent.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            yield name, parameter.opts[0], ctx.parent.params[name]
