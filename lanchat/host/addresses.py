"""Owns how others get here: the addresses of this host's pages, each with its QR code."""

from collections.abc import Callable

from pydantic import ConfigDict

from lanchat.core.base.fair_turns import Brief
from lanchat.core.base.host_state import HostState
from lanchat.core.base.schemas import Payload
from lanchat.host import qr_code

DRAWING = Brief("qr_codes", "of this host's addresses with a path of our own making; those of the front page are kept")


class AddressPayload(Payload):
    """One address of a page."""

    model_config = ConfigDict(title="Address")

    url: str
    """Of the page, as people type it."""
    is_name: bool
    """Whether it is a name that people can remember, not a number."""
    qr: str
    """Its QR code as an SVG document; dark on transparent."""


async def front_doors(host: HostState) -> list[AddressPayload]:
    """The name first where there is one, then numbers, likeliest first; empty where nobody else can join."""
    return await DRAWING.run(_addresses, host, "", qr_code.kept_svg)


async def ways_to(host: HostState, path: str) -> list[AddressPayload]:
    """The same for a page that is meant for a few: its codes are not kept."""
    return await DRAWING.run(_addresses, host, path, qr_code.svg)


def _addresses(host: HostState, path: str, draw: Callable[[str], str]) -> list[AddressPayload]:
    named = [] if host.named_url is None else [(host.named_url, True)]
    numbered = [(url, False) for url in host.urls]
    return [
        AddressPayload(url=url + path, is_name=is_name, qr=draw(url + path)) for url, is_name in (*named, *numbered)
    ]
