"""HTTPS on a real network: what a browser that trusts the host may do there, and what it withholds from plain HTTP."""

import asyncio
import hashlib
import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Playwright, async_playwright, expect

from tests.browser.chromium import PATIENCE, Visitor, chromium_on
from tests.browser.test_accessibility import AXE, complaints
from tests.lan.network import Computer, local_network, why_impossible
from tests.patience import patience
from tests.server import LanChat

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

HOST, GUEST, NAME = "10.77.0.1", "10.77.0.2", "lanchat.local"
HTTPS_PORT = 8443
FLAGS = (f"--host-resolver-rules=MAP {NAME} {HOST}", "--use-fake-device-for-media-stream")
ASKED_FOR = ("persistence", "notifications", "microphone", "camera")
GIVEN = ("serviceWorker", "install", "wakeLock", "crypto")
HELD_BACK = dict.fromkeys((*ASKED_FOR, *GIVEN), "insecure") | {"clipboard": "replaced"}
OFFERED = dict.fromkeys(ASKED_FOR, "ask") | dict.fromkeys((*GIVEN, "clipboard"), "works")
EVERYWHERE = dict.fromkeys(("webSocket", "storage", "indexedDb", "fullscreen", "webRtc"), "works")
TABLE = {
    "http by address": {**EVERYWHERE, **HELD_BACK},
    "https by address": {**EVERYWHERE, **OFFERED},
    "https by name": {**EVERYWHERE, **OFFERED},
}
# A phone's browser has Notification for asking only; and its owner looks elsewhere.
AS_ON_A_PHONE = """
document.hasFocus = () => false
globalThis.Notification = new Proxy(Notification, { construct() { throw new TypeError('Illegal constructor') } })
"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready
  for (;;) {
    const [shown] = await worker.getNotifications()
    if (shown !== undefined) return [shown.title, shown.body]
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}"""
CLICKED = """async () => {
  const [notification] = await self.registration.getNotifications()
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }))
}"""


@dataclass
class House:
    """`trusting` was told to trust the host's authority; `stranger` was not."""

    origins: dict[str, str]
    ca: bytes
    trusting: Browser
    stranger: Browser

    @asynccontextmanager
    async def visit(self, browser: Browser, kind: str, name: str = "") -> AsyncIterator[Visitor]:
        async with await browser.new_context(locale="en-US") as context:
            visitor = Visitor(await context.new_page(), self.origins[kind], name)
            yield visitor
            assert visitor.errors == []


@asynccontextmanager
async def trusting_browser(guest: Computer, playwright: Playwright, ca: bytes) -> AsyncIterator[Browser]:
    """One with a home of its own, in whose store of certificates somebody has put this one."""
    home = guest.folder / "home"
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    (home / "ca.crt").write_bytes(ca)
    guest.run("certutil", "-d", f"sql:{store}", "-N", "--empty-password")
    said = guest.run("certutil", "-d", f"sql:{store}", "-A", "-t", "C,,", "-n", "host", "-i", str(home / "ca.crt"))
    assert not said, said
    entered = ("ip", "netns", "exec", guest.namespace, "env", f"HOME={home}")
    async with chromium_on(guest, playwright, entered, FLAGS) as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    if reason := why_impossible():
        pytest.skip(reason)
    if shutil.which("certutil") is None:
        pytest.skip("needs certutil")
    with local_network() as network:
        host, guest, other = (
            network.computer(name, f"{address}/24")
            for name, address in (("host", HOST), ("guest", GUEST), ("other", "10.77.0.3"))
        )
        enter = ("ip", "netns", "exec", host.namespace)
        env = {"LANCHAT_ALLOWED_HOSTS": NAME, "LANCHAT_NAME": "Ann's PC", "LANCHAT_HTTPS_PORT": str(HTTPS_PORT)}
        data = tmp_path_factory.mktemp("secure")
        server = await asyncio.to_thread(LanChat(data, host="0.0.0.0", prefix=enter, env=env).start)
        ca = ssl.PEM_cert_to_DER_cert(guest.run("curl", "-s", f"http://{HOST}:{server.port}/lanchat-ca.crt"))
        origins = {
            "http by address": f"http://{HOST}:{server.port}",
            "https by address": f"https://{HOST}:{HTTPS_PORT}",
            "https by name": f"https://{NAME}:{HTTPS_PORT}",
        }
        try:
            async with (
                async_playwright() as playwright,
                trusting_browser(guest, playwright, ca) as trusting,
                chromium_on(other, playwright, flags=FLAGS) as stranger,
            ):
                yield House(origins, ca, trusting, stranger)
            server.end_well()
        finally:
            server.kill()


@pytest.mark.parametrize("kind", TABLE)
async def test_the_table_of_what_a_browser_may_do(house: House, kind: str) -> None:
    async with house.visit(house.trusting, kind) as guest:
        await guest.page.goto(f"{guest.url}/capabilities")
        rows = guest.page.get_by_test_id("ability")
        await expect(rows).to_have_count(len(TABLE[kind]))
        read = "rows => rows.map(({ dataset }) => [dataset.name, dataset.state])"
        assert dict(await rows.evaluate_all(read)) == TABLE[kind]
        assert await guest.page.evaluate("isSecureContext") == kind.startswith("https")
        way_there = guest.page.get_by_role("link", name="Enable secure mode")
        await expect(way_there).to_have_count(0 if kind.startswith("https") else 1)


