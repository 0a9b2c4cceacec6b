"""Owns how LanChat speaks to whoever started it: in their language, and without traces."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import click

from lanchat.core.base.i18n import system_language, translate

LANGUAGE = system_language()


def say(key: str, **values: object) -> str:
    return translate(f"cli.{key}", LANGUAGE, values)


class Refusal(click.ClickException):
    """What stops LanChat from doing what was asked, in one line and without a trace."""

    def show(self, file: Any = None) -> None:
        click.echo(f"lanchat: {self.message}", err=file is None, file=file)


@contextmanager
def refusing() -> Generator[None]:
    """What the settings, the data folder or a rule of the chat forbid, in one line."""
    from lanchat.config import SettingsError
    from lanchat.core.base.errors import ChatError
    from lanchat.core.base.refusals import error_body

    try:
        yield
    except SettingsError as error:
        raise Refusal(translate(f"setup.{error.code}", LANGUAGE, error.details)) from None
    except ChatError as error:
        raise Refusal(error_body(error, LANGUAGE)["error"]["message"]) from None
