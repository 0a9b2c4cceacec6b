"""LanChat behind nginx, Caddy and HAProxy, by the very recipes of `packaging/proxies/`."""

import asyncio
import datetime as dt
import json
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.files import MB, upload
from tests.patience import patience
from tests.people import PATIENCE, People, Person
from tests.server import ROOT, LanChat

RECIPES = ROOT / "packaging" / "proxies"
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"  # where Debian has servers
NAME = "chat.example"
BROWSER = "127.0.9.9"  # where whoever asks the proxy comes from


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `chat.example.pem`, `.key` and `.both.pem`."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public = built.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for ending, content in (("pem", public), ("key", private), ("both.pem", public + private)):
        (folder / f"{NAME}.{ending}").write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    """A host with the settings of the recipes."""
    data = tmp_path_factory.mktemp("hidden") / "data"
    data.mkdir(mode=0o700)
    text = (RECIPES / "README.md").read_text("utf-8")
    (data / "lanchat.toml").write_text(text.partition("```toml\n")[2].partition("```")[0])
    with LanChat(data).start() as running:
        yield running
        running.end_well()


def command_of(proxy: str, folder: Path, certificate: Path, port: int, host: LanChat) -> list[str]:
    """Writes the recipe with ports and paths of this test, and says how it is started."""
    recipe = (RECIPES / {"nginx": "nginx.conf", "caddy": "Caddyfile", "haproxy": "haproxy.cfg"}[proxy]).read_text()
    assert "127.0.0.1:8000" in recipe
    recipe = recipe.replace("127.0.0.1:8000", f"127.0.0.1:{host.port}").replace("/etc/ssl", str(certificate))
    file = folder / "config"
    if proxy == "nginx":
        recipe = recipe.replace("listen 443", f"listen 127.0.0.1:{port}")
        paths = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        head = f"daemon off; pid {folder}/pid; error_log {folder}/log; worker_processes 1; user root; events {{}}"
        file.write_text(f"{head} http {{ access_log off; {paths} {recipe} }}")
        return ["nginx", "-p", str(folder), "-c", str(file), "-e", f"{folder}/log"]
    if proxy == "caddy":
        options = ("admin off", "auto_https disable_redirects", "default_bind 127.0.0.1")
        head = "{\n" + "".join(f"\t{option}\n" for option in options) + "}\n"
        file.write_text(head + recipe.replace("chat.example {", f"chat.example:{port} {{"))
        return ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    file.write_text(recipe.replace("bind :443", f"bind 127.0.0.1:{port}"))
    return ["haproxy", "-f", str(file), "-db"]


class Here(AbstractResolver):
    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        here: Any = {
            "hostname": host,
            "host": "127.0.0.1",
            "port": port,
            "family": socket.AF_INET,
            "proto": 0,
            "flags": 0,
        }
        return [here]

    async def close(self) -> None:
        pass


@pytest.fixture(params=["nginx", "caddy", "haproxy"])
async def outside(
    request: pytest.FixtureRequest, hidden: LanChat, certificate: Path, tmp_path: Path
) -> AsyncIterator[str]:
    """The address of LanChat as people behind a proxy know it."""
    if shutil.which(request.param, path=PATH) is None:
        pytest.skip(f"there is no {request.param} here: packaging/linux/system-packages.sh installs it")
    port = free_port()
    command = command_of(request.param, tmp_path, certificate, port, hidden)
    command[0] = shutil.which(command[0], path=PATH) or command[0]
    output = (tmp_path / "output").open("wb")
    environment = {"PATH": PATH, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}  # where Caddy remembers
    process = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=environment, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        async with asyncio.timeout(patience(PATIENCE)):
            while process.returncode is None:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    break
        assert process.returncode is None, (tmp_path / "output").read_text()
        yield f"https://{NAME}:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(patience(PATIENCE)):
            await process.wait()
        output.close()


@pytest.fixture
async def people(outside: str, certificate: Path) -> AsyncIterator[People]:
    people = People(outside)
    trusting = ssl.create_default_context(cafile=str(certificate / f"{NAME}.pem"))

    def behind_the_proxy(name: str = "someone") -> Person:
        person = newcomer(name)
        old, person.address = person.http, BROWSER
        connector = aiohttp.TCPConnector(local_addr=(BROWSER, 0), resolver=Here(), ssl=trusting)
        person.http = aiohttp.ClientSession(connector=connector)
        leftovers.append(old)
        return person

    leftovers: list[aiohttp.ClientSession] = []
    newcomer, people.newcomer = people.newcomer, behind_the_proxy  # type: ignore[method-assign]
    try:
        yield people
    finally:
        await people.close()
        for session in leftovers:
            await session.close()


async def test_people_chat_through_a_proxy(people: People, hidden: LanChat, outside: str) -> None:
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    ear = await bob.connect(("websocket",))
    assert ear.sio.transport() == "websocket"
    await ann.say(room, "through a proxy")
    assert (await ear.hears("new_message", room_id=room["id"]))["content"] == "through a proxy"
    polling = await ann.connect(("polling",))
    assert (await polling.call("send_message", {"room_id": room["id"], "content": "by polling"}))["ok"]
    assert (await ear.hears("new_message", content="by polling"))["username"] == ann.name

    origin = {"Origin": outside}  # as a browser sends it
    form = {"username": ann.name, "password": "correct horse"}
    signed_in = await ann.post("/api/auth/login", data=form, headers=origin)
    assert signed_in.status == 200
    cookie = signed_in.headers["Set-Cookie"]
    assert "Secure" in cookie.split("; ")
    assert cookie.startswith("__Secure-")

    path = (await upload(ann, bytes(20 * MB), "film.bin")).expect(201)["file_path"]
    value = cookie.partition(";")[0]
    async with ann.http.get(outside + path, headers={"Cookie": value}) as answer:  # as an <img> does
        assert answer.status == 200
        assert len(await answer.read()) == 20 * MB

    lines = [json.loads(line) for line in hidden.log.splitlines() if '"logger": "lanchat.access"' in line]
    assert {line["client"] for line in lines if line["path"] == "/api/upload/"} == {BROWSER}


async def test_a_page_of_another_site_is_refused_there_as_well(people: People) -> None:
    ann = await people.one("ann")
    answer = await ann.post("/api/rooms/", {"name": "x"}, headers={"Origin": "https://evil.example"})
    assert (answer.status, answer.code) == (403, "foreign_origin")
    spoofed = await ann.get("/api/auth/sessions", headers={"X-Forwarded-For": "10.9.9.9"})
    assert spoofed.status in {200, 404}
    assert "10.9.9.9" not in spoofed.text
