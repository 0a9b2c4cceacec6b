"""`lanchat import`: for whoever comes from Slack or Mattermost, and sits at the host."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lanchat.cli.options import Leaf, data_dir
from lanchat.cli.terminal import refusing, say

if TYPE_CHECKING:
    from lanchat.imports.job import Kind
    from lanchat.imports.report import Report


@click.command("import", cls=Leaf, help=say("import.about"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help=say("import.dry_run"))
@click.option("--from", "kind", type=click.Choice(["slack", "mattermost"]), help=say("import.from"))
@click.option("--links", type=click.Path(path_type=Path, dir_okay=False), help=say("import.links"))
@data_dir
def import_(file: Path, dry_run: bool, kind: "Kind | None", links: Path | None, data_dir: Path | None) -> None:
    from lanchat.core.storage.data_folder_lock import beside_the_server
    from lanchat.discovery.addresses import all_addresses, url, worth_telling
    from lanchat.imports.job import opened
    from lanchat.imports.links import write_links
    from lanchat.imports.storing import Storing

    with refusing(), beside_the_server(data_dir=data_dir) as settings, opened(settings, file.absolute(), kind) as job:
        click.echo(say("import.reading", kind=job.reader.kind.capitalize()), err=True)
        job.read(lambda _: None)
        storing = Storing(job)
        with click.progressbar(length=job.spool.count, label=say("import.storing")) as bar:
            (storing.look if dry_run else storing.store)(bar.update)
        _tell(job.report, is_dry=dry_run)
        if links is not None and not dry_run:
            addresses = worth_telling(all_addresses())
            here = url(addresses[0].ip if addresses else "127.0.0.1", settings.port)
            count = write_links(settings, job, here, links)
            click.echo(say("import.links_written", count=count, path=links))


def _tell(report: "Report", *, is_dry: bool) -> None:
    click.echo(say("import.would" if is_dry else "import.done"))
    counts = {
        "people": (report.people, report.known_people),
        "rooms": (report.rooms, report.known_rooms),
        "messages": (report.messages, report.known_messages),
    }
    for name, (new, known) in counts.items():
        click.echo(f"  {say(f'import.{name}', new=new, known=known)}")
    click.echo(f"  {say('import.files', new=report.files)}")
    lists = {
        "renamed": [f"{there} → {here}" for there, here in report.renamed],
        "renamed_rooms": [f"{there} → {here}" for there, here in report.renamed_rooms],
        "without_login": report.without_login,
        "deleted_rooms": report.deleted_rooms,
        "missing": report.missing,
        "emoji": [f":{name}: ×{count}" for name, count in report.emoji.most_common()],
    }
    for name, items in lists.items():
        _tell_list(name, items)
    for reason, count in sorted(report.skipped.items()):
        click.echo(f"  {say(f'import.skipped_{reason}', count=count)}")
    if report.empty:
        click.echo(f"  {say('import.empty', count=report.empty)}")


def _tell_list(name: str, items: list[str]) -> None:
    from lanchat.imports.report import LISTED

    if items:
        more = say("import.more", count=len(items) - LISTED) if len(items) > LISTED else ""
        click.echo(f"  {say(f'import.{name}', count=len(items))} {', '.join(items[:LISTED])}{more}")


commands = (import_,)
