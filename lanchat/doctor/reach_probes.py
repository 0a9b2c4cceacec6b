"""Owns the probes of our addresses: which of this host's addresses the browsers of other devices reach.

A host can't see its own firewall from inside, but whoever is connected can try from outside. The probe is a
WebSocket that is refused at once: its arrival is the answer, so no page of another origin learns anything by it.
"""

import asyncio
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lanchat.core.chat import Chat, Part
from lanchat.core.delivery.hub import Socket
from lanchat.core.server.asgi import Application, Receive, Scope, Send, headers_of
from lanchat.core.server.host_guard import read_name
from lanchat.core.server.proxies import is_loopback
from lanchat.doctor.schemas import TryAddresses

PATH = "/reach/"
PROBERS = 8  # as many people are asked, one device of each
PROBE_TIME = 4.0  # s; in a building the answer takes milliseconds

_chance = secrets.SystemRandom()


@dataclass
class Prober:
    """What arrived from one device: the places it reached, and the addresses it came from."""

    places: set[str] = field(default_factory=set[str])
    addresses: set[str] = field(default_factory=set[str])
    is_secure: bool = False  # it has the page over HTTPS


class Probes(Part, scope="cluster"):
    """The probes that are being waited for."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._open: dict[str, Prober] = {}
        self._arrival = asyncio.Event()

    async def gather(self, asker_id: int) -> list[Prober]:
        """Have devices, the asker's among them, try all our places; those of them that got through, ours left out."""
        places = places_of(self._chat)
        if not places:
            return []
        asked = {secrets.token_urlsafe(16): socket for socket in self._choose(asker_id)}
        probers = {code: Prober() for code in asked}
        self._open |= probers
        try:
            for code, socket in asked.items():
                self._ask(socket, code, places)
            async with asyncio.timeout(PROBE_TIME):
                while any(prober.places < places.keys() for prober in probers.values()):
                    self._arrival.clear()
                    await self._arrival.wait()
        except TimeoutError:
            pass  # what hasn't come by now is kept out
        finally:
            for code in probers:
                del self._open[code]
        return [prober for prober in probers.values() if prober.addresses and not self._is_here(prober)]

    def arrived(self, code: str, host: str, address: str, *, is_secure: bool) -> None:
        """A probe, by whichever Host header it named; anybody may have made it up."""
        prober = self._open.get(code)
        place = read_name(host)[0]
        if prober is not None and place in places_of(self._chat):
            prober.places.add(place)
            prober.addresses.add(address)
            prober.is_secure = is_secure
            self._arrival.set()

    def _choose(self, asker_id: int) -> list[Socket]:
        """The asker's own device first: perhaps it is the only one."""
        one_each = {socket.user_id: socket for socket in self._chat.hub.sockets()}
        own = [one_each.pop(asker_id)] if asker_id in one_each else []
        others = list(one_each.values())
        return own + _chance.sample(others, min(PROBERS - len(own), len(others)))

    def _ask(self, socket: Socket, code: str, places: Iterable[str]) -> None:
        host = self._chat.host
        request = TryAddresses(code=code, places=list(places), port=host.port, https_port=host.https_port)
        self._chat.hub.to_socket(socket.sid, "try_addresses", request)

    def _is_here(self, prober: Prober) -> bool:
        """On this very computer, where no firewall stands in between."""
        own = places_of(self._chat)
        return any(is_loopback(address) or address in own for address in prober.addresses)


class ProbeDoor:
    """Takes the probes in front of the gate, which would refuse them for their foreign origin unheard."""

    def __init__(self, chat: Chat, application: Application) -> None:
        self._application = application
        self._probes = chat.part(Probes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or not scope["path"].startswith(PATH):
            await self._application(scope, receive, send)
            return
        client = scope.get("client")
        if client is not None:
            code = scope["path"].removeprefix(PATH)
            host, is_secure = headers_of(scope).get("host", ""), scope.get("scheme") == "wss"
            self._probes.arrived(code, host, client[0], is_secure=is_secure)
        await send({"type": "websocket.close", "code": 1000})


def places_of(chat: Chat) -> dict[str, str]:
    """The name and the addresses that we give to others, each with its page; none while we keep quiet."""
    host = chat.host
    if not host.is_discoverable:
        return {}
    urls = [host.named_url, *host.urls] if host.named_url else host.urls
    return {urlsplit(url).hostname or "": url for url in urls}
