"""`lanchat settings`: everything that can be set, its value, who chose it, and what it is for."""

import click

from lanchat.cli.options import host_options
from lanchat.cli.terminal import refusing, say

SECRET = "secret_key"  # noqa: S105, its name
SENTENCE = "setting"  # their place in the locales


@click.option("--json", "as_json", is_flag=True, help=say("as_json"))
@host_options
def settings(as_json: bool, **flags: object) -> None:
    import json

    from lanchat.config import explain

    with refusing():
        found = explain(**flags)
    rows = [(each.name, _shown(each.name, each.value), say(f"from.{each.source}", place=each.place)) for each in found]
    if as_json:
        keys = ("name", "value", "source", "about")
        items = [dict(zip(keys, (*row, say(f"{SENTENCE}.{row[0]}")), strict=True)) for row in rows]
        click.echo(json.dumps(items, ensure_ascii=False, indent=2))
        return
    for name, value, source in rows:
        click.echo(f"{click.style(name, bold=True)} = {value}  [{source}]\n    {say(f'{SENTENCE}.{name}')}")


def _shown(name: str, value: object) -> str:
    """As it is written in lanchat.toml, as far as people can read that."""
    if name == SECRET:
        return say("kept_secret") if str(value) else say("unset")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        value = ", ".join(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType], of names
    if isinstance(value, dict):
        value = ", ".join(f"{key}={count}" for key, count in value.items())  # pyright: ignore[reportUnknownVariableType]
    if name.endswith("_bytes") and isinstance(value, int):
        value = f"{value / (1 << 20):g} MB"
    return say("unset") if value is None or value == "" else str(value)
