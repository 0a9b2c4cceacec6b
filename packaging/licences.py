"""Collects the licences of everything that a packaged LanChat carries, Python's and the web client's."""

import json
import re
import sys
import sysconfig
from collections.abc import Iterator
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, cast

from packaging.requirements import Requirement

LICENCE_NAMES = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
IN_README = re.compile(r"^#+ *licen[cs]e\s*\n+(.{2,60})$", re.IGNORECASE | re.MULTILINE)
# Shipped with the API's pages, though the client itself doesn't import them.
SHIPPED_DEVELOPMENT_PACKAGES = {"swagger-ui-dist", "redoc"}
RULE = "=" * 78


class Carried(NamedTuple):
    name: str
    version: str
    licence: str
    texts: list[str]


def all_licences(root: Path) -> str:
    """One text. Raises LookupError for a package that names no licence at all."""
    carried = [python_itself(), *python_packages("lanchat"), *web_packages(root / "web")]
    for one in carried:
        if not one.licence and not one.texts:
            raise LookupError(f"{one.name} {one.version} names no licence")
    own = (root / "LICENSE").read_text("utf-8").strip()
    parts = [f"LanChat\n\n{own}\n\n{RULE}\n", "LanChat carries the following, each under its own licence.\n"]
    parts += [f"  {one.name} {one.version}: {one.licence or 'see below'}" for one in carried]
    for one in carried:
        parts += ["", RULE, f"{one.name} {one.version}", RULE, "", *(text.strip() for text in one.texts)]
    return "\n".join(parts) + "\n"


def python_itself() -> Carried:
    version = ".".join(map(str, sys.version_info[:3]))
    places = (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    texts = [place.read_text("utf-8") for place in places if place.exists()]
    return Carried("Python", version, "PSF-2.0", texts[:1])


def python_packages(root: str) -> Iterator[Carried]:
    """What `root` needs on this system with its window, by name; not what only builds or tests it."""
    names: set[str] = set()
    waiting = [(root, frozenset({"gtk"}))]
    while waiting:
        name, extras = waiting.pop()
        for text in metadata.requires(name) or []:
            requirement = Requirement(text)
            markers = [{"extra": extra} for extra in extras or {""}]
            if requirement.marker and not any(requirement.marker.evaluate(marker) for marker in markers):
                continue
            key = re.sub(r"[-_.]+", "-", requirement.name).lower()
            if key not in names or requirement.extras:
                names.add(key)
                waiting.append((requirement.name, frozenset(requirement.extras)))
    for name in sorted(names - {root}):
        yield _python_package(metadata.distribution(name))


def _python_package(distribution: metadata.Distribution) -> Carried:
    meta = cast(Message, distribution.metadata)
    texts = [
        file.read_text("utf-8", errors="replace")
        for file in map(Path, map(str, (path.locate() for path in distribution.files or [])))
        if ".dist-info" in str(file) and LICENCE_NAMES.search(file.name) and file.is_file()
    ]
    classifiers = [
        line.rpartition(" :: ")[2] for line in meta.get_all("Classifier") or [] if line.startswith("License")
    ]
    licence = meta.get("License-Expression") or ", ".join(classifiers) or (meta.get("License") or "").split("\n")[0]
    return Carried(meta["Name"], distribution.version, licence, texts)


def web_packages(web: Path) -> Iterator[Carried]:
    lock = json.loads((web / "package-lock.json").read_text("utf-8"))
    for path, package in sorted(lock["packages"].items()):
        name = path.rpartition("node_modules/")[2]
        is_shipped = not package.get("dev") or name in SHIPPED_DEVELOPMENT_PACKAGES
        folder = web / path
        if path and is_shipped and folder.is_dir():
            texts = [
                file.read_text("utf-8")
                for file in sorted(folder.iterdir())
                if LICENCE_NAMES.match(file.name) and file.is_file()
            ]
            licence = package.get("license") or _licence_in_readme(folder)
            yield Carried(name, package["version"], licence, texts)


def _licence_in_readme(folder: Path) -> str:
    """The line below its heading, where an old package names one nowhere else."""
    for file in folder.iterdir():
        if file.name.lower() == "readme.md" and (found := IN_README.search(file.read_text("utf-8"))):
            return found[1].strip()
    return ""
