import stat
from pathlib import Path

import pytest

from lanchat.discovery.favourites import MAX_FAVOURITES, Favourite, Favourites

OFFICE = Favourite(id="office", name="Office", fingerprint="aa" * 32, addresses=("192.168.1.5",), port=8000)


@pytest.fixture
def favourites(tmp_path: Path) -> Favourites:
    kept = Favourites(tmp_path / "hosts.json")
    kept.remember(OFFICE)
    return kept


def test_a_host_is_known_again_after_a_restart_by_its_key(favourites: Favourites, tmp_path: Path) -> None:
    again = Favourites(tmp_path / "hosts.json")
    assert list(again) == [OFFICE]
    assert again.judge("other-id", "Other name", OFFICE.fingerprint) == "known"


@pytest.mark.parametrize(("host_id", "name"), [("office", "Office"), ("office", "Else"), ("else", "OFFICE")])
@pytest.mark.parametrize("fingerprint", ["bb" * 32, ""])
def test_a_host_that_shows_another_key_or_none_is_changed(
    favourites: Favourites, host_id: str, name: str, fingerprint: str
) -> None:
    assert favourites.judge(host_id, name, fingerprint) == "changed"


@pytest.mark.parametrize(
    "twin",
    ["Office\ufe0f", "Office\u3164", " Office", "Ｏffice", "Оffice", "0ffice", "Off\u200bice", "OFFIСE"],
    ids=ascii,
)
def test_a_host_that_looks_like_one_we_know_is_changed(favourites: Favourites, twin: str) -> None:
    assert favourites.judge("evil", twin, "bb" * 32) == "changed"


def test_a_stranger_is_new(favourites: Favourites) -> None:
    assert favourites.judge("kitchen", "Kitchen", "cc" * 32) == "new"


def test_a_host_without_a_key_is_known_by_its_id_until_it_has_one(favourites: Favourites) -> None:
    favourites.remember(Favourite(id="plain", name="Plain", port=8000))
    assert favourites.judge("plain", "Plain", "") == "known"
    favourites.remember(Favourite(id="plain", name="Plain", port=8000, fingerprint="dd" * 32))
    assert favourites.judge("plain", "Plain", "") == "changed"
    assert len(list(favourites)) == 2


def test_a_visit_brings_a_host_up_to_date_and_to_the_front(favourites: Favourites) -> None:
    favourites.remember(Favourite(id="kitchen", name="Kitchen", fingerprint="cc" * 32, port=8000))
    moved = OFFICE.model_copy(update={"addresses": ("10.0.0.5",)})
    favourites.remember(moved)
    assert [one.id for one in favourites] == ["office", "kitchen"]
    assert next(iter(favourites)) == moved


def test_a_forgotten_host_is_new_again(favourites: Favourites) -> None:
    favourites.forget("office", OFFICE.fingerprint)
    assert favourites.judge("office", "Office", "bb" * 32) == "new"


def test_the_list_ends_somewhere(favourites: Favourites) -> None:
    for number in range(MAX_FAVOURITES + 5):
        favourites.remember(Favourite(id=f"host{number}", name="x", fingerprint=f"{number:064x}", port=8000))
    assert len(list(favourites)) == MAX_FAVOURITES


def test_where_somebody_goes_is_nobody_elses_business(favourites: Favourites, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "hosts.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "{}", '[{"id": 3}]', "\x00"])
def test_a_damaged_list_is_put_aside(tmp_path: Path, content: str) -> None:
    path = tmp_path / "hosts.json"
    path.write_text(content)
    assert list(Favourites(path)) == []
    assert (tmp_path / "hosts.damaged").read_text() == content
