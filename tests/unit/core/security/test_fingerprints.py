import pytest

from lanchat.core.base.i18n import LANGUAGES
from lanchat.core.security.fingerprints import in_groups, in_words

ALL_BYTES = bytes(range(256))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_byte_has_a_word_of_its_own(language: str) -> None:
    words = [word for at in range(0, 256, 8) for word in in_words(ALL_BYTES[at : at + 8].hex(), language).split()]
    assert len(set(words)) == 256


def test_a_fingerprint_is_eight_words_and_sixteen_groups() -> None:
    fingerprint = "00ff" * 16
    assert in_words(fingerprint, "en").split() == ["acorn", in_words("ff" * 8, "en").split()[0]] * 4
    assert in_words(fingerprint, "zh-CN").startswith("苹果 天线 ")
    assert in_groups(fingerprint) == " ".join(["00ff"] * 16)
