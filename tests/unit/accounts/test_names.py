"""Which names can be, and which are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lanchat.accounts.errors import UsernameTaken
from lanchat.accounts.schemas import Guest, Login, Registration
from lanchat.accounts.service.login import log_in
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.base.text_rules import is_all_seen, name_key
from tests.unit.recording import House

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
    assert is_all_seen(username)
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
    if not is_all_seen(normal):
        return  # of letters too there are some that show nothing
    assert Registration(username=name, password=PASSWORD, password2=PASSWORD).username == normal


NOTHING = [
    "\ufe0f",
    "\u3164",
    "\uffa0",
    "\u115f",
    "\u034f",
    "\u17b4",
    "\u180b",
    "\u2800",
    "\u200d",
    "\u00ad",
    "\U000e0101",
]


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_what_shows_nothing_is_in_no_name(nothing: str):
    for name in (f"Alice{nothing}", f"Al{nothing}ice", nothing * 2):
        with pytest.raises(ValidationError, match="invisible_characters"):
            Registration(username=name, password=PASSWORD, password2=PASSWORD)


@pytest.mark.parametrize("name", ["ALICE", "Ａlice", "Alісe", "Аlice", "АLICE", "аlісе", "A1ice", "AIice"], ids=ascii)
async def test_nobody_stands_beside_another_under_a_name_that_looks_the_same(house: House, name: str):
    await house.person("Alice")
    with pytest.raises(UsernameTaken):
        await house.person(name)
    with pytest.raises(UsernameTaken):
        await join_as_guest(house.chat, Guest(username=name), Device("127.0.0.1", ""))


async def test_names_that_merely_resemble_each_other_stand_side_by_side(house: House):
    for name in ("Ali", "All_", "Al", "Rene", "René", "user2", "user3", "groupL", "group1", "王小明", "王晓明"):
        await house.person(name)


async def test_a_guest_whose_time_is_over_leaves_a_name_that_looks_the_same(house: House):
    gone = await join_as_guest(house.chat, Guest(username="Illa"), Device("127.0.0.1", ""))
    await house.sql("UPDATE session SET expires_at = '2020' WHERE user_id = ?", gone[0].id)
    assert (await house.person("lIIa")).username == "lIIa"
    assert await house.sql("SELECT username FROM account WHERE id = ?", gone[0].id) == [("Illa_1",)]


@pytest.mark.parametrize("name", ["LаnChat", "sуstem", "LANCHAT", "Iancha1"], ids=ascii)
def test_nobody_is_called_like_the_host_itself(name: str):
    if name == "Iancha1":
        Registration(username=name, password=PASSWORD, password2=PASSWORD)  # resembles it, and is another
        return
    with pytest.raises(ValidationError, match="username_reserved"):
        Registration(username=name, password=PASSWORD, password2=PASSWORD)


async def test_whoever_bore_a_name_before_it_was_another_s_still_comes_in_by_it(house: House):
    """As the migration leaves them: the one that was first has the key."""
    older, younger = await house.person("Alice"), await house.person("other")
    await house.sql(
        "UPDATE account SET username = ?, username_key = ?, username_skeleton = NULL WHERE id = ?",
        "Alice\ufe0f",
        "alice\ufe0f",
        younger.id,
    )
    for typed, who in (("Alice", older), ("ALICE", older), ("Alice\ufe0f", younger), ("ＡLICE\ufe0f", younger)):
        opened = await log_in(house.chat, Login(username=typed, password=PASSWORD), Device("127.0.0.1", ""))
        assert opened.payload.user.id == who.id
