"""Which Hosts the gate lets in, row by row."""

from typing import Any

import pytest

from lanchat.core.server.host_guard import read_name

from .gatekeeping import ask


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8000",
        "LOCALHOST:8000",
        "localhost.:8000",
        "127.0.0.1:8000",
        "127.9.9.9:8000",
        "[::1]:8000",
        "192.168.1.5:8000",
        "10.8.0.2:8000",
        "[fd00::5]:8000",
        "[FD00:0:0::5]:8000",
        "[::ffff:192.168.1.5]:8000",
        "lanchat.local:8000",
        "LanChat.local.:8000",
        "chat.example:8000",
        "outside.example:443",
    ],
)
async def test_our_own_names_are_answered(host: str) -> None:
    assert (await ask({"host": host}))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8000",
        "evil.example",
        "",
        ":8000",
        "localhost",  # that is port 80
        "localhost:8001",
        "localhost:0",
        "localhost:80000",
        "localhost:8000:8000",
        "localhost:8000/x",
        "localhost..:8000",
        "localhost:8000, evil.example",
        "evil.example@localhost:8000",
        "localhost:8000@evil.example",
        "localhost:8000#evil.example",
        "localhost.evil.example:8000",
        "evil.example\\@localhost:8000",
        "lanchat.local.evil.example:8000",
        "outside.example:8000",
        "outside.example",
        "chat.example:443",
        "0.0.0.0:8000",
        "2130706433:8000",
        "127.1:8000",
        "192.168.1.6:8000",
        "192.168.1.5.nip.io:8000",
        "[fd00::6]:8000",
        "[::]:8000",
        "fd00::5:8000",
        " localhost:8000 x",
        "löcalhost:8000",
    ],
)
async def test_other_names_are_421(host: str) -> None:
    status, _, body = await ask({"host": host})
    assert status == 421
    assert body["error"]["code"] == "foreign_host"


async def test_without_a_host_nothing_is_answered() -> None:
    assert (await ask({}))[0] == 421


async def test_two_hosts_are_no_host() -> None:
    assert (await ask([("host", "localhost:8000"), ("host", "evil.example")]))[0] == 421
    assert (await ask([("host", "evil.example"), ("host", "localhost:8000")]))[0] == 421


async def test_an_address_that_is_new_is_ours_as_soon_as_somebody_reached_it() -> None:
    assert (await ask({"host": "172.16.3.4:8000"}))[0] == 421
    assert (await ask({"host": "172.16.3.4:8000"}, server=("172.16.3.4", 8000)))[0] == 200
    assert (await ask({"host": "172.16.3.4:8000"}, server=("::ffff:172.16.3.4", 8000)))[0] == 200


@pytest.mark.parametrize(
    ("scheme", "server", "host", "status"),
    [
        ("https", ("192.168.1.5", 8443), "192.168.1.5:8443", 200),
        ("https", ("192.168.1.5", 8443), "192.168.1.5:8000", 421),
        ("http", ("192.168.1.5", 8000), "192.168.1.5:8443", 421),
        ("https", ("192.168.1.5", 443), "lanchat.local", 200),
        ("http", ("192.168.1.5", 80), "lanchat.local", 200),
        ("http", ("192.168.1.5", 443), "lanchat.local", 421),
        ("wss", ("192.168.1.5", 443), "lanchat.local", 200),
    ],
)
async def test_the_port_is_the_one_that_was_reached(scheme: str, server: Any, host: str, status: int) -> None:
    assert (await ask({"host": host}, scheme=scheme, server=server))[0] == status


async def test_a_person_reads_the_refusal_as_a_page_in_their_language() -> None:
    headers = {"host": "<b>evil", "accept": "text/html,*/*;q=0.8", "accept-language": "zh-CN"}
    _, _, page = await ask(headers)
    assert "LanChat" in page
    assert "地址" in page
    assert "<b>" not in page


def test_names_are_read_in_one_spelling() -> None:
    assert read_name("A.b.:81") == ("a.b", 81)
    assert read_name("[FD00:0::5]") == ("fd00::5", None)
