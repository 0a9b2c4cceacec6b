"""Whatever is sent, in any shape and to anything: a refusal with a reason, never a 5xx, a trace, or silence."""

import itertools
import json
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import websocket
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.people import PASSWORD
from tests.server import LanChat

PATIENCE = 20.0  # s
SYNC = '42{}["sync",{{"rooms":{{}}}}]'
# What ends a connection by its meaning: Engine.IO's close, Socket.IO's disconnect.
ENDS = ("1", "41")

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = """room_id content message_type file_path client_id password rooms seq name username is_private description
    code password2 current_password email skip limit reply_to_id"""
fields = st.sampled_from(FIELDS.split())
likely = st.one_of(
    st.just(1),
    st.sampled_from(
        [0, -1, 2**31, 2**53, 2**53 + 1, 2**63, 2**64, 1.0, "1", "", " ", "\x00", "\ud7ff", "text", "system"]
    ),
    st.text(max_size=30),
    st.dictionaries(st.sampled_from(["1", "0", "-1", "x", "９", "1" * 20]), st.integers(), max_size=3),
)
plausible = st.dictionaries(fields, likely | anything, max_size=6)
payloads = plausible | anything
fuzz = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    """A LanChat without limits, which must end without ever having failed inside."""
    with LanChat(tmp_path_factory.mktemp("fuzz") / "data", "--limits", "off").start() as running:
        yield running
        running.end_well()
        assert '"level": "error"' not in running.log


@pytest.fixture(scope="module")
def token(target: LanChat) -> str:
    form = {"username": "fuzz", "password": PASSWORD, "password2": PASSWORD}
    answer = requests.post(f"{target.url}/api/auth/register", json=form, timeout=PATIENCE)
    return answer.json()["access_token"]


@pytest.fixture(scope="module")
def document(target: LanChat) -> dict[str, Any]:
    return requests.get(f"{target.url}/openapi.json", timeout=PATIENCE).json()


class Wire:
    """A socket as bytes: it speaks Engine.IO 4 by hand, and comes back when it was ended."""

    def __init__(self, target: LanChat, token: str) -> None:
        self._url = target.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self._token = token
        self._ids = itertools.count()
        self._connect()

    def _connect(self) -> None:
        self._socket = websocket.create_connection(self._url, timeout=PATIENCE)
        self._receive("0")
        self._socket.send("40" + json.dumps({"token": self._token, "language": "en"}))
        self._receive("40")

    def _receive(self, prefix: str) -> str:
        while True:
            text = self._socket.recv()
            assert text != "", "the connection has died"
            if isinstance(text, str) and text.startswith(prefix) and not text.startswith("42"):
                return text
            if text == "2":
                self._socket.send("3")

    def ask(self, name: str, *arguments: object) -> dict[str, Any]:
        """An event's acknowledgement."""
        number = next(self._ids)
        self._socket.send(f"42{number}" + json.dumps([name, *arguments]))
        return json.loads(self._receive(f"43{number}[").removeprefix(f"43{number}"))[0]

    def send(self, data: str | bytes) -> None:
        """A frame of any content; afterwards the socket still answers, unless that meant goodbye."""
        if isinstance(data, bytes):
            self._socket.send_binary(data)
        else:
            self._socket.send(data)
        if isinstance(data, str) and data.startswith(ENDS):
            self._socket.close()
            self._connect()
        assert self.ask("sync", {"rooms": {}})["ok"] is True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def wire(target: LanChat, token: str) -> Iterator[Wire]:
    wire = Wire(target, token)
    yield wire
    wire.close()


EVENTS = [
    "join_room",
    "leave_room",
    "send_message",
    "typing_start",
    "typing_stop",
    "sync",
    "mark_read",
    "mark_delivered",
]


def test_no_event_is_left_out(document: dict[str, Any]) -> None:
    assert set(EVENTS) == set(document["x-socketio-events"]["in"])


