"""What people type for a host's address, and which pages are of one origin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.discovery.typed_address import origin_of, parse_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.168.1.5", ("192.168.1.5", 8000)),
        (" 192.168.1.5:9000 ", ("192.168.1.5", 9000)),
        ("http://LanChat.local:8000/rooms/3", ("lanchat.local", 8000)),
        ("lanchat://192.168.1.5:8000/", ("192.168.1.5", 8000)),
        ("lanchat.local.", ("lanchat.local", 8000)),
        ("fd00::5", ("fd00::5", 8000)),
        ("[fd00::5]:9000", ("fd00::5", 9000)),
    ],
)
def test_an_address_is_understood_as_people_write_it(text: str, expected: tuple[str, int]) -> None:
    assert parse_address(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "file:///etc/passwd",
        "javascript://x",
        "http://name:word@192.168.1.5",
        "192.168.1.5:99999",
        "two words",
        "-option",
        "http://",
        "[fd00::5",
        "a" * 400,
    ],
)
def test_what_is_no_address_of_a_host_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_address(text)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_value_error(text: str) -> None:
    try:
        name, port = parse_address(text)
    except ValueError:
        return
    assert name
    assert 0 <= port < 65536
    assert not set(name) & set("/@ \\?#")


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://192.168.1.5:8000/rooms/3?x#y", "http://192.168.1.5:8000"),
        ("http://HOST/", "http://host"),
        ("https://host:443/", "https://host"),
        ("blob:http://host:8000/0f", "http://host:8000"),
        ("http://name@host:8000/", "http://host:8000"),
        ("about:blank", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("javascript:alert(1)", None),
        ("http://host:x/", None),
    ],
)
def test_an_origin_has_one_spelling_and_only_web_pages_have_one(address: str, origin: str | None) -> None:
    assert origin_of(address) == origin
