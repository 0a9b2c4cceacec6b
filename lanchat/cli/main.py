"""The command line. Every command imports what it needs when it runs, so that help and version are instant."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from lanchat.cli import host_commands
from lanchat.cli.terminal import LANGUAGE, Refusal, refusing, say
from lanchat.core.base.build import this_build

Command = TypeVar("Command", bound=Callable[..., Any])


def host_options(command: Command) -> Command:
    """What `lanchat` and `lanchat serve` have in common; an option that isn't given is None, and settings decide."""
    options = (
        click.option("--host", help=say("host")),
        click.option("--port", type=click.IntRange(0, 65535), help=say("port")),
        click.option("--data-dir", type=click.Path(path_type=Path), help=say("data_dir")),
        click.option(
            "--no-discovery", "discovery", flag_value=False, type=bool, default=None, help=say("no_discovery")
        ),
        click.option("--limits", type=click.Choice(["on", "off"]), help=say("limits")),
        click.option("--debug", is_flag=True, default=None, help=say("debug")),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    invoke_without_command=True,
    help=say("about"),
    epilog=say("epilog"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(str(this_build()), "-V", "--version", message="LanChat %(version)s", help=say("version"))
@host_options
@click.pass_context
def cli(context: click.Context, **flags: object) -> None:
    if context.invoked_subcommand is None:
        _open(flags)


@cli.command("open", help=say("open"))
@host_options
@click.argument("address", required=False)
@click.pass_context
def open_(context: click.Context, address: str | None, **flags: object) -> None:
    _open(_all_flags(context, flags), address)


@cli.command(help=say("serve"))
@host_options
@click.pass_context
def serve(context: click.Context, **flags: object) -> None:
    _host(_all_flags(context, flags))


@cli.command(help=say("discover"))
@click.option("--seconds", type=click.FloatRange(0.5, 30), default=3.0, show_default=True, help=say("discover_seconds"))
@click.option("--json", "as_json", is_flag=True, help=say("as_json"))
@click.option("--data-dir", type=click.Path(path_type=Path), help=say("data_dir"))
def discover(seconds: float, as_json: bool, data_dir: Path | None) -> None:
    import asyncio
    import json

    from lanchat.config import load
    from lanchat.discovery.favourites import FAVOURITES, Favourites
    from lanchat.discovery.search import search

    with refusing():
        settings = load(data_dir=data_dir)
    hosts = asyncio.run(search(seconds, Favourites(settings.data_dir / FAVOURITES)))
    if as_json:
        click.echo(json.dumps([host.as_json() for host in hosts], ensure_ascii=False, indent=2))
        return
    for host in hosts:
        click.echo(say("discovered", name=host.name, online=host.online, url=host.urls[0]))
        if host.trust == "changed":
            click.echo(say("discovered_changed"))
    if not hosts:
        click.echo(say("discovered_nobody"))


@cli.command(help=say("doctor"))
@click.argument("place", required=False)
@click.option("--port", type=click.IntRange(1, 65535), help=say("port"))
@click.option("--no-discovery", "discovery", flag_value=False, type=bool, default=None, help=say("doctor_quiet"))
@click.option("--json", "as_json", is_flag=True, help=say("as_json"))
@click.option("--data-dir", type=click.Path(path_type=Path), help=say("data_dir"))
def doctor(place: str | None, port: int | None, discovery: bool | None, as_json: bool, data_dir: Path | None) -> None:
    import asyncio
    import json

    from lanchat.config import load
    from lanchat.diagnosis.examine import examine, examine_way_to
    from lanchat.diagnosis.host_side import HostSetup
    from lanchat.discovery.favourites import FAVOURITES, Favourites
    from lanchat.discovery.typed_address import read_address

    with refusing():
        settings = load(port=port, discovery=discovery, data_dir=data_dir)
        name, its_port = read_address(place) if place else ("", 0)
    favourites = Favourites(settings.data_dir / FAVOURITES)
    if place is None:
        here = HostSetup(
            settings.port, settings.data_dir, settings.disk_reserve_bytes, settings.host, settings.discovery
        )
        findings = asyncio.run(examine(here, favourites))
    else:
        findings = asyncio.run(examine_way_to(name, port or its_port, favourites, discovery=settings.discovery))
    if as_json:
        click.echo(json.dumps([finding.as_json(LANGUAGE) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding.trouble(LANGUAGE)}\n  → {finding.cure(LANGUAGE)}")
        if not findings:
            click.echo(say("doctor_healthy"))
    sys.exit(any(finding.is_problem for finding in findings))


@cli.command(help=say("seed"))
@click.option("--people", type=click.IntRange(1, 5000), default=300, show_default=True, help=say("seed_people"))
@click.option("--messages", type=click.IntRange(0), default=1_000_000, show_default=True, help=say("seed_messages"))
@click.option("--data-dir", type=click.Path(path_type=Path), required=True, help=say("data_dir"))
def seed(people: int, messages: int, data_dir: Path) -> None:
    from lanchat import seed as week
    from lanchat.accounts.errors import UsernameTaken
    from lanchat.core.storage.data_folder_lock import own

    with refusing(), own(data_dir=data_dir) as settings, click.progressbar(length=messages) as bar:
        try:
            week.seed(settings, people, messages, bar.update)
        except UsernameTaken:
            raise Refusal(say("seeded_before")) from None
    click.echo(say("seeded", password=week.PASSWORD))


def _all_flags(context: click.Context, flags: dict[str, object]) -> dict[str, object]:
    """Options may stand before the command, too."""
    before = context.parent.params if context.parent else {}
    return {**before, **{name: value for name, value in flags.items() if value is not None}}


def _open(flags: dict[str, object], address: str | None = None) -> None:
    from lanchat.run import windowed

    with refusing():
        windowed.run(flags, LANGUAGE, address)


def _host(flags: dict[str, object]) -> None:
    from lanchat.run import headless

    with refusing():
        headless.run(flags, LANGUAGE)


for command in host_commands.commands:
    cli.add_command(command)


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show a letter gets a question mark for it instead of a crash.
            stream.reconfigure(errors="replace")
    cli(prog_name="lanchat")
