"""The command line. Every command imports what it needs when it runs, so that help and version are instant."""

import io
import sys
from pathlib import Path

import click

from lanchat.cli import host_commands, import_command
from lanchat.cli.options import Group, Leaf, data_dir, host_options
from lanchat.cli.settings_command import SENTENCE, settings
from lanchat.cli.terminal import LANGUAGE, Refusal, refusing, say
from lanchat.core.base.build import this_build
from lanchat.core.base.i18n import sentences


def _all_settings() -> str:
    """Their names and sentences; from the locales, because loading the settings themselves takes its time."""
    prefix = f"cli.{SENTENCE}."
    found = [(key.removeprefix(prefix), text) for key, text in sentences(LANGUAGE).items() if key.startswith(prefix)]
    width = max(len(name) for name, _ in found)
    return "\n".join([say("serve_settings"), "", "\b", *(f"{name:{width}}  {text}" for name, text in found)])


@click.group(
    cls=Group,
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
def open_(address: str | None, **flags: object) -> None:
    _open(flags, address)


@cli.command(help=say("serve"), epilog=_all_settings())
@host_options
def serve(**flags: object) -> None:
    _host(flags)


@cli.command(help=say("discover"))
@click.option("--seconds", type=click.FloatRange(0.5, 30), default=3.0, show_default=True, help=say("discover_seconds"))
@click.option("--json", "as_json", is_flag=True, help=say("as_json"))
@data_dir
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
@data_dir
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


def _open(flags: dict[str, object], address: str | None = None) -> None:
    from lanchat.run import windowed

    with refusing():
        windowed.run(flags, LANGUAGE, address)


def _host(flags: dict[str, object]) -> None:
    from lanchat.run import headless

    with refusing():
        headless.run(flags, LANGUAGE)


cli.command("settings", cls=Leaf, help=say("settings"))(settings)
for command in (*host_commands.commands, *import_command.commands):
    cli.add_command(command)


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show a letter gets a question mark for it instead of a crash.
            stream.reconfigure(errors="replace")
    cli(prog_name="lanchat")