def check_refused_or_done(ack: dict[str, Any]) -> None:
    assert isinstance(ack["ok"], bool)
    if not ack["ok"]:
        assert ack["error"]["code"] != "internal_error"
        assert ack["error"]["message"]


@pytest.mark.parametrize("event", EVENTS)
@fuzz
@given(arguments=st.lists(payloads, max_size=2))
def test_every_event_answers_whatever_it_carries(wire: Wire, event: str, arguments: list[Any]) -> None:
    check_refused_or_done(wire.ask(event, *arguments))


@fuzz
@given(name=st.text(max_size=80), payload=payloads)
@example(name="x" * 200, payload={})
def test_events_that_nobody_knows_are_answered(wire: Wire, name: str, payload: Any) -> None:
    check_refused_or_done(wire.ask(name, payload))


@fuzz
@given(data=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_packets_of_any_text_leave_the_connection_alive(wire: Wire, data: str) -> None:
    for packet in ("4" + data, "42" + data, "42[" + data, "4" + "5" + data):
        wire.send(packet)


@fuzz
@given(data=st.binary(max_size=80))
def test_binary_frames_leave_the_connection_alive(wire: Wire, data: bytes) -> None:
    wire.send(data)


# REST


# They would end the session that all of this is done with.
ENDING = {("post", "/api/auth/logout"), ("delete", "/api/auth/sessions/{session_id}"), ("put", "/api/auth/password")}
numbers = st.sampled_from(["1", "0", "-1", "999", "1.5", "9" * 20, "x", "%00", "%2e%2e", "１", "1%20"])
queries = st.dictionaries(fields, st.text(max_size=20))


@settings(fuzz, max_examples=400)
@given(data=st.data())
def test_every_route_answers_whatever_it_gets(
    target: LanChat, token: str, document: dict[str, Any], data: st.DataObject
) -> None:
    routes = [(method, path) for path, methods in document["paths"].items() for method in methods]
    method, path = data.draw(st.sampled_from(sorted(set(routes) - ENDING)))
    url = target.url + re.sub(r"{\w+}", lambda _: data.draw(numbers), path)
    content: Any = data.draw(
        st.one_of(
            payloads.map(lambda payload: {"json": payload}),
            queries.map(lambda form: {"data": form}),
            st.binary(max_size=60).map(lambda raw: {"data": raw, "headers": {"Content-Type": "application/json"}}),
        )
    )
    headers = {"Authorization": f"Bearer {token}", **content.pop("headers", {})}
    answer = requests.request(method, url, params=data.draw(queries), headers=headers, timeout=PATIENCE, **content)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.json()["error"]["message"]


@fuzz
@given(
    before=st.binary(max_size=40),
    name=st.sampled_from(["file", "other", "", "fi\x00le", "ファイル"]),
    filename=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    content=st.binary(max_size=200),
    cut=st.integers(0, 400),
    boundary=st.sampled_from(["x", "x" * 70, "--", " ", '"x"', "é", ""]),
)
def test_forms_of_any_bytes_are_taken_or_refused(  # noqa: PLR0917
    target: LanChat, token: str, before: bytes, name: str, filename: str, content: bytes, cut: int, boundary: str
) -> None:
    head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    form = before + f"--{boundary}\r\n{head}".encode() + content + f"\r\n--{boundary}--\r\n".encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={boundary}".encode("latin1", "replace"),
    }
    for body in (form, form[:cut]):
        answer = requests.post(f"{target.url}/api/upload/", data=body, headers=headers, timeout=PATIENCE)
        assert answer.status_code == 201 or 400 <= answer.status_code < 500, answer.text
        assert "error" in answer.json() or answer.status_code == 201


@fuzz
@given(data=st.binary(min_size=1, max_size=300))
def test_bytes_that_are_no_http_harm_nobody(target: LanChat, data: bytes) -> None:
    with socket.create_connection((target.host, target.port), timeout=PATIENCE) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
    assert requests.get(f"{target.url}/health", timeout=PATIENCE).status_code == 200
