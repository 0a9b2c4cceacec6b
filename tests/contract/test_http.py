"""HTTP as its documents have it (RFC 9110, 9112, 6455, 7578), where other people's clients and suites look."""

import json
import socket
from collections.abc import Mapping
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.files import fetch, upload
from tests.people import PATIENCE, People
from tests.server import LanChat

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
NO_HEADERS: Mapping[str, str] = {}
POLLING = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
CONTENT = bytes(range(256)) * 4


def ask(
    server: LanChat, method: str, path: str, headers: Mapping[str, str] = NO_HEADERS
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def send(server: LanChat, data: bytes, until: bytes = b"\r\n\r\n") -> bytes:
    with socket.create_connection((server.host, server.port), timeout=PATIENCE) as connection:
        connection.sendall(data)
        answer = b""
        while until not in answer and (piece := connection.recv(65536)):
            answer += piece
        return answer


# Sockets


@pytest.mark.parametrize("path", ["/", "/api/auth/me", "/files/x", "/nowhere", "/socket.iox/"])
def test_an_upgrade_on_another_path_is_not_found(server: LanChat, path: str) -> None:
    status, _, body = ask(server, "GET", path, UPGRADE)
    assert status == 404
    assert json.loads(body)["error"]["code"] == "not_found"


@pytest.mark.parametrize("version", ["8", "14", "x"])
def test_another_version_of_websockets_is_refused_by_naming_ours(server: LanChat, version: str) -> None:
    status, headers, _ = ask(server, "GET", WEBSOCKET, {**UPGRADE, "Sec-WebSocket-Version": version})
    assert (status, headers["sec-websocket-version"]) == (400, "13")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD"])
def test_a_method_that_sockets_do_not_have_is_answered_with_those_that_they_have(server: LanChat, method: str) -> None:
    status, headers, _ = ask(server, method, POLLING)
    assert (status, headers["allow"]) == (405, "GET, OPTIONS, POST")


def test_a_poll_is_never_compressed(server: LanChat) -> None:
    """It would be on the loop, a megabyte at a time."""
    _, headers, _ = ask(server, "GET", POLLING, {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in headers


# Requests


@pytest.mark.parametrize("host", ["", "elsewhere.example"])
def test_a_target_may_be_absolute_and_its_host_counts(server: LanChat, host: str) -> None:
    here = f"{server.host}:{server.port}"
    asked = f"GET http://{here}/api/info HTTP/1.1\r\nHost: {host or here}\r\nConnection: close\r\n\r\n"
    assert send(server, asked.encode()).startswith(b"HTTP/1.1 200")
    foreign = f"GET http://evil.example/api/info HTTP/1.1\r\nHost: {here}\r\nConnection: close\r\n\r\n"
    assert send(server, foreign.encode()).startswith(b"HTTP/1.1 421")


@pytest.mark.parametrize("before", [b"\r\n", b"\n", b"\r\n\r\n"])
def test_an_empty_line_before_a_request_is_passed_over(server: LanChat, before: bytes) -> None:
    request = f"GET /api/info HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nConnection: close\r\n\r\n".encode()
    assert send(server, before + request).startswith(b"HTTP/1.1 200")


async def expecting(server: LanChat, person: Any, path: str, kind: str, size: int) -> bytes:
    """What is said to who announces a body and waits before sending it."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {person.token}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {size}\r\nExpect: 100-continue\r\n\r\n"
    )
    return send(server, head.encode())


async def test_who_waits_hears_that_it_is_too_much_before_sending_it(server: LanChat, people: People) -> None:
    ann = await people.one("ann")
    for path, kind in (("/api/rooms/", "application/json"), ("/api/upload/", "multipart/form-data; boundary=b")):
        assert (await expecting(server, ann, path, kind, 1 << 30)).startswith(b"HTTP/1.1 413"), path
    assert (await expecting(server, ann, "/nowhere", "text/plain", 5)).startswith(b"HTTP/1.1 40")
    session = json.loads(ask(server, "GET", POLLING)[2][1:])["sid"]
    poll = await expecting(server, ann, f"{POLLING}&sid={session}", "text/plain", 1 << 30)
    assert poll.startswith(b"HTTP/1.1 400")


async def test_who_waits_is_told_to_go_on(server: LanChat, people: People) -> None:
    ann = await people.one("ann")
    for path in ("/api/rooms/", f"{POLLING}&sid={json.loads(ask(server, 'GET', POLLING)[2][1:])['sid']}"):
        answer = await expecting(server, ann, path, "application/json", 100)
        assert answer == b"HTTP/1.1 100 \r\n\r\n", path


# Encodings


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip;q=0", None),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("gzip, br;q=0.5", "gzip"),
        ("identity;q=0, *;q=0", None),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("", None),
    ],
)
def test_what_a_browser_declines_is_not_sent(server: LanChat, accepted: str, encoding: str | None) -> None:
    status, headers, _ = ask(server, "GET", "/", {"Accept-Encoding": accepted})
    assert (status, headers.get("content-encoding")) == (200, encoding)
    assert headers["vary"] == "Accept-Encoding"


# Conditions


@pytest.mark.parametrize("path", ["/", "/icon.svg", "/login", "/openapi.json", "/docs"])
def test_a_page_that_a_browser_has_is_not_sent_again(server: LanChat, path: str) -> None:
    _, headers, content = ask(server, "GET", path)
    etag = headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        status, again, body = ask(server, "GET", path, {"If-None-Match": known})
        assert (status, body) == (304, b""), known
        assert again["etag"] == etag
        assert again["cache-control"] == headers["cache-control"]
    assert ask(server, "GET", path, {"If-None-Match": '"other"'})[2] == content
    assert ask(server, "GET", path, {"If-Match": '"other"'})[0] == 412
    assert ask(server, "GET", path, {"If-Match": etag})[0] == 200


@pytest.mark.parametrize("path", ["/", "/icon.svg"])
def test_dates_count_where_no_name_of_a_version_is_given(server: LanChat, path: str) -> None:
    _, headers, _ = ask(server, "GET", path)
    since, old = headers["last-modified"], "Mon, 01 Jan 2001 00:00:00 GMT"
    assert ask(server, "GET", path, {"If-Modified-Since": since})[0] == 304
    assert ask(server, "GET", path, {"If-Modified-Since": old})[0] == 200
    assert ask(server, "GET", path, {"If-Modified-Since": since, "If-None-Match": '"other"'})[0] == 200
    assert ask(server, "GET", path, {"If-Unmodified-Since": old})[0] == 412


def test_what_is_not_there_is_never_unchanged(server: LanChat) -> None:
    etag = ask(server, "GET", "/")[1]["etag"]
    status, _, body = ask(server, "GET", "/nowhere/at/all", {"If-None-Match": etag})
    assert status == 404
    assert body


async def test_a_file_is_compared_as_each_condition_wants(people: People) -> None:
    ann = await people.one()
    path = (await upload(ann, CONTENT, "notes.bin")).expect(201)["file_path"]
    etag = (await fetch(ann, path)).headers["ETag"]
    assert (await fetch(ann, path, If_None_Match=f"W/{etag}")).status == 304
    assert (await fetch(ann, path, If_Match='"other"')).status == 412
    assert (await fetch(ann, path, If_Match=f"W/{etag}")).status == 412
    assert (await fetch(ann, path, If_Match=etag)).status == 200
    assert (await fetch(ann, path, Range="bytes=0-1", If_Range=etag)).status == 206
    assert (await fetch(ann, path, Range="bytes=0-1", If_Range=f"W/{etag}")).status == 200
    assert (await fetch(ann, path, Range="bytes=0-1", If_Range="Mon, 01 Jan 2001 00:00:00 GMT")).status == 200
    nothing = await fetch(ann, path, Range="bytes=-0")
    assert (nothing.status, nothing.headers["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


# Names of files


@pytest.mark.parametrize(
    ("sent", "name"),
    [(b"\xe9t\xe9.txt", "été.txt"), ("été.txt".encode(), "été.txt"), (b"caf\xe9 \xdf.txt", "café ß.txt")],
)
async def test_a_name_in_latin_1_is_taken(people: People, sent: bytes, name: str) -> None:
    ann = await people.one()
    form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\nx\r\n--b--\r\n' % sent
    answer = await ann.post("/api/upload/", data=form, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.expect(201)["filename"] == name
