"""What the page in the window may ask of the desktop: two calls, of the chosen host's pages only."""

import json

import pytest

from lanchat.desktop.window.bridge import MAX_CALLS, Badge, Bridge, Notify, Request
from lanchat.desktop.window.navigation_guard import Guard

HOST = "http://192.168.1.5:8000"
ROOM = f"{HOST}/rooms/3"


class Asked(list[Request]):
    """What came through."""

    def __init__(self) -> None:
        super().__init__()
        self.guard = Guard()
        self.guard.admit(f"{HOST}/")
        self.bridge = Bridge(self.guard, self.append)

    def call(self, name: str, arguments: object, page: str | None = ROOM) -> None:
        message = {"funcName": name, "params": json.dumps(arguments), "id": ""}
        self.bridge.take_message(page, json.dumps(message))


def test_the_chosen_hosts_page_may_notify_and_badge() -> None:
    asked = Asked()
    asked.call("notify", {"title": "Ann", "body": "hello", "path": "/rooms/3"})
    asked.call("badge", {"count": 3})
    assert asked == [Notify(title="Ann", body="hello", path="/rooms/3"), Badge(count=3)]


@pytest.mark.parametrize(
    "page", [None, "about:blank", "http://192.168.1.5:8001/", "https://192.168.1.5:8000/", "file:///x"]
)
def test_any_other_page_gets_nothing(page: str | None) -> None:
    asked = Asked()
    asked.call("badge", {"count": 3}, page)
    assert asked == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("notify", {"title": "x" * 201, "body": "", "path": "/"}),
        ("notify", {"title": "x", "body": "", "path": "//elsewhere/"}),
        ("notify", {"title": "x", "body": "", "path": "/\\elsewhere"}),
        ("notify", {"title": "x", "body": "", "path": "javascript:alert(1)"}),
        ("notify", {"title": 1, "body": "", "path": "/"}),
        ("notify", []),
        ("badge", {"count": -1}),
        ("badge", {"count": "3"}),
        ("badge", {}),
        ("__class__.__base__.__subclasses__", []),
        ("pywebviewMoveWindow", [0, 0]),
        ("pywebviewEventHandler", {}),
        ("_pywebviewAlert", "hello"),
    ],
)
def test_what_is_not_exactly_one_of_the_two_calls_is_dropped(name: str, arguments: object) -> None:
    asked = Asked()
    asked.call(name, arguments)
    assert asked == []


@pytest.mark.parametrize(
    "message", ["", "no JSON", "[]", "null", "{}", '{"funcName": "badge"}', '{"funcName": 1, "params": ""}']
)
def test_a_message_of_another_shape_is_dropped(message: str) -> None:
    asked = Asked()
    asked.bridge.take_message(ROOM, message)
    assert asked == []


def test_a_page_that_asks_too_often_is_not_heard() -> None:
    asked = Asked()
    for count in range(3 * MAX_CALLS):
        asked.call("badge", {"count": count})
    assert len(asked) == MAX_CALLS


def test_a_page_that_was_left_is_not_heard_any_more() -> None:
    asked = Asked()
    asked.guard.admit("http://127.0.0.1:8000/")
    asked.call("badge", {"count": 3})
    assert asked == []


def test_a_pywebview_whose_bridge_has_moved_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "webview.platforms.gtk", object())
    with pytest.raises(RuntimeError):
        Asked().bridge.install("gtk")


class View:
    """A window on a page of the chosen host; it keeps the scripts that are run in it."""

    def __init__(self) -> None:
        self.scripts: list[str] = []

    def get_current_url(self) -> str:
        return ROOM

    def run_js(self, script: str) -> None:
        self.scripts.append(script)


def test_the_next_page_hears_of_a_port_that_was_left_and_no_later_one() -> None:
    bridge, view = Asked().bridge, View()
    bridge.moved_from = 8000
    for _ in range(2):
        bridge._offer(view)
    assert [script.rpartition("(")[2] for script in view.scripts] == ['{"movedFrom": 8000})', "{})"]
