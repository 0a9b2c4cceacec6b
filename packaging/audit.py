"""Asks PyPI which of the releases in uv.lock have known holes: `make audit`.

Exit code 0: none has. 1: some have. 2: not all could be asked about, so nothing is proven.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CLEAN, HOLES, UNKNOWN = 0, 1, 2


class Verdict(NamedTuple):
    code: int
    lines: list[str]


def pinned() -> str:
    """Everything that a developer or a package may run on any system, one `name==version` a line."""
    what = ["--frozen", "--all-groups", "--all-extras", "--no-emit-project"]
    command = [str(BIN / "uv"), "export", *what, "--no-hashes", "--no-annotate", "--no-header"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return "".join(f"{line.partition(';')[0].strip()}\n" for line in done.stdout.splitlines())


def ask(requirements: str) -> str:
    """What pip-audit answers, as JSON; empty where it reached nobody."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(requirements, "utf-8")
        command = [str(BIN / "pip-audit"), "--format=json", "--progress-spinner=off", "--no-deps", "--disable-pip"]
        return subprocess.run([*command, "-r", listed], capture_output=True, text=True, check=False).stdout


def judge(answer: str) -> Verdict:
    """pip-audit itself calls a list of releases that PyPI doesn't know free of holes."""
    try:
        asked: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return Verdict(UNKNOWN, ["PyPI could not be reached, so nothing is known of the pinned releases."])
    lines = [_describe(one, hole) for one in asked for hole in one.get("vulns", [])]
    unknown = [one["name"] for one in asked if "skip_reason" in one]
    if unknown:
        lines.append(f"{len(unknown)} of {len(asked)} releases could not be asked about: {', '.join(sorted(unknown))}")
    if any(one.get("vulns") for one in asked):
        return Verdict(HOLES, lines)
    if unknown or not asked:
        return Verdict(UNKNOWN, lines or ["Nothing was asked about."])
    return Verdict(CLEAN, [f"None of the {len(asked)} pinned releases has a hole that PyPI knows of."])


def _describe(one: dict[str, Any], hole: dict[str, Any]) -> str:
    cure = ", ".join(hole["fix_versions"]) or "none yet"
    return f"{one['name']} {one['version']}: {hole['id']} ({', '.join(hole['aliases'])}), closed in: {cure}"


if __name__ == "__main__":
    verdict = judge(ask(pinned()))
    print(*verdict.lines, sep="\n")
    sys.exit(verdict.code)
