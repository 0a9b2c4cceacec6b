"""How Chinese names are typed by their sound."""

import subprocess
import sys

import pytest

from lanchat.core.base.pinyin import MAX_READINGS, MAX_SPELLINGS, initials, readings, spellings


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三", "zs"),
        ("Anna 王小明", "awxm"),
        ("数据20组", "sj20z"),
        ("Élan 王", "ew"),
        ("女-儿", "ne"),
        ("Anna", None),
        ("たなか", None),
        ("😀 · !", None),
        ("", None),
    ],
)
def test_initials_are_of_each_character_and_of_each_word_beside_them(name: str, expected: str | None):
    assert initials(name) == expected


def test_readings_have_neither_tones_nor_dots():
    assert readings("女")[0] == "nv"
    assert readings("略") == ("lve",)
    assert readings("行") == ("xing", "hang")
    assert readings("a") == readings("ü") == ()
    assert len(readings("单")) == MAX_READINGS


def test_whoever_is_read_in_two_ways_is_found_by_both_and_no_name_by_endlessly_many():
    assert {"cy", "zy"} <= set(spellings("曾一"))
    assert len(spellings("曾单行" * 13)) == MAX_SPELLINGS


def test_latin_names_don_t_wait_for_the_table_and_nobody_for_the_phrases():
    script = """
import sys
from lanchat.core.base import pinyin
assert pinyin.initials("Anna") is None
assert pinyin._table.cache_info().currsize == 0
assert pinyin.initials("王") == "w"
assert "pypinyin" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
