"""Letters that stand for how Chinese is read."""

import pytest

from lanchat.search.matching import MAX_CUTS, MOST_LETTERS, Term, cuts, sound_spans


def test_the_fewest_syllables_come_first_and_every_way_is_there():
    assert cuts("xian")[:2] == [["xian"], ["xi", "an"]]
    assert ["xiao", "zhang"] in cuts("xiaozhang")[:2]
    assert cuts("shujuk")[0] == ["shu", "ju", "k"]
    assert cuts("v") == cuts("") == []


@pytest.mark.timeout(20)
def test_letters_that_could_be_cut_in_millions_of_ways_cost_no_more_than_others():
    longest = "ao" * (MOST_LETTERS // 2)
    assert len(cuts(longest)) == MAX_CUTS
    assert cuts(longest[:-1] + "v") == []
    assert list(sound_spans(longest[:-1] + "v", "奥" * 500)) == []
    assert not Term(longest + "a").is_sound


@pytest.mark.parametrize(
    ("letters", "read"),
    [
        ("sjk", "数据库"),
        ("shujuku", "数据库"),
        ("shuj", "数据"),
        ("zhongqing", "重庆"),
        ("cq", "重庆"),
        ("xian", "西安"),
    ],
)
def test_it_is_read_by_initials_or_syllables_with_each_of_two_readings(letters: str, read: str):
    folded = f"a{read}，"
    assert list(sound_spans(letters, folded)) == [(1, 1 + len(read))]