@pytest.mark.parametrize("kind", ["https by address", "https by name"])
async def test_what_needs_https_works_over_it(house: House, kind: str) -> None:
    async with house.visit(house.trusting, kind) as guest:
        page = guest.page
        await page.goto(f"{guest.url}/capabilities")
        assert await page.evaluate("Notification.permission") == "default"  # it may be asked for
        register = "navigator.serviceWorker.register('/notifier.js').then(() => navigator.serviceWorker.ready)"
        assert (
            await page.evaluate(f"{register}.then(({{ active, scope }}) => active !== null && scope)")
            == f"{guest.url}/"
        )
        await page.context.grant_permissions(["microphone", "notifications"], origin=guest.url)
        assert await page.evaluate("Notification.permission") == "granted"
        listen = "navigator.mediaDevices.getUserMedia({ audio: true })"
        assert await page.evaluate(f"{listen}.then((stream) => stream.getAudioTracks()[0].readyState)") == "live"


async def test_people_over_https_chat_by_websocket_with_those_over_http(house: House) -> None:
    async with (
        house.visit(house.trusting, "http by address", "ann") as ann,
        house.visit(house.trusting, "https by name", "bob") as bob,
    ):
        sockets: list[str] = []
        bob.page.on("websocket", lambda socket: sockets.append(socket.url))
        await asyncio.gather(ann.register(), bob.register())
        await asyncio.gather(ann.open_room("Lobby"), bob.open_room("Lobby"))
        await ann.say("over the air")
        await bob.sees("over the air")
        await bob.say("under lock and key")
        await ann.sees("over the air", "under lock and key")
        assert [url.partition("/socket.io/")[0] for url in sockets] == [bob.url.replace("https:", "wss:")]
        assert "transport=websocket" in sockets[0]


async def test_a_browser_that_does_not_trust_the_host_is_warned(house: House) -> None:
    async with house.visit(house.stranger, "https by address") as guest:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            await guest.page.goto(guest.url)


@pytest.mark.parametrize(("who", "reached"), [("trusting", "answers"), ("stranger", "refuses")])
async def test_the_page_about_secure_mode_knows_whether_this_browser_trusts_the_host(
    house: House, who: str, reached: str
) -> None:
    async with house.visit(getattr(house, who), "http by address") as guest:
        await guest.page.goto(f"{guest.url}/login")
        await guest.page.get_by_role("link", name="Not encrypted").click()
        await expect(guest.page.get_by_test_id("reached")).to_have_attribute("data-reached", reached)
        await expect(guest.page.get_by_role("link", name="Open https://")).to_be_visible()


async def test_the_four_steps_lead_to_the_secure_address(house: House) -> None:
    async with house.visit(house.trusting, "http by address") as guest:
        page = guest.page
        await page.goto(f"{guest.url}/secure")
        async with page.expect_download() as download:
            await page.get_by_role("link", name="Download certificate").click()
        saved = (await (await download.value).path()).read_text()
        number = hashlib.sha256(ssl.PEM_cert_to_DER_cert(saved)).digest().hex(" ").upper()
        await expect(page.get_by_text(number)).to_be_visible()
        assert ssl.PEM_cert_to_DER_cert(saved) == house.ca
        words = (await page.get_by_test_id("words").inner_text()).split()
        assert len(words) == 8

        await expect(page.get_by_role("button", name="Linux")).to_have_attribute("aria-pressed", "true")
        await page.get_by_role("button", name="iPhone, iPad").click()
        await expect(page.get_by_text("Certificate Trust Settings")).to_be_visible()
        await page.get_by_role("link", name="Open https://").click()
        await expect(page.get_by_label("Your name")).to_be_visible()
        assert page.url.startswith(house.origins["https by address"])
        await expect(page.get_by_role("link", name="Not encrypted")).to_have_count(0)


@pytest.mark.skipif(not AXE.exists(), reason="needs the web client's development packages")
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_everybody_can_use_the_pages_about_it(house: House, theme: str) -> None:
    async with house.visit(house.stranger, "http by address") as guest:
        await guest.page.emulate_media(color_scheme="light" if theme == "light" else "dark")
        for path in ("secure", "capabilities"):
            await guest.page.goto(f"{guest.url}/{path}")
            await expect(guest.page.locator("main li").first).to_be_visible()
            assert await complaints(guest) == [], path


async def test_where_pages_may_not_notify_by_themselves_a_worker_does(house: House) -> None:
    async with (
        house.visit(house.trusting, "http by address", "carol") as carol,
        house.visit(house.trusting, "https by address", "dave") as dave,
    ):
        context = dave.page.context
        await context.grant_permissions(["notifications"], origin=dave.url)
        await context.add_init_script(AS_ON_A_PHONE)
        await asyncio.gather(carol.register(), dave.register())
        await carol.open_room("Lobby")
        async with context.expect_event("serviceworker") as started:
            await carol.say("are you there?")
        worker = await started.value
        async with asyncio.timeout(patience(PATIENCE / 1000)):
            title, body = await dave.page.evaluate(SHOWN)
        assert title.startswith("carol · ")
        assert body == "are you there?"

        await worker.evaluate(CLICKED)
        await expect(dave.page.get_by_role("heading", name="Lobby")).to_be_visible()
