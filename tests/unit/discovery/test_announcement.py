import pytest
from hypothesis import given
from hypothesis import strategies as st
from zeroconf import service_type_name

from lanchat.discovery.announcement import (
    CHAT_TYPE,
    MAX_LABEL,
    TYPES,
    Announcement,
    cut,
    plain,
    read_announcement,
)

FULL = Announcement(
    id="0123456789abcdef",
    name="三年二班 Anna's",
    version="1.2.3",
    port=8000,
    https_port=8443,
    fingerprint="ab" * 32,
    rooms=3,
    online=27,
    run="00ff00ff",
)


def test_what_is_announced_is_read_again() -> None:
    assert read_announcement(FULL.properties(), FULL.port) == FULL


@given(name=st.text(max_size=200))
def test_any_name_makes_a_valid_service(name: str) -> None:
    announcement = Announcement(id="x", name=name, version="1", port=8000)
    for type_ in TYPES:
        service = announcement.service(type_, announcement.instance(), "lanchat.local.", ["192.168.1.5"])
        assert service_type_name(service.name) == type_
        label = service.name.removesuffix(f".{type_}")
        assert "." not in label
        assert len(f"{label}-99".encode()) <= MAX_LABEL


@given(name=st.text(max_size=400))
def test_no_property_is_longer_than_one_string_of_a_record_holds(name: str) -> None:
    properties = Announcement(id="x", name=name, version="1", port=8000).properties()
    assert all(len(f"{key}={value}".encode()) <= 230 for key, value in properties.items())


def test_a_long_chinese_name_is_cut_between_characters() -> None:
    name = "高级中学三年级二班的聊天室欢迎大家随时加入"
    instance = Announcement(id="x", name=name, version="1", port=8000).instance()
    assert name.startswith(instance)
    assert len(instance) == 19


@pytest.mark.parametrize(
    ("text", "limit", "expected"), [("abc", 2, "ab"), ("中文", 4, "中"), ("中文", 6, "中文"), ("", 3, ""), ("é", 1, "")]
)
def test_cutting_counts_bytes(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Office\u202egnp.exe"),
        ("name", "two\nlines\x1b[31m"),
        ("version", "1\x07"),
    ],
)
def test_what_strangers_announce_can_not_bend_the_line_it_is_shown_in(field: str, value: str) -> None:
    said = read_announcement(FULL.properties() | {field: value}, 8000)
    assert said is not None
    assert getattr(said, field) == plain(value)
    assert str(getattr(said, field)).isprintable()


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("fp", "zz" * 32, ""),
        ("fp", "AB" * 32, "ab" * 32),
        ("fp", "ab", ""),
        ("tls", "99999999", None),
        ("tls", "http", None),
        ("tls", "-1", None),
        ("rooms", "９", 0),
        ("online", "9999999", 10**6),
    ],
)
def test_nonsense_in_a_field_costs_that_field_only(field: str, value: str, expected: object) -> None:
    said = read_announcement(FULL.properties() | {field: value}, 8000)
    names = {"fp": "fingerprint", "tls": "https_port"}
    assert getattr(said, names.get(field, field)) == expected


@pytest.mark.parametrize(
    ("properties", "port"),
    [({}, 8000), ({"id": "a b"}, 8000), ({"id": "x" * 65}, 8000), ({"id": "x"}, 0), ({"id": None}, 8000)],
)
def test_records_of_other_programs_are_not_taken_for_hosts(properties: dict[str, str | None], port: int) -> None:
    assert read_announcement(properties, port) is None


@given(properties=st.dictionaries(st.sampled_from(["id", "name", "tls", "fp", "rooms"]), st.none() | st.text()))
def test_no_record_breaks_the_reader(properties: dict[str, str | None]) -> None:
    said = read_announcement(properties, 8000)
    assert said is None or (said.id.isascii() and said.name.strip())


def test_web_browsers_of_the_network_are_told_where_the_page_is() -> None:
    service = FULL.service("_http._tcp.local.", "x", "lanchat.local.", [])
    assert service.decoded_properties["path"] == "/"
    assert FULL.service(CHAT_TYPE, "x", "lanchat.local.", []).decoded_properties["fp"] == FULL.fingerprint
