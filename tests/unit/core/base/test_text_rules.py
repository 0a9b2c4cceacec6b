"""What is seen and what isn't, and which names are the same."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lanchat.core.base.text_rules import (
    MAX_LINE,
    Line,
    are_alike,
    clear,
    hides_something,
    is_all_seen,
    name_key,
    skeleton,
)

LINE = TypeAdapter[str](Line)
FAMILY, HEART, KEYCAP = "👩\u200d👩\u200d👧", "❤\ufe0f", "1\ufe0f\u20e3"
NEEDED = [
    FAMILY,
    HEART,
    KEYCAP,
    "🧑🏽\u200d💻",
    "🏳\ufe0f\u200d🌈",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "می\u200cخواهم",
    "क\u094d\u200dष",
    "葛\U000e0100城",
    "ᠠ᠋",
]
HIDDEN = [
    "a\ufe0f",
    "👩\u200d",
    "\u200d👧",
    "👩\u200d\u200d👧",
    "x\u200cy",
    "a\u3164",
    "\u034fa",
    "a\u2800b",
    "a\u00adb",
    "क\u200c",
]


@pytest.mark.parametrize("text", NEEDED, ids=ascii)
def test_what_emoji_and_scripts_need_is_left_to_them_and_makes_no_other_name(text: str):
    assert LINE.validate_python(f"Our {text}") == f"Our {text}"
    assert clear(text) == text
    bare = "".join(char for char in text if is_all_seen(char))
    assert bare != text
    assert are_alike(text, bare)


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
def test_the_same_anywhere_else_is_refused(text: str):
    assert hides_something(text)
    with pytest.raises(ValidationError, match="invisible_characters"):
        LINE.validate_python(f"Room {text}")


@pytest.mark.parametrize(
    "nothing", ["\u3164", "\u115f", "\u2800", "\u200d", "\ufe0f", "\u034f", "\u0301", "\u2800 \u2800"], ids=ascii
)
def test_a_name_shows_something(nothing: str):
    for name in (nothing, nothing * 2):
        with pytest.raises(ValidationError, match="invisible_characters"):
            LINE.validate_python(name)


def test_all_that_unicode_calls_blank_or_filler_shows_nothing():
    """Its names tell what its properties don't. What fills gaps and lines, and symbols for blanks, are drawn."""
    for code in range(sys.maxunicode + 1):
        name = unicodedata.name(chr(code), "")
        is_drawn = name.endswith(("GAP FILLER", "LINE FILLER"))
        if name.endswith(("BLANK", "FILLER", "NULL NOTEHEAD")) and not is_drawn:
            assert not is_all_seen(chr(code)), name


@pytest.mark.parametrize(
    "twin",
    [
        "Class 4b\u3164",
        "Class 4b\ufe0f",
        "Class  4b",
        "Class\u00a04b",
        "Ｃlass 4b",
        "Сlass 4b",
        "CLАSS 4B",
        "Class\u28004b",
        "class 4b ",
    ],
    ids=ascii,
)
def test_what_people_would_take_for_the_name_is_the_name(twin: str):
    assert are_alike("Class 4b", twin)
    assert are_alike(twin, "Class 4b")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Class 4b", "Class 4d"), ("Group L", "Group 1"), ("Ali", "All"), ("René", "Rene"), ("大厅", "大门")],
)
def test_other_names_are_others(one: str, other: str):
    assert not are_alike(one, other)


@given(st.text(max_size=30))
def test_the_keys_of_a_name_are_their_own_keys(name: str):
    assert name_key(name_key(name)) == name_key(name)
    assert skeleton(clear(name)) == skeleton(name)
    assert are_alike(name, name)
    assert clear(clear(name)) == clear(name)
    assert not hides_something(clear(name))


def test_a_pile_of_marks_is_refused_unread():
    with pytest.raises(ValidationError, match="string_too_long"):
        LINE.validate_python("a" + "\u0301\u0323" * MAX_LINE)


def test_a_start_loads_no_table_of_names():
    """They take a tenth of a second, which the first name in other letters pays."""
    code = "import sys, lanchat.app; print([m for m in ('regex', 'confusable_homoglyphs') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
