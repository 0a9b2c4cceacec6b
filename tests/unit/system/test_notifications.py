"""What the system is handed to show."""

import asyncio
import shutil
import sys

import pytest

from lanchat.system.notifications import Notices
from tests.bus import PATIENCE, private_bus
from tests.packaged.notifications import Notifications

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems know no markup"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is needed"),
]
SAID = '<a href="http://evil.example">Update</a> & <img src="x"> 3 < 4'


@pytest.mark.parametrize(
    ("capabilities", "shown"),
    [
        (
            ["actions", "body", "body-markup"],
            '&lt;a href="http://evil.example"&gt;Update&lt;/a&gt; &amp; &lt;img src="x"&gt; 3 &lt; 4',
        ),
        (["actions", "body"], SAID),
    ],
)
async def test_what_somebody_wrote_is_shown_as_written(
    monkeypatch: pytest.MonkeyPatch, capabilities: list[str], shown: str
) -> None:
    service = Notifications(capabilities)
    path = "/org/freedesktop/Notifications"
    with private_bus("org.freedesktop.Notifications", path, service) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        notices = Notices(lambda _: None)
        for number in range(2):
            await notices.notify(f"ann {number}", SAID, "/rooms/1")
            assert await asyncio.to_thread(service.shown.get, timeout=PATIENCE) == (f"ann {number}", shown)
