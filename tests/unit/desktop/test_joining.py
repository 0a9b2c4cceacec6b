"""What the window turns to: joining, whom it trusts, and what is said when nobody answers."""

import asyncio
import socket
from contextlib import suppress
from typing import Self

import pytest
from quart import Quart

from lanchat.core.server.serve import Listener, bind, serve
from lanchat.desktop.errors import HostUnreachable
from lanchat.discovery.errors import AddressInvalid
from lanchat.discovery.favourites import Favourite
from tests.unit.desktop.scene import HOME, Scene


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "two words"])
async def test_what_is_no_address_is_refused(scene: Scene, address: str) -> None:
    with pytest.raises(AddressInvalid):
        await scene.desk.join([address])
    assert scene.shown == []


async def test_where_nobody_answers_nothing_is_opened(scene: Scene) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(HostUnreachable):
            await scene.desk.join([f"127.0.0.1:{silent.getsockname()[1]}"])
    assert (scene.shown, scene.memory.now.choice) == ([], None)


class Somebody:
    """A host on the network that says this of itself."""

    def __init__(self, said: dict[str, object]) -> None:
        self._quart = Quart("somebody", static_folder=None)
        self._sockets = bind("127.0.0.1", 0)
        self.port: int = self._sockets[0].getsockname()[1]
        self._stop = asyncio.Event()

        @self._quart.get("/api/info")
        async def info() -> dict[str, object]:
            return said

    async def __aenter__(self) -> Self:
        ready = asyncio.Event()
        self._task = asyncio.create_task(serve(self, [Listener(self._sockets)], self._stop, ready.set))
        await ready.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        with suppress(asyncio.CancelledError):
            await self._task

    async def startup(self) -> None: ...
    async def say_goodbye(self) -> None: ...
    async def shutdown(self) -> None: ...
    async def __call__(self, scope: object, receive: object, send: object) -> None:
        await self._quart(scope, receive, send)  # type: ignore[arg-type]


def info(key: str = "", name: str = "Workshop", identity: str = "abc") -> dict[str, object]:
    said: dict[str, object] = {"installation_id": identity, "name": name, "version": "1"}
    return {**said, "https_port": 1, "fingerprint": key} if key else said


def known(key: str, name: str = "Workshop", identity: str = "abc") -> Favourite:
    return Favourite(id=identity, name=name, fingerprint=key, addresses=("127.0.0.1",), port=8000)


async def test_a_host_is_opened_and_known_from_then_on(scene: Scene) -> None:
    async with Somebody(info()) as host:
        await scene.desk.join([f"127.0.0.1:{host.port}"])
    assert (scene.desk.phase, scene.shown) == ("joined", [f"http://127.0.0.1:{host.port}/"])
    assert [one.id for one in scene.favourites] == ["abc"]


async def test_a_host_is_opened_by_the_first_of_its_addresses_that_answers(scene: Scene) -> None:
    async with Somebody(info()) as host:
        await scene.desk.join([f"no-such-name.invalid:{host.port}", f"127.0.0.1:{host.port}"])
    assert scene.shown == [f"http://127.0.0.1:{host.port}/"]


async def test_a_stranger_whose_https_is_closed_is_opened_without_a_key(scene: Scene) -> None:
    async with Somebody(info(key="a" * 64)) as host:
        await scene.desk.join([f"127.0.0.1:{host.port}"])
    assert scene.desk.phase == "joined"
    assert [one.fingerprint for one in scene.favourites] == [""]


@pytest.mark.parametrize("shown", ["", "a" * 64, "b" * 64], ids=["no key", "the key without proof", "another key"])
@pytest.mark.parametrize("way", ["by hand", "at the launch"])
async def test_a_known_host_that_proves_nothing_is_not_opened(scene: Scene, shown: str, way: str) -> None:
    scene.favourites.remember(known("a" * 64))
    async with Somebody(info(key=shown)) as host:
        address = f"http://127.0.0.1:{host.port}"
        if way == "by hand":
            await scene.desk.join([address])
        else:
            scene.memory.keep(choice="join", joined=address)
            await scene.desk.begin(None)
    assert (scene.desk.phase, scene.shown) == ("suspect", [HOME])
    assert scene.desk.suspect is not None
    assert scene.desk.known_key() == "a" * 64
    assert [one.fingerprint for one in scene.favourites] == ["a" * 64]


async def test_a_host_set_up_anew_is_opened_once_a_person_says_so(scene: Scene) -> None:
    scene.favourites.remember(known("a" * 64))
    async with Somebody(info(key="b" * 64)) as host:
        address = f"127.0.0.1:{host.port}"
        await scene.desk.join([address])
        await scene.desk.trust()
        assert (scene.desk.phase, scene.shown[-1]) == ("joined", f"http://{address}/")
        assert [one.fingerprint for one in scene.favourites] == [""], "its key was never proven"
        await scene.desk.choose()
        await scene.desk.join([address])
        assert scene.desk.phase == "joined"


async def test_nothing_is_trusted_that_is_not_shown(scene: Scene) -> None:
    await scene.desk.trust()
    assert (scene.desk.phase, scene.shown) == ("choosing", [])


async def test_why_a_host_was_not_reached_is_asked_by_its_name_too(scene: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = [await scene.desk.why_not(f"{name}:{port}") for name in ("127.0.0.1", "http://localhost")]
    # Where this computer is in no network at all, that is what is in the way.
    assert {finding.code for findings in found for finding in findings} <= {"nothing_listens", "no_network"}
    assert all(found)
    with pytest.raises(AddressInvalid):
        await scene.desk.why_not("ftp://elsewhere")
