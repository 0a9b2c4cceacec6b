"""Owns the hosts that somebody has used before: known again by their key, found again at their last address."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from lanchat.core.base.private_file import write_private
from lanchat.core.base.text_rules import are_alike

Trust = Literal["new", "known", "changed"]
MAX_FAVOURITES = 200
FAVOURITES = "favourites.json"  # in the data folder


class Favourite(BaseModel):
    """A host at the time of the last visit. Without HTTPS it has no key, and `fingerprint` is empty."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    fingerprint: str = ""
    addresses: tuple[str, ...] = ()
    port: int = Field(ge=1, le=65535)
    https_port: int | None = Field(default=None, ge=1, le=65535)
    visited_at: float = 0.0  # seconds since 1970


_FILE = TypeAdapter(list[Favourite])


class Favourites:
    """The list in a file of its own, newest visit first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._all = _read(path)

    def __iter__(self) -> Iterator[Favourite]:
        return iter(self._all)

    def remember(self, favourite: Favourite) -> None:
        """Add a host, or bring it up to date. Call it when a person opened the host, never on sight."""
        others = [other for other in self._all if not _is_same(other, favourite)]
        self._all = [favourite, *others][:MAX_FAVOURITES]
        self._save()

    def forget(self, host_id: str, fingerprint: str) -> None:
        self._all = [one for one in self._all if (one.id, one.fingerprint) != (host_id, fingerprint)]
        self._save()

    def judge(self, host_id: str, name: str, fingerprint: str) -> Trust:
        """`changed`: it calls itself like a host we know, but shows another key, or none any more.

        What a host says of its own key is a claim; `verify` of probe.py makes it prove it.
        """
        keyed = [one for one in self._all if one.fingerprint]
        if any(one.fingerprint == fingerprint for one in keyed):
            return "known"
        if any(host_id == one.id or are_alike(name, one.name) for one in keyed):
            return "changed"
        return "known" if any(host_id == one.id for one in self._all) else "new"

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_private(self._path, _FILE.dump_json(self._all, indent=1))


def _is_same(one: Favourite, other: Favourite) -> bool:
    if one.fingerprint and other.fingerprint:
        return one.fingerprint == other.fingerprint
    return one.id == other.id


def _read(path: Path) -> list[Favourite]:
    """A file that can't be read is put aside, not overwritten: it holds what somebody trusted."""
    try:
        return _FILE.validate_json(path.read_bytes())[:MAX_FAVOURITES]
    except FileNotFoundError:
        return []
    except ValidationError:
        path.replace(path.with_suffix(".damaged"))
        return []
