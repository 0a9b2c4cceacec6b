"""A file system of a few megabytes that other programs fill: said in words, read all the while, and outlived.

It is mounted where the server's data belong, in a mount namespace that nobody else sees.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.files import MB, fetch, upload
from tests.people import Person, people_at
from tests.server import LanChat

SIZE = 24  # MB
MOUNT = 'mount -t tmpfs -o size="$1"m,mode=700 lanchat "$2" && shift 2 && exec "$@"'
NAMESPACES = (("unshare", "--mount"), ("unshare", "--user", "--map-root-user", "--mount"))


def mounting(place: Path) -> tuple[str, ...]:
    """What to put before a command that is to find a small disk of its own there; skips where that is forbidden."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        pytest.skip("needs Linux and unshare of util-linux")
    for namespace in NAMESPACES:
        prefix = (*namespace, "sh", "-c", MOUNT, "sh", str(SIZE), str(place))
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    pytest.skip("may not mount anything here, not even in a namespace of its own")


class SmallDisk:
    """As the server sees it, which is the only one who does."""

    def __init__(self, server: LanChat) -> None:
        self.data = Path(f"/proc/{server.pid}/root{server.data_dir}")
        self._filler = self.data / "films.of.somebody"

    def fill(self) -> None:
        """To the last byte."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while file.write(bytes(4096)):
                pass

    def free(self) -> None:
        self._filler.unlink()

    def uploads(self) -> list[int]:
        return [path.stat().st_size for path in (self.data / "uploads").rglob("*") if path.is_file()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LanChat]:
    data = tmp_path / "data"
    data.mkdir()
    env = {"LANCHAT_DISK_RESERVE_BYTES": "0"}  # or it would refuse uploads long before the disk does
    with LanChat(data, "--limits", "off", prefix=mounting(data), env=env).start() as running:
        yield running


async def until_full(person: Person, room: dict[str, object]) -> int:
    """Say something until there is no room for it; returns how much was taken."""
    for number in range(2000):
        answer = await person.post(f"/api/messages/{room['id']}", {"content": f"{number} " + "x" * 9000})
        if answer.status != 201:
            assert (answer.status, answer.code) == (507, "storage_full")
            return number
    raise AssertionError("the disk never filled up")


async def test_a_full_file_system_is_said_and_outlived(server: LanChat) -> None:
    disk = SmallDisk(server)
    async with people_at(server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room()
        await ann.say(room, "before")
        path = (await upload(ann, b"the plan" * 1000, "plan.txt")).expect(201)["file_path"]
        ear = await ann.connect()
        before = disk.uploads()
        disk.fill()

        taken = await until_full(ann, room)

        ack = await ear.call("send_message", {"room_id": room["id"], "content": "y" * 9000})
        assert (ack["ok"], ack["error"]["code"]) == (False, "storage_full")
        for size in (10, MB):
            refused = await upload(ann, b"z" * size, "large.bin")
            assert (refused.status, refused.code) == (507, "storage_full")
        assert disk.uploads() == before
        assert len(await ann.history(room, limit=100)) == min(100, taken + 1)
        assert (await fetch(ann, path)).content == b"the plan" * 1000
        assert (await people.newcomer().get("/health")).status == 200

        disk.free()
        said = await ann.say(room, "room again")
        assert said["seq"] == taken + 2
        await ear.hears("new_message", content="room again")
        kept = (await upload(ann, b"z" * MB, "large.bin")).expect(201)
        assert sorted(disk.uploads()) == sorted([*before, kept["file_size"]])
        assert server.stop() == 0
    assert "Traceback" not in "".join(server.output)


async def test_an_upload_that_fills_the_file_system_leaves_nothing(server: LanChat) -> None:
    disk = SmallDisk(server)
    async with people_at(server.url) as people:
        ann = await people.one("ann")
        refused = await upload(ann, bytes(SIZE * MB), "film.mp4")
        assert (refused.status, refused.code) == (507, "storage_full")
        assert disk.uploads() == []
        (await upload(ann, bytes(5 * MB), "film.mp4")).expect(201)
        assert (await ann.say(await ann.make_room(), "still here"))["seq"] == 1
        assert server.stop() == 0


@pytest.mark.parametrize("left", [0, 8, 200])
def test_a_start_on_a_full_file_system_is_refused_in_words(tmp_path: Path, left: int) -> None:
    """However many KB are left: it may be the folders, the keys or the database that find no room."""
    data = tmp_path / "data"
    data.mkdir()
    fill = 'dd if=/dev/zero of="$0"/films bs=4096 2>/dev/null; truncate -s -"$1"K "$0"/films; shift; exec "$@"'
    command = [*mounting(data), "sh", "-c", fill, str(data), str(left)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "lanchat", "serve", "--port", "0", "--host", "127.0.0.1", "--data-dir", data],
        env={**os.environ, "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr or "disk that holds" in done.stderr
