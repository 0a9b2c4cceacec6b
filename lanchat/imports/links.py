"""Writes the links by which people take the accounts that came for them: one a person, good once and for 30 days."""

from functools import partial
from pathlib import Path

from lanchat.accounts.keyed_codes import digest_of_device
from lanchat.config import Settings
from lanchat.core.base.private_file import write_private
from lanchat.imports.job import Job
from lanchat.imports.storing import offer_links


def write_links(settings: Settings, job: Job, url: str, target: Path) -> int:
    """A CSV file that nobody else may read; returns how many links are in it. Those of an earlier run end."""
    digest = partial(digest_of_device, settings.secret_key.get_secret_value().encode())
    links = offer_links(settings.database_path, job, digest)
    lines = ["name,link", *(f"{name},{url}/device#{code}" for name, code in links)]
    write_private(target, ("\n".join(lines) + "\n").encode("utf-8-sig"))
    return len(links)
