"""Which names can be, and which are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from lanchat.accounts.errors import NameTaken, UsernameTaken
from lanchat.accounts.models import User
from lanchat.accounts.schemas.incoming import Guest, Login, Registration
from lanchat.accounts.schemas.names import refuse_reserved
from lanchat.accounts.service.login import log_in
from lanchat.accounts.service.open_session import Device
from lanchat.accounts.service.registration import join_as_guest
from lanchat.core.base.errors import InvalidInput
from lanchat.core.base.text_rules import is_all_seen, name_key
from lanchat.profiles.schemas import ProfileChange, UsernameChange
from lanchat.profiles.service.change import change_profile
from lanchat.profiles.service.username import change_username
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
    if not 2 <= len(normal) <= 20 or len(name_key(normal)) > 40 or is_reserved(normal):
        return
    if not is_all_seen(normal):
        return  # of letters too there are some that show nothing
    assert Registration(username=name, password=PASSWORD, password2=PASSWORD).username == normal


def is_reserved(name: str) -> bool:
    try:
        refuse_reserved(name)
    except PydanticCustomError:
        return True
    return False


def test_only_what_passes_for_lanchat_itself_is_reserved():
    assert [name for name in ("lanchat", "System", "all", "a11", "所有人", "former_7") if not is_reserved(name)] == []
    free = ("anna", "alla", "a1", "ball", "all4", "b11", "张三", "所有", "systems", "informer_7", "formerly")
    assert [name for name in free if is_reserved(name)] == []


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


@pytest.mark.parametrize("name", ["all", "ALL", "ａｌｌ", "所有人", "全体成员", "everyone", "former_7"], ids=ascii)
def test_nobody_is_called_as_all_are_at_once_or_as_who_has_gone(name: str):
    with pytest.raises(ValidationError, match="username_reserved"):
        Registration(username=name, password=PASSWORD, password2=PASSWORD)


@pytest.mark.parametrize("name", ["admin", "Admin_1", "аdmin", "_ADMIN_", "administrator", "管理员", "root"], ids=ascii)
async def test_no_guest_goes_by_the_name_of_who_keeps_order(house: House, name: str):
    with pytest.raises(ValidationError, match="username_reserved"):
        Guest(username=name)
    Registration(username=name, password=PASSWORD, password2=PASSWORD)  # an account is whoever the host says
    guest = await join_as_guest(house.chat, Guest(username="gus"), Device("127.0.0.1", ""))
    with pytest.raises(InvalidInput):
        await change_username(house.chat, guest[0].id, UsernameChange(username=name), "127.0.0.1")


async def test_only_administrators_are_shown_as_such(house: House):
    ann = await house.person("ann")
    for name in ("Admin", "A d m i n", "系统 管理员"):
        with pytest.raises(InvalidInput):
            await change_profile(house.chat, ann.id, ProfileChange(display_name=name))
    with pytest.raises(ValidationError, match="username_reserved"):
        ProfileChange(display_name="Lan Chat")
    await house.chat.db.write(User.set_administrator, ann.id, True)
    assert (await change_profile(house.chat, ann.id, ProfileChange(display_name="Admin"))).display_name == "Admin"


async def test_blanks_tell_no_two_names_apart(house: House):
    ann, bob, annb = await house.person("ann"), await house.person("bob"), await house.person("annbell")
    await change_profile(house.chat, ann.id, ProfileChange(display_name="Mary Lou Smith"))
    for name in ("MaryLou Smith", "mary lousmith", "Ann Bell", "M a r y L o u S m i t h", "Mary\u3000Lou Smith"):
        with pytest.raises(NameTaken):
            await change_profile(house.chat, bob.id, ProfileChange(display_name=name))
    with pytest.raises(UsernameTaken):
        await house.person("MaryLouSmith")
    await change_profile(house.chat, annb.id, ProfileChange(display_name="Ann Bell"))  # one's own
    await change_profile(house.chat, bob.id, ProfileChange(display_name="Mary Lou Smythe"))
