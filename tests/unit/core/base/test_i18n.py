"""Which language somebody reads, and that both languages say the same things."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.core.base.i18n import LANGUAGES, negotiate, sentences, translate


@given(st.text())
def test_any_header_gets_a_language_that_we_have(header: str):
    assert negotiate(header) in LANGUAGES


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-CN"),
        ("", "zh-CN"),
        ("en", "en"),
        ("EN-us", "en"),
        ("zh-TW", "zh-CN"),
        ("de, en;q=0.3", "en"),
        ("en;q=0.3, zh;q=0.4", "zh-CN"),
        ("en;q=0, zh;q=0", "zh-CN"),
        ("en;q=nan", "zh-CN"),
        ("english", "zh-CN"),
    ],
)
def test_the_best_of_ours_wins(header: str | None, language: str):
    assert negotiate(header, "zh-CN") == language


def test_both_languages_have_the_same_sentences_with_the_same_gaps():
    gaps = [
        {key: sorted(re.findall(r"\{(\w+)\}", sentence)) for key, sentence in sentences(language).items()}
        for language in LANGUAGES
    ]
    assert gaps[0] == gaps[1]


def test_braces_in_what_a_user_wrote_are_only_text():
    sentence = translate("errors.room_name_taken", "en", {"name": "{name.__class__}{0}"})
    assert "{name.__class__}{0}" in sentence
