"""Where LanChat uses what a library doesn't promise: each such name is listed here, and must still be there.

An update that takes one away fails here by its name, and not as a socket that stays silent.
"""

import ast
import asyncio
import importlib.util
import inspect
import queue
import re
import tomllib
from asyncio import selector_events, trsock
from collections.abc import Callable, Iterator
from pathlib import Path

import engineio
import peewee
import pytest
import zeroconf
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.protocol.h11 import H11Protocol
from quart.asgi import ASGIHTTPConnection

import lanchat

ROOT = Path(lanchat.__file__).parent
DEPENDENCIES = tomllib.loads((ROOT.parent / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
OF_TUPLES = {"_fields", "_make", "_asdict", "_replace"}  # documented in spite of their names


def source_of(module: str) -> str:
    """Read and not imported: it may need a screen."""
    package = importlib.util.find_spec(module.partition(".")[0])
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent.joinpath(*module.split(".")[1:]).with_suffix(".py").read_text("utf-8")


def is_assigned_in(module: str, name: str) -> bool:
    return re.search(rf"^{name}\b.*=", source_of(module), re.MULTILINE) is not None


def reads_into_a_buffer() -> bool:
    loop = asyncio.new_event_loop()
    try:
        return isinstance(asyncio.StreamReader(loop=loop)._buffer, bytearray)
    finally:
        loop.close()


# (file, name): the library that it belongs to, and whether it is there.
NAMES: dict[tuple[str, str], tuple[str, Callable[[], bool]]] = {
    ("core/delivery/sockets/outlet.py", "_SelectorSocketTransport"): (
        "Python",
        lambda: hasattr(selector_events, "_SelectorSocketTransport"),
    ),
    ("core/delivery/sockets/outlet.py", "_sock"): ("Python", lambda: "_sock" in trsock.TransportSocket.__slots__),
    ("core/delivery/sockets/polling.py", "_put"): ("Python", lambda: hasattr(asyncio.Queue, "_put")),
    ("core/delivery/sockets/polling.py", "_get"): ("Python", lambda: hasattr(asyncio.Queue, "_get")),
    ("core/delivery/sockets/takeover.py", "_async"): (
        "python-engineio",
        lambda: callable(engineio.AsyncServer(async_mode="asgi")._async["websocket"]),
    ),
    ("core/delivery/sockets/takeover.py", "_buffer"): (
        "Python",
        reads_into_a_buffer,
    ),
    ("core/edge/bodies.py", "_send_response"): ("quart", lambda: hasattr(ASGIHTTPConnection, "_send_response")),
    ("core/server/connections.py", "_create_stream"): (
        "hypercorn",
        lambda: {"_create_stream", "_check_protocol", "_handle_events", "_send_h11_event"} <= set(vars(H11Protocol)),
    ),
    ("core/server/connections.py", "_read_ready_cb"): (
        "Python",
        lambda: "_read_ready_cb" in inspect.getsource(selector_events),
    ),
    ("core/server/connections.py", "_read_data"): ("hypercorn", lambda: hasattr(TCPServer, "_read_data")),
    ("core/server/connections.py", "_close"): ("hypercorn", lambda: hasattr(TCPServer, "_close")),
    ("core/server/connections.py", "_transport"): (
        "Python",
        lambda: "self._transport = transport" in inspect.getsource(asyncio.StreamWriter),
    ),
    ("core/storage/database.py", "_state"): (
        "peewee",
        lambda: hasattr(peewee.SqliteDatabase(":memory:")._state, "conn"),
    ),
    ("core/storage/writer.py", "_state"): (
        "peewee",
        lambda: {"set_connection", "reset"} <= set(dir(peewee.SqliteDatabase(":memory:")._state)),
    ),
    ("desktop/window/gtk.py", "_state"): ("pywebview", lambda: is_assigned_in("webview.__init__", "_state")),
    ("desktop/window/gtk.py", "_app_actions"): (
        "pywebview",
        lambda: is_assigned_in("webview.platforms.gtk", "_app_actions"),
    ),
    ("desktop/window/qt.py", "_state"): ("pywebview", lambda: is_assigned_in("webview.__init__", "_state")),
    ("desktop/window/qt.py", "_profile_storage_path"): (
        "pywebview",
        lambda: is_assigned_in("webview.platforms.qt", "_profile_storage_path"),
    ),
    ("system/signals.py", "_exit"): ("Python", lambda: True),  # of `os`, and documented
}
# Exported, but in no `__all__`.
UNLISTED = {
    ("discovery/conflicts.py", "DNSAddress"): zeroconf,
    ("discovery/conflicts.py", "DNSText"): zeroconf,
    ("discovery/hostname.py", "AddressResolver"): zeroconf,
}


def private_names(tree: ast.AST) -> Iterator[str]:
    """Of anything but `self` and `cls`."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name) if name.startswith("_"):
                yield name
            case ast.Call(func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(value=str(name)), *_]):
                if name.startswith("_"):
                    yield name
            case ast.ImportFrom(names=names, module=str(module)) if not module.startswith("lanchat"):
                yield from (each.name for each in names if each.name.startswith("_"))


def test_every_private_name_that_is_used_is_listed() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in ROOT.rglob("*.py")
        for name in private_names(ast.parse(path.read_text("utf-8")))
        if not name.startswith("__") and name not in OF_TUPLES
    }
    assert found == set(NAMES)


@pytest.mark.parametrize(("place", "name"), NAMES, ids=lambda part: part)
def test_it_is_still_there(place: str, name: str) -> None:
    library, is_there = NAMES[place, name]
    assert is_there(), f"{library} has no {name} any more, which lanchat/{place} needs"


@pytest.mark.parametrize(("place", "name"), UNLISTED, ids=lambda part: part)
def test_what_is_exported_in_silence_is_still_exported(place: str, name: str) -> None:
    assert hasattr(UNLISTED[place, name], name), f"lanchat/{place} needs it"
    assert name in (ROOT / place).read_text("utf-8")


@pytest.mark.parametrize("library", sorted({library for library, _ in NAMES.values()} - {"Python"}))
def test_a_library_whose_private_names_are_used_is_held_where_it_is(library: str) -> None:
    """An update of it is a decision, with these tests behind it, and not something that happens."""
    wanted = [each for each in DEPENDENCIES if re.fullmatch(library, re.split(r"[=<>]", each)[0])]
    assert len(wanted) == 1
    assert "==" in wanted[0] or "<" in wanted[0]


def test_asyncio_s_queue_calls_what_we_override() -> None:
    """Not only must the names be there: `put` and `get` must go through them."""
    calls: list[str] = []

    class Noting(asyncio.Queue[int]):
        def _put(self, item: int) -> None:
            calls.append("put")
            super()._put(item)

        def _get(self) -> int:
            calls.append("get")
            return super()._get()

    noting = Noting()
    noting.put_nowait(1)
    assert (noting.get_nowait(), calls) == (1, ["put", "get"])
    with pytest.raises(asyncio.QueueEmpty):
        noting.get_nowait()
    assert not isinstance(noting, queue.Queue)
