"""What is indexed of a text, and that the short ways to it come to the same."""

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from lanchat.core.base.pinyin import readings
from lanchat.search.folding import Kind, fold, is_han, kind
from lanchat.search.tokens import room_token, sounds, tokens, wanted

TEXTS = st.text(alphabet=st.characters(codec="utf-8", max_codepoint=0x2FFFF), max_size=40) | st.text(
    alphabet="aZ9 _-+$`\né数据库行ーかДж한", max_size=40
)


def test_words_pairs_and_signs_each_once():
    expected = ["zzr7", "the", "grosse", "数据", "据库", "库", "c", "zzx00002b"]
    assert tokens(7, "The the Größe 数据库 C++") == expected


@given(TEXTS)
def test_everything_in_a_text_that_could_be_looked_for_is_indexed(text: str):
    indexed = set(tokens(1, text))
    assert room_token(1) in indexed
    for of, chars in groupby(fold(text), kind):
        piece = "".join(chars)
        if of is Kind.BETWEEN:
            continue
        for each in wanted(piece):
            assert each.token in indexed or (each.is_prefix and any(one.startswith(each.token) for one in indexed))


@given(TEXTS)
def test_every_two_characters_that_are_read_are_indexed_by_each_of_their_readings(text: str):
    indexed = set(sounds(text))
    for one, other in pairwise(fold(text)):
        if is_han(one) and is_han(other):
            assert {f"{a}0{b}" for a in readings(one) for b in readings(other)} <= indexed
