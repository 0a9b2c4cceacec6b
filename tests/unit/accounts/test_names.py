"""Which names can be, and which are the same."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lanchat.accounts.schemas import Registration, name_key

PASSWORD = "correct horse"


@given(st.text(max_size=25))
def test_a_name_that_is_accepted_has_only_what_can_be_seen(name: str):
    try:
        username = Registration(username=name, password=PASSWORD, password2=PASSWORD).username
    except ValidationError:
        return
    assert 2 <= len(username) <= 20
    assert not {unicodedata.category(char) for char in username} & {"Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp"}
    assert any(char.isalnum() for char in username)
    assert unicodedata.category(username[0])[0] != "M"


@given(st.text(max_size=25))
def test_a_name_and_its_capitals_are_the_same(name: str):
    assert name_key(name_key(name)) == name_key(name)
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(unicodedata.normalize("NFC", name))


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=2, max_size=20))
def test_letters_and_digits_of_any_script_make_a_name(name: str):
    normal = unicodedata.normalize("NFC", name)
    if not 2 <= len(normal) <= 20 or len(name_key(normal)) > 40 or normal.lower() in {"lanchat", "system"}:
        return
    assert Registration(username=name, password=PASSWORD, password2=PASSWORD).username == normal
