"""Every refusal has one home, one code, and its sentence."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import lanchat
from lanchat.core.base.errors import ChatError
from lanchat.core.base.i18n import LANGUAGES, sentences

ROOT = Path(lanchat.__file__).parent
CORE = "lanchat.core.base.errors"


def all_modules() -> Iterator[str]:
    for path in ROOT.rglob("*.py"):
        if path.stem not in {"__init__", "__main__"}:
            yield ".".join(("lanchat", *path.relative_to(ROOT).with_suffix("").parts))


def refusals() -> list[type[ChatError]]:
    for module in all_modules():
        if module.endswith(".errors"):
            import_module(module)
    return list(descendants(ChatError))


def descendants(kind: type[ChatError]) -> Iterator[type[ChatError]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def test_a_refusal_is_written_in_the_errors_of_its_slice():
    import_module("lanchat.features")
    for refusal in refusals():
        assert refusal.__module__ == CORE or refusal.__module__.split(".")[2:] == ["errors"], refusal


def test_core_keeps_only_what_core_itself_raises():
    core = "\n".join(path.read_text() for path in (ROOT / "core").rglob("*.py") if path.name != "errors.py")
    for refusal in refusals():
        if refusal.__module__ == CORE:
            assert re.search(rf"\b{refusal.__name__}\b", core), refusal


def test_no_two_refusals_share_a_code():
    codes = [refusal.code for refusal in refusals()]
    assert len(codes) == len(set(codes))


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal():
    codes = {f"errors.{refusal.code}" for refusal in refusals()}
    for language in LANGUAGES:
        assert {key for key in sentences(language) if key.startswith("errors.")} == codes
