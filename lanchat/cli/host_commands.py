"""`lanchat admin …`, `backup` and `restore`, for whoever sits at the host."""

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from lanchat.cli.options import Group, Leaf, data_dir
from lanchat.cli.terminal import refusing, say

Result = TypeVar("Result")
name = click.argument("name")


@click.group(cls=Group, help=say("admin.about"))
@data_dir
def admin(data_dir: Path | None) -> None:
    """Each command takes it from here."""


@admin.command(help=say("admin.create"))
@name
@click.option("--admin/--no-admin", "is_admin", default=False, help=say("admin.create_admin"))
@data_dir
def create(name: str, is_admin: bool, data_dir: Path | None) -> None:
    from lanchat.accounts.schemas.incoming import Registration
    from lanchat.admin import people
    from lanchat.core.base.refusals import parse
    from lanchat.features import FEATURES

    with refusing():
        password = _ask_password()
        form = parse(Registration, {"username": name, "password": password, "password2": password})
        _on_data(data_dir, people.create, FEATURES.fillings, form, _hashed(password), is_admin)
    click.echo(say("admin.created", name=form.username))


@admin.command(help=say("admin.promote"))
@name
@data_dir
def promote(name: str, data_dir: Path | None) -> None:
    from lanchat.admin import people

    with refusing():
        click.echo(say("admin.promoted", name=_on_data(data_dir, people.set_administrator, name, True)))


@admin.command(help=say("admin.demote"))
@name
@data_dir
def demote(name: str, data_dir: Path | None) -> None:
    from lanchat.admin import people

    with refusing():
        click.echo(say("admin.demoted", name=_on_data(data_dir, people.set_administrator, name, False)))


@admin.command("reset-password", help=say("admin.reset_password"))
@name
@click.option("--generate", is_flag=True, help=say("admin.generate"))
@data_dir
def reset_password(name: str, generate: bool, data_dir: Path | None) -> None:
    from lanchat.accounts.schemas.incoming import PasswordChange
    from lanchat.admin import people
    from lanchat.core.base.refusals import parse

    with refusing():
        password = secrets.token_urlsafe(9) if generate else _ask_password()
        parse(PasswordChange, {"current_password": "-", "password": password, "password2": password})
        found = _on_data(data_dir, people.reset_password, name, _hashed(password))
    click.echo(say("admin.password_generated" if generate else "admin.password_set", name=found, password=password))


@admin.command(help=say("admin.unlock"))
@name
@data_dir
def unlock(name: str, data_dir: Path | None) -> None:
    from lanchat.admin import people

    with refusing():
        click.echo(say("admin.unlocked", name=_on_data(data_dir, people.unlock, name)))


@admin.command("list", help=say("admin.list"))
@data_dir
def list_people(data_dir: Path | None) -> None:
    from lanchat.admin import people

    with refusing():
        for person in _on_data(data_dir, people.list_all):
            marks = [say("admin.is_admin")] * person.is_admin + [say("admin.is_banned")] * person.is_banned
            click.echo("\t".join([person.username, person.last_seen, ", ".join(marks)]))


@click.command(cls=Leaf, help=say("backup"))
@click.argument("file", type=click.Path(path_type=Path))
@data_dir
def backup(file: Path, data_dir: Path | None) -> None:
    from lanchat.backups.create import back_up, size_of
    from lanchat.core.storage.data_folder_lock import beside_the_server

    with refusing(), beside_the_server(is_made_current=False, data_dir=data_dir) as settings:
        size = size_of(settings)
        # Bytes are copied, packed and read again.
        with click.progressbar(length=3 * size, label=say("backing_up")) as bar:
            back_up(settings, file.absolute(), bar.update)
    click.echo(say("backed_up", path=file.absolute()))


@click.command(cls=Leaf, help=say("restore"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_dir
def restore(file: Path, data_dir: Path | None) -> None:
    from lanchat.backups import restore as restoring
    from lanchat.core.storage.data_folder_lock import own

    with refusing(), own(data_dir=data_dir) as settings:
        size = restoring.size_of(file)
        with click.progressbar(length=size, label=say("restoring")) as bar:
            missing = restoring.restore(settings, file.absolute(), bar.update)
    click.echo(say("restored", path=settings.data_dir))
    if missing is None:
        click.echo(say("restored_without_files"))
    elif missing:
        click.echo(say("restored_with_gaps", count=missing))


def _on_data(data_dir: Path | None, work: Callable[..., Result], *args: object) -> Result:
    from lanchat.core.storage.data_folder_lock import beside_the_server
    from lanchat.core.storage.database import write_once

    with beside_the_server(data_dir=data_dir) as settings:
        return write_once(settings.database_path, work, *args)


def _ask_password() -> str:
    """From the terminal, twice and unseen; from a pipe, its first line."""
    if sys.stdin.isatty():
        return click.prompt(say("admin.password"), hide_input=True, confirmation_prompt=True)
    return sys.stdin.readline().rstrip("\r\n")


def _hashed(password: str) -> str:
    from lanchat.core.security.passwords import hash_password

    return hash_password(password)


commands = (admin, backup, restore)
