"""HTTPS beside HTTP: the same chat, by a certificate that whoever trusts the host's authority accepts."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from http.client import HTTPSConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from lanchat.app import App
from lanchat.config import load
from lanchat.core.base.host_state import computer_name
from lanchat.core.base.i18n import LANGUAGES
from lanchat.core.security.certificates import certificate_fingerprint, key_fingerprint
from lanchat.core.security.fingerprints import in_words
from lanchat.core.security.tls import CA_PATH
from lanchat.core.server.serve import bind
from lanchat.core.storage.data_folder import prepare
from lanchat.run.hosting import serve_on_network
from tests.contract.test_transports import WAYS, talk
from tests.files import share
from tests.people import PASSWORD, PATIENCE, People, Person
from tests.server import LanChat


class Answer(NamedTuple):
    status: int
    cookies: list[str]
    text: str


class Secure:
    """The HTTPS side of a running host."""

    def __init__(self, plain_url: str, port: int, authority: str) -> None:
        self.url = plain_url.replace("http:", "https:").rpartition(":")[0] + f":{port}"
        self.trust = ssl.create_default_context(cadata=authority)

    async def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, form: dict[str, str] | None = None
    ) -> Answer:
        body = urlencode(form) if form else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        return await asyncio.to_thread(self._request, method, path, body, kind | (headers or {}))

    def _request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        """By a client that has closed the connection once it returns: one of asyncio may outlive its test."""
        line = HTTPSConnection(self.url.removeprefix("https://"), timeout=PATIENCE, context=self.trust)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return Answer(answer.status, answer.headers.get_all("Set-Cookie", []), answer.read().decode())
        finally:
            line.close()


async def secure_side(person: Person) -> Secure:
    info = (await person.get("/api/info")).expect(200)
    return Secure(person.url, info["https_port"], (await person.get(CA_PATH)).text)


@pytest.fixture
async def secure(people: People) -> Secure:
    return await secure_side(people.newcomer())


async def test_the_authority_s_certificate_is_the_one_whose_fingerprint_is_told(people: People) -> None:
    stranger = people.newcomer()
    answer = await stranger.get(CA_PATH)
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert "PRIVATE" not in answer.text
    info = (await stranger.get("/api/info")).expect(200)
    assert certificate_fingerprint(answer.text.encode()) == info["fingerprint"]


async def test_anybody_may_compare_the_fingerprints_before_trusting_them(people: People) -> None:
    stranger = people.newcomer()
    certificate = x509.load_pem_x509_certificate((await stranger.get(CA_PATH)).text.encode())
    key = key_fingerprint(certificate)
    shown = {
        language: (await stranger.get("/api/trust", headers={"Accept-Language": language})).expect(200)
        for language in LANGUAGES
    }
    for language, trust in shown.items():
        assert trust["words"] == in_words(key, language)
        assert trust["key"].replace(" ", "") == key
        assert bytes.fromhex(trust["sha256"]) == certificate.fingerprint(hashes.SHA256())
        assert bytes.fromhex(trust["sha1"]) == certificate.fingerprint(hashes.SHA1())
        assert f"CN={trust['name']}" == certificate.subject.rfc4514_string()
    assert shown["en"]["words"] != shown["zh-CN"]["words"]


@pytest.mark.parametrize("path", ["/api/info", "/", "/health", "/secure", "/capabilities"])
async def test_who_trusts_the_authority_is_served_over_https(secure: Secure, path: str) -> None:
    assert (await secure.request("GET", path)).status == 200


async def test_who_does_not_trust_the_authority_is_warned(secure: Secure) -> None:
    def visit() -> None:
        address = "127.0.0.1", int(secure.url.rpartition(":")[2])
        with socket.create_connection(address, PATIENCE) as line:
            ssl.create_default_context().wrap_socket(line, server_hostname=address[0])

    with pytest.raises(ssl.SSLCertVerificationError, match="self-signed certificate"):
        await asyncio.to_thread(visit)


@pytest.mark.parametrize(
    ("origin", "status"),
    [("own", 200), ("http", 403), ("https://evil.example", 403)],
)
async def test_only_pages_of_the_https_origin_are_taken_there(secure: Secure, origin: str, status: int) -> None:
    origin = {"own": secure.url, "http": secure.url.replace("https:", "http:")}.get(origin, origin)
    assert (await secure.request("GET", "/api/info", {"Origin": origin})).status == status


async def test_the_computer_s_own_name_is_vouched_for(secure: Secure) -> None:
    def visit() -> None:
        address = "127.0.0.1", int(secure.url.rpartition(":")[2])
        with socket.create_connection(address, PATIENCE) as line:
            secure.trust.wrap_socket(line, server_hostname=f"{computer_name()}.local").close()

    await asyncio.to_thread(visit)


async def test_a_rebound_name_reaches_nothing_over_https_either(secure: Secure) -> None:
    answer = await secure.request("GET", "/api/info", {"Host": "evil.example"})
    assert answer.status == 421
    assert "foreign_host" in answer.text


@pytest.mark.parametrize("transports", WAYS)
async def test_people_on_both_sides_are_in_one_chat(people: People, tmp_path: Path, transports: str) -> None:
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    ear = await ann.connect()
    trusted = tmp_path / "ca.crt"
    trusted.write_text((await bob.get(CA_PATH)).text)
    url = (await secure_side(bob)).url

    seen = await talk(bob, room["id"], transports, url, NODE_EXTRA_CA_CERTS=str(trusted))

    assert seen["transport"] == transports.rsplit(",", maxsplit=1)[-1]
    assert await ear.hears("new_message", room_id=room["id"]) == seen["ack"]["message"]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """A host in this process, whose parts can be looked at."""
    app = App(prepare(load(data_dir=tmp_path, host="127.0.0.1", discovery=False, disk_reserve_bytes=0)))
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve_on_network(app, bind("127.0.0.1", 0), stop, ready.set))
    async with asyncio.timeout(PATIENCE):
        await ready.wait()
    yield app
    stop.set()
    async with asyncio.timeout(PATIENCE):
        await serving


async def test_websockets_over_https_are_taken_over_too(app: App) -> None:
    trust = ssl.create_default_context(cadata=app.host.authority.decode())
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", app.host.https_port, ssl=trust)
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{app.host.https_port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        assert app._fanout.stats.fast_sockets == 1
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def test_a_taken_https_port_means_the_next_free_one(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with LanChat(tmp_path / "data", env={"LANCHAT_HTTPS_PORT": str(taken)}).start() as running:
            assert asyncio.run(https_port_of(running)) not in {None, taken, running.port}


def test_https_can_be_switched_off(tmp_path: Path) -> None:
    with LanChat(tmp_path / "data", env={"LANCHAT_HTTPS_PORT": "0"}).start() as running:
        assert asyncio.run(https_port_of(running)) is None


async def https_port_of(running: LanChat) -> int | None:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{running.url}/api/info") as answer:
            info = await answer.json()
        async with http.get(running.url + CA_PATH) as answer:
            assert (answer.status == 200) == (info["https_port"] is not None)
        async with http.get(f"{running.url}/api/trust") as answer:
            assert answer.status == (404 if info["https_port"] is None else 200)
    assert bool(info["fingerprint"]) == (info["https_port"] is not None)
    return info["https_port"]


async def test_the_files_cookie_of_https_is_for_https_only(people: People, secure: Secure) -> None:
    """Whoever answers plain HTTP on the host's address neither gets it, nor can put another in its place."""
    ann = await people.one("ann")
    path = await share(ann, await ann.make_room(), b"for us only")
    form = {"username": ann.name, "password": PASSWORD}
    login = await secure.request("POST", "/api/auth/login", form=form)
    [cookie] = login.cookies
    token = json.loads(login.text)["access_token"]
    name, _, rest = cookie.partition("=")
    assert name.startswith("__Secure-")
    assert "; Secure" in rest
    value = rest.partition(";")[0]
    for sent, status in ((name, 200), (name.removeprefix("__Secure-"), 401)):
        assert (await secure.request("GET", path, {"Cookie": f"{sent}={value}"})).status == status
    [gone] = (await secure.request("POST", "/api/auth/logout", {"Authorization": f"Bearer {token}"})).cookies
    assert gone.startswith(f"{name}=;")
    assert "; Secure" in gone
