"""Owns how others get here: the addresses of this host's pages, each with its QR code."""

import asyncio
import io
from collections.abc import Callable
from functools import lru_cache

import segno
from pydantic import ConfigDict

from lanchat.core.base.host_state import HostState
from lanchat.core.base.schemas import Payload


class AddressPayload(Payload):
    """One address of a page; `qr` is the SVG of its QR code, `is_name` that people can remember it."""

    model_config = ConfigDict(title="Address")

    url: str
    is_name: bool
    qr: str


async def front_doors(host: HostState) -> list[AddressPayload]:
    """The name first where there is one, then numbers, likeliest first; empty where nobody else can join."""
    return await asyncio.to_thread(_addresses, host, "", _drawn_before)


async def ways_to(host: HostState, path: str) -> list[AddressPayload]:
    """The same for a page that is meant for a few: its codes are not kept."""
    return await asyncio.to_thread(_addresses, host, path, _draw)


def _addresses(host: HostState, path: str, draw: Callable[[str], str]) -> list[AddressPayload]:
    named = [] if host.named_url is None else [(host.named_url, True)]
    numbered = [(url, False) for url in host.urls]
    return [
        AddressPayload(url=url + path, is_name=is_name, qr=draw(url + path)) for url, is_name in (*named, *numbered)
    ]


def _draw(url: str) -> str:
    """An SVG document; dark on transparent. Takes some milliseconds: never on the loop."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, omitsize=True, border=4)
    return drawn.getvalue().decode()


_drawn_before = lru_cache(maxsize=64)(_draw)
