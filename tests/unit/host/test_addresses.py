"""Where this host's pages are, as they are shown to whoever invites."""

from lanchat.core.base.host_state import HostState
from lanchat.host import qr_code
from lanchat.host.addresses import front_doors, ways_to

HOST = HostState(named_url="http://lanchat.local:8000", urls=("http://192.168.1.5:8000", "http://[fd77::1]:8000"))


async def test_the_name_comes_first_then_the_numbers_likeliest_first() -> None:
    doors = await front_doors(HOST)
    assert [(door.url, door.is_name) for door in doors] == [
        ("http://lanchat.local:8000", True),
        ("http://192.168.1.5:8000", False),
        ("http://[fd77::1]:8000", False),
    ]


async def test_a_page_has_the_same_addresses_and_its_own_codes() -> None:
    doors, ways = await front_doors(HOST), await ways_to(HOST, "/join#abc")
    assert [way.url for way in ways] == [f"{door.url}/join#abc" for door in doors]
    assert not {way.qr for way in ways} & {door.qr for door in doors}


async def test_a_code_is_an_image_that_a_page_can_show() -> None:
    (first, *_) = await front_doors(HOST)
    assert first.qr.startswith("<svg")
    assert "viewBox" in first.qr
    assert 'xmlns="http://www.w3.org/2000/svg"' in first.qr


async def test_a_host_for_its_own_computer_has_no_addresses_for_others() -> None:
    assert await front_doors(HostState()) == []


async def test_an_address_is_drawn_once_and_a_private_page_is_never_kept() -> None:
    await front_doors(HOST)
    kept = qr_code.kept_svg.cache_info()
    await front_doors(HOST)
    await ways_to(HOST, "/device#AAAA-BBBB")
    after = qr_code.kept_svg.cache_info()
    assert (after.currsize, after.misses) == (kept.currsize, kept.misses)
