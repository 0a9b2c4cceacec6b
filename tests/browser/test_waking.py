"""What a page does when its device wakes, and when the host isn't where it was."""

import asyncio
import itertools
import logging
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.chromium import Visitor, chromium_on
from tests.lan.network import Computer, filtered, local_network, why_impossible
from tests.server import LanChat

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]

# The second one first: who loses the first address of a network loses all of them.
SECOND, HOST, GUEST = "10.77.0.9", "10.77.0.1", "10.77.0.2"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ADVICE = "Stay on this Wi-Fi"
BACK = 5.0  # s, from waking until the page knows what was said meanwhile
SLACK = 3
# The client asks for the other addresses a moment after it has connected.
NOTED = "() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/addresses'))"
log = logging.getLogger(__name__)
_numbers = itertools.count(1)  # names that are taken once stay so


@dataclass
class House:
    host: Computer
    guest: Computer
    server: LanChat
    beside: Browser
    away: Browser

    @asynccontextmanager
    async def visit(self, name: str, address: str, **context: Any) -> AsyncIterator[Visitor]:
        """As a guest, who is in the Lobby already."""
        browser = self.away if address == HOST else self.beside
        async with await browser.new_context(locale="en-US", **context) as opened:
            url = f"http://{address}:{self.server.port}"
            visitor = Visitor(await opened.new_page(), url, f"{name}{next(_numbers)}")
            await visitor.page.goto(f"{visitor.url}/guest")
            await visitor.page.get_by_label("Your name").fill(visitor.name)
            await visitor.page.get_by_role("button", name="Join").click()
            await expect(visitor.page.get_by_role("heading", name="Lobby")).to_be_visible()
            yield visitor
            assert visitor.errors == []

    @contextmanager
    def guest_asleep(self) -> Iterator[None]:
        """Nothing runs there, as in a pocket."""
        told = subprocess.run(["ip", "netns", "pids", self.guest.namespace], capture_output=True, text=True, check=True)
        programs = [int(pid) for pid in told.stdout.split()]
        for pid in programs:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in programs:
                os.kill(pid, signal.SIGCONT)

    def forget_connections(self) -> None:
        """Those between the two computers, as a network does that the guest slept away from: nobody is told."""
        port = self.server.port
        found = self.host.run("ss", "-Htn", "state", "established", f"( sport = :{port} and dst {GUEST} )")
        ports = ", ".join(line.split()[3].rpartition(":")[2] for line in found.splitlines())
        assert ports, "nobody is connected"
        chains = "".join(
            f"chain {hook} {{ type filter hook {hook} priority 0; tcp {side} {{ {ports} }} drop; }}\n"
            for hook, side in (("input", "sport"), ("output", "dport"))
        )
        filtered(self.host.namespace, f"table inet forgotten {{ {chains} }}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    if reason := why_impossible():
        pytest.skip(reason)
    with local_network() as network:
        host = network.computer("host", f"{SECOND}/24", f"{HOST}/24")
        guest = network.computer("guest", f"{GUEST}/24")
        enter = ("ip", "netns", "exec", host.namespace)
        data = tmp_path_factory.mktemp("waking")
        server = await asyncio.to_thread(
            LanChat(data, host="0.0.0.0", prefix=enter, env={"LANCHAT_NAME": "Ann's PC"}).start
        )
        try:
            async with (
                async_playwright() as playwright,
                chromium_on(host, playwright) as beside,
                chromium_on(guest, playwright) as away,
            ):
                yield House(host, guest, server, beside, away)
            assert server.stop() == 0
            assert "Traceback" not in server.report()
        finally:
            server.kill()


async def test_a_tab_says_whose_host_it_shows(house: House) -> None:
    async with house.visit("ann", "127.0.0.1") as ann, house.visit("bob", HOST) as bob:
        await expect(ann.page).to_have_title("Lobby / 大厅 · Ann's PC · LanChat")
        icon = ann.page.locator("link[rel=icon]")
        quiet = await icon.get_attribute("href") or ""
        assert quiet.startswith("data:image/svg+xml,")
        await ann.make_room("Garden")
        await bob.say("anybody here?")
        await expect(ann.page).to_have_title("(1) Garden · Ann's PC · LanChat")
        await expect(icon).not_to_have_attribute("href", quiet)
        await bob.page.goto(f"{bob.url}/nowhere")
        await bob.page.evaluate("localStorage.clear()")
        await bob.page.goto(f"{bob.url}/login")
        await expect(bob.page).to_have_title("Ann's PC · LanChat")
        await expect(bob.page.locator("link[rel=icon]")).to_have_attribute("href", quiet)


async def test_a_phone_that_slept_is_back_within_seconds(house: House) -> None:
    async with house.visit("carol", "127.0.0.1") as carol, house.visit("dave", HOST, **PHONE) as dave:
        await carol.say("good night")
        await dave.sees("good night")
        # Playwright makes every page believe that somebody looks at it.
        phone = await dave.page.context.new_cdp_session(dave.page)
        await phone.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
        await (await dave.page.context.new_page()).bring_to_front()
        with house.guest_asleep():
            house.forget_connections()
            await carol.say("said while dave slept")
            await carol.sees("good night", "said while dave slept")

        await dave.page.bring_to_front()
        woke = time.monotonic()
        await dave.sees("good night", "said while dave slept")
        took = time.monotonic() - woke
        log.info("back after waking on a connection that had died: %.1f s", took)
        assert took <= SLACK * BACK
        await dave.composer.fill("good morning")
        await dave.page.get_by_role("button", name="Send", exact=True).click()
        await carol.sees("said while dave slept", "good morning")


async def test_a_phone_that_lost_its_network_is_told_to_stay_on_it_and_returns_with_it(house: House) -> None:
    async with house.visit("fred", HOST, **PHONE) as fred:
        house.guest.unplug()
        await expect(fred.banner).to_contain_text("You are offline.")
        await expect(fred.banner).to_contain_text(ADVICE)
        await expect(fred.banner.get_by_role("link")).to_have_count(0)
        house.guest.plug()
        plugged = time.monotonic()
        await expect(fred.banner).to_have_count(0)
        took = time.monotonic() - plugged
        log.info("back after the network: %.1f s", took)
        assert took <= SLACK * BACK


async def test_who_came_by_number_is_told_where_the_host_has_moved(house: House) -> None:
    async with house.visit("erin", HOST, **PHONE) as erin:
        await erin.page.wait_for_function(NOTED)
        house.host.drop(f"{HOST}/24")
        await erin.page.evaluate("dispatchEvent(new Event('focus'))")  # erin looks again, and nothing answers
        await expect(erin.banner).to_contain_text("Reconnecting")
        link = erin.banner.get_by_role("link", name=f"{SECOND}:{house.server.port}")
        await expect(link).to_be_visible()
        await expect(erin.banner).to_contain_text("The host may have moved. It answers at")
        await expect(erin.banner).not_to_contain_text(ADVICE)
        await link.click()
        await expect(erin.page.get_by_role("heading", name="Ann's PC")).to_be_visible()
        await expect(erin.page.get_by_text(ADVICE)).to_be_visible()
        assert erin.page.url.startswith(f"http://{SECOND}:")
