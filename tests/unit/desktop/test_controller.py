"""What the window turns to: hosting, and what is shown when it fails."""

import asyncio
import socket
from pathlib import Path

from structlog.contextvars import bound_contextvars

from lanchat.config import SettingsError
from tests.unit.desktop.scene import HOME, Scene


async def test_the_first_time_the_first_screen_asks(scene: Scene) -> None:
    await scene.desk.begin(None)
    assert (scene.desk.phase, scene.shown) == ("choosing", [HOME])


async def test_hosting_is_opened_and_remembered(scene: Scene, tmp_path: Path) -> None:
    await scene.desk.host()
    [port] = scene.server.ports
    assert (scene.desk.phase, scene.shown) == ("hosting", [f"http://127.0.0.1:{port}/"])

    again = Scene(tmp_path)
    await again.desk.begin(None)
    assert again.desk.phase == "hosting"
    await again.desk.close()


async def test_the_host_s_own_window_opens_where_the_server_says(scene: Scene) -> None:
    scene.server.entrance = "/#claim=ABCD-EFGH"
    await scene.desk.host()
    [port] = scene.server.ports
    assert scene.shown == [f"http://127.0.0.1:{port}/#claim=ABCD-EFGH"]


async def test_hosting_outlives_the_request_that_asked_for_it(scene: Scene) -> None:
    with bound_contextvars(request_id="the first screen's"):
        await scene.desk.host()
    assert scene.server.context == {}


async def test_two_clicks_host_once(scene: Scene) -> None:
    await asyncio.gather(scene.desk.host(), scene.desk.host())
    assert len(scene.server.ports) == 1


async def test_what_prevents_hosting_is_shown_and_tried_again(scene: Scene) -> None:
    scene.server.refusal = SettingsError("damaged_database", path="x")
    await scene.desk.host()
    assert scene.desk.phase == "failed"
    assert scene.desk.failure is not None
    assert scene.desk.failure.key == "setup.damaged_database"
    assert scene.shown == [HOME]

    scene.server.refusal = None
    await scene.desk.retry()
    assert scene.desk.phase == "hosting"


async def test_a_server_that_falls_over_is_shown_and_tried_again(scene: Scene) -> None:
    await scene.desk.host()
    scene.shown.has_turned.clear()
    scene.server.fall.set()
    await asyncio.wait_for(scene.shown.has_turned.wait(), 10)
    assert scene.desk.phase == "failed"
    assert scene.shown[-1] == HOME
    assert scene.desk.failure is not None
    assert scene.desk.failure.values["path"]

    scene.server.fall.clear()
    await scene.desk.retry()
    assert scene.desk.phase == "hosting"


async def test_leaving_ends_hosting(scene: Scene) -> None:
    await scene.desk.host()
    await scene.desk.choose()
    assert (scene.server.ends, scene.desk.phase) == (1, "choosing")


async def test_a_link_is_proposed_but_never_ends_hosting(scene: Scene) -> None:
    await scene.desk.propose("lanchat://192.0.2.7/")
    assert (scene.desk.phase, scene.desk.link, scene.shown.fronts) == ("choosing", "lanchat://192.0.2.7/", 1)
    await scene.desk.host()
    await scene.desk.propose("lanchat://192.0.2.7/")
    assert (scene.desk.phase, scene.server.ends, scene.shown.fronts) == ("hosting", 0, 2)


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


async def test_only_a_host_that_does_not_answer_is_worth_a_diagnosis(scene: Scene) -> None:
    scene.memory.keep(choice="join", joined="http://127.0.0.1:9")
    await scene.desk.begin(None)
    assert (scene.desk.phase, scene.desk.unreachable) == ("failed", "http://127.0.0.1:9")
    scene.server.refusal = RuntimeError("no")
    await scene.desk.host()
    assert (scene.desk.phase, scene.desk.unreachable) == ("failed", None)
