"""Owns the question whether a host is who it was, which is asked before its page is opened."""

import asyncio
import socket
from dataclasses import dataclass

from lanchat.core.base.text_rules import are_alike
from lanchat.discovery.announcement import Announcement
from lanchat.discovery.favourites import Favourite, Favourites
from lanchat.discovery.host_query import ask, verify

NAME_TIME = 3.0  # s; some systems wait longer for a name that nobody has


@dataclass(frozen=True, slots=True)
class Visited:
    """A host that answered. `is_proven`: it holds the key that it shows."""

    name: str  # or address, as it is opened
    port: int
    said: Announcement
    is_proven: bool

    def is_suspect(self, favourites: Favourites) -> bool:
        """Whether it calls itself like a host we know and doesn't prove to be it. One without HTTPS never had a key."""
        trust = favourites.judge(self.said.id, self.said.name, self.said.fingerprint)
        if trust == "known" and self._was_proven(favourites):
            return not self.is_proven
        return trust == "changed"

    def known_key(self, favourites: Favourites) -> str:
        """The key of the host that it calls itself like."""
        keys = [one.fingerprint for one in self._namesakes(favourites) if one.fingerprint]
        return keys[0] if keys else self.said.fingerprint

    def remember(self, favourites: Favourites) -> None:
        """A person opened it. A key that it didn't prove is not remembered as its own."""
        said = self.said
        favourites.remember(
            Favourite(
                id=said.id,
                name=said.name,
                fingerprint=said.fingerprint if self.is_proven else "",
                addresses=(self.name,),
                port=self.port,
                https_port=said.https_port,
            )
        )

    def forget_namesakes(self, favourites: Favourites) -> None:
        """A person says that this one is right. Another host of the same name stays known, by its own key."""
        for one in self._namesakes(favourites):
            if one.id == self.said.id or not self.is_proven:
                favourites.forget(one.id, one.fingerprint)

    def _namesakes(self, favourites: Favourites) -> list[Favourite]:
        said = self.said
        return [one for one in favourites if one.id == said.id or are_alike(one.name, said.name)]

    def _was_proven(self, favourites: Favourites) -> bool:
        return any(one.fingerprint and one.fingerprint == self.said.fingerprint for one in favourites)


async def visit(name: str, port: int) -> Visited | None:
    """Ask the host there who it is, and have it prove its key; None where no LanChat answers.

    The proof is asked of the address, not of the name: whoever passes our words on to the true host has
    another one, for which that host's certificate doesn't stand.
    """
    for address in await _addresses(name, port):
        said = await ask(address, port)
        if said is not None:
            is_proven = bool(said.fingerprint) and await verify(address, port, said.https_port or 0, said.fingerprint)
            return Visited(name, port, said, is_proven)
    return None


async def _addresses(name: str, port: int) -> list[str]:
    try:
        async with asyncio.timeout(NAME_TIME):
            found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except OSError:  # TimeoutError is one
        return []
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
