"""What the window turns to: hosting, joining, and what is shown when either fails."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
from quart import Quart
from structlog.contextvars import bound_contextvars, get_contextvars

from lanchat.config import Settings, SettingsError, load
from lanchat.core.serve import Listener, bind, serve
from lanchat.desktop.address import AddressInvalid
from lanchat.desktop.desk import Desk, HostUnreachable
from lanchat.desktop.memory import Memory
from lanchat.discovery.favourites import Favourite, Favourites

HOME = "http://127.0.0.1:1/#token"


class Shown(list[str]):
    """A window that writes down what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.fronts = 0
        self.moved_from: int | None = None
        self.has_turned = asyncio.Event()

    def show(self, address: str, moved_from: int | None = None) -> None:
        self.append(address)
        self.moved_from = moved_from
        self.has_turned.set()

    def come_forward(self) -> None:
        self.fronts += 1

    def close(self) -> None:
        raise AssertionError


class Host:
    """A server that obeys: it refuses, runs, and falls over as it is told."""

    def __init__(self) -> None:
        self.refusal: Exception | None = None
        self.entrance = "/"
        self.fall = asyncio.Event()
        self.ports: list[int] = []
        self.ends = 0
        self.context: dict[str, object] = {}

    async def __call__(
        self, settings: Settings, sockets: list[socket.socket], stop: asyncio.Event, when_ready: Callable[[str], None]
    ) -> None:
        try:
            if self.refusal is not None:
                raise self.refusal
            self.context = get_contextvars()
            self.ports.append(sockets[0].getsockname()[1])
            when_ready(self.entrance)
            falling = asyncio.create_task(self.fall.wait())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({falling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            falling.cancel()
            stopping.cancel()
            if self.fall.is_set():
                raise RuntimeError("fell over")
        finally:
            self.ends += 1
            for each in sockets:
                each.close()


class Scene:
    def __init__(self, folder: Path) -> None:
        self.host = Host()
        self.shown = Shown()
        self.memory = Memory(folder)
        self.favourites = Favourites(folder / "hosts.json")
        settings = load(data_dir=folder, host="127.0.0.1", discovery=False)
        self.desk = Desk(settings, self.memory, self.favourites, self.host)
        self.desk.screen, self.desk.home = self.shown, HOME


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    await scene.desk.close()


async def test_the_first_time_the_first_screen_asks(scene: Scene) -> None:
    await scene.desk.begin(None)
    assert (scene.desk.phase, scene.shown) == ("choosing", [HOME])


async def test_hosting_is_opened_and_remembered(scene: Scene, tmp_path: Path) -> None:
    await scene.desk.host()
    [port] = scene.host.ports
    assert (scene.desk.phase, scene.shown) == ("hosting", [f"http://127.0.0.1:{port}/"])

    again = Scene(tmp_path)
    await again.desk.begin(None)
    assert again.desk.phase == "hosting"
    await again.desk.close()


async def test_the_host_s_own_window_opens_where_the_server_says(scene: Scene) -> None:
    scene.host.entrance = "/#claim=ABCD-EFGH"
    await scene.desk.host()
    [port] = scene.host.ports
    assert scene.shown == [f"http://127.0.0.1:{port}/#claim=ABCD-EFGH"]


async def test_hosting_outlives_the_request_that_asked_for_it(scene: Scene) -> None:
    with bound_contextvars(request_id="the first screen's"):
        await scene.desk.host()
    assert scene.host.context == {}


async def test_two_clicks_host_once(scene: Scene) -> None:
    await asyncio.gather(scene.desk.host(), scene.desk.host())
    assert len(scene.host.ports) == 1


async def test_what_prevents_hosting_is_shown_and_tried_again(scene: Scene) -> None:
    scene.host.refusal = SettingsError("damaged_database", path="x")
    await scene.desk.host()
    assert scene.desk.phase == "failed"
    assert scene.desk.failure is not None
    assert scene.desk.failure.key == "setup.damaged_database"
    assert scene.shown == [HOME]

    scene.host.refusal = None
    await scene.desk.retry()
    assert scene.desk.phase == "hosting"


async def test_a_server_that_falls_over_is_shown_and_tried_again(scene: Scene) -> None:
    await scene.desk.host()
    scene.shown.has_turned.clear()
    scene.host.fall.set()
    await asyncio.wait_for(scene.shown.has_turned.wait(), 10)
    assert scene.desk.phase == "failed"
    assert scene.shown[-1] == HOME
    assert scene.desk.failure is not None
    assert scene.desk.failure.values["path"]

    scene.host.fall.clear()
    await scene.desk.retry()
    assert scene.desk.phase == "hosting"


async def test_leaving_ends_hosting(scene: Scene) -> None:
    await scene.desk.host()
    await scene.desk.choose()
    assert (scene.host.ends, scene.desk.phase) == (1, "choosing")


async def test_a_link_is_proposed_but_never_ends_hosting(scene: Scene) -> None:
    await scene.desk.propose("lanchat://192.0.2.7/")
    assert (scene.desk.phase, scene.desk.link, scene.shown.fronts) == ("choosing", "lanchat://192.0.2.7/", 1)
    await scene.desk.host()
    await scene.desk.propose("lanchat://192.0.2.7/")
    assert (scene.desk.phase, scene.host.ends, scene.shown.fronts) == ("hosting", 0, 2)


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


async def test_a_taken_port_is_said_once(scene: Scene, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        wanted = other.getsockname()[1]
        scene.memory.keep(port=wanted)
        await scene.desk.host()
        assert scene.shown.moved_from == wanted
        await scene.desk.choose()
        await scene.desk.host()
        assert scene.shown.moved_from is None, "guests know the new one by now"


async def test_why_a_host_was_not_reached_is_asked_by_its_name_too(scene: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = [await scene.desk.why_not(f"{name}:{port}") for name in ("127.0.0.1", "http://localhost")]
    # Where this computer is in no network at all, that is what is in the way.
    assert {finding.code for findings in found for finding in findings} <= {"nothing_listens", "no_network"}
    assert all(found)
    with pytest.raises(AddressInvalid):
        await scene.desk.why_not("ftp://elsewhere")


async def test_only_a_host_that_does_not_answer_is_worth_a_diagnosis(scene: Scene) -> None:
    scene.memory.keep(choice="join", joined="http://127.0.0.1:9")
    await scene.desk.begin(None)
    assert (scene.desk.phase, scene.desk.unreachable) == ("failed", "http://127.0.0.1:9")
    scene.host.refusal = RuntimeError("no")
    await scene.desk.host()
    assert (scene.desk.phase, scene.desk.unreachable) == ("failed", None)
