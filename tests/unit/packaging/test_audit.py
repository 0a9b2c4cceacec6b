"""`make audit` says that pinned releases are sound only when it has asked about every one of them."""

import importlib.util
import json

import pytest

from tests.server import ROOT

spec = importlib.util.spec_from_file_location("audit", ROOT / "packaging" / "audit.py")
assert spec is not None
assert spec.loader is not None
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)

SOUND = {"name": "h11", "version": "0.16.0", "vulns": []}
HOLED = {
    "name": "h11",
    "version": "0.14.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.16.0"], "aliases": ["CVE-2025-43859"], "description": "…"}],
}
UNKNOWN = {"name": "bcrypt", "skip_reason": "Dependency not found on PyPI and could not be audited: bcrypt (5.0.0)"}


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ([SOUND], 0, "None of the 1"),
        ([SOUND, HOLED], 1, "h11 0.14.0: PYSEC-1 (CVE-2025-43859), closed in: 0.16.0"),
        ([SOUND, UNKNOWN], 2, "1 of 2 releases could not be asked about: bcrypt"),
        ([HOLED, UNKNOWN], 1, "could not be asked about: bcrypt"),
        ([], 2, "Nothing was asked about"),
    ],
)
def test_only_what_was_asked_about_is_called_sound(asked: list[object], code: int, words: str) -> None:
    verdict = audit.judge(json.dumps({"dependencies": asked, "fixes": []}))
    assert verdict.code == code
    assert words in "\n".join(verdict.lines)


@pytest.mark.parametrize("answer", ["", "Traceback", "{}"])
def test_without_an_answer_nothing_is_called_sound(answer: str) -> None:
    assert audit.judge(answer).code == 2


def test_every_pinned_release_is_asked_about() -> None:
    """Read from uv.lock without any network."""
    listed = audit.pinned()
    assert ";" not in listed  # of other systems as well
    for name in ("aiohttp", "h11", "pillow", "pyinstaller", "python-engineio", "werkzeug"):
        assert f"\n{name}==" in f"\n{listed}"
    assert "lanchat" not in listed


def test_pip_audit_answers_in_the_shape_that_is_read_here() -> None:
    """Asked about nothing, it needs no network."""
    answer = json.loads(audit.ask(""))
    assert answer["dependencies"] == []
