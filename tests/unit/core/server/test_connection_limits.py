import asyncio

import pytest

from lanchat.core.server.connection_limits import Doors
from lanchat.core.server.serve import Listener, bind, serve
from tests.unit.core.server.test_serve import PATIENCE, REQUEST, App


def test_an_address_has_its_share_and_others_theirs() -> None:
    doors = Doors(per_address=2, altogether=100)
    assert [doors.admit("10.0.0.1") for _ in range(3)] == [True, True, False]
    assert doors.admit("10.0.0.2")
    doors.leave("10.0.0.1")
    assert doors.admit("10.0.0.1")


def test_there_is_an_end_to_all_addresses_together() -> None:
    doors = Doors(per_address=None, altogether=3)
    assert [doors.admit(f"10.0.0.{number}") for number in range(5)] == [True] * 3 + [False] * 2
    doors.leave("10.0.0.1")
    assert doors.admit("10.0.0.9")


def test_what_has_left_is_forgotten() -> None:
    doors = Doors(per_address=2, altogether=100)
    for number in range(1000):
        assert doors.admit(f"10.0.{number}")
        doors.leave(f"10.0.{number}")
    assert not doors._open


def test_descriptors_are_left_for_our_own_files() -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        doors = Doors(per_address=None)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert sum(doors.admit("10.0.0.1") for _ in range(300)) == 56


async def test_a_connection_too_many_is_closed_and_the_first_ones_go_on() -> None:
    sockets = bind("127.0.0.1", 0)
    port, stop = sockets[0].getsockname()[1], asyncio.Event()
    serving = asyncio.create_task(serve(App(), [Listener(sockets)], stop, lambda: None, Doors(per_address=2)))
    first, second, third = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
    third[1].write(REQUEST % b"")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await asyncio.wait_for(third[0].readexactly(1), PATIENCE)
    first[1].write(REQUEST % b"")
    assert b"200" in await asyncio.wait_for(first[0].readline(), PATIENCE)
    for _, writer in (first, second, third):
        writer.close()
    stop.set()
    await asyncio.wait_for(serving, PATIENCE)
