"""A server whose disk is full: said in plain words, nothing half-stored, reading goes on, writing resumes by itself.

The disk is played by the system's limit on the size of a file, set on the running server from outside.
"""

import shutil
import subprocess
from typing import Any

import pytest

from tests.files import upload
from tests.people import Person, people_at
from tests.server import LanChat

pytestmark = pytest.mark.skipif(shutil.which("prlimit") is None, reason="needs prlimit of util-linux")


def limit_files(server: LanChat, size: str) -> None:
    subprocess.run(["prlimit", "--pid", str(server.pid), f"--fsize={size}"], check=True)


async def fill(person: Person, room: dict[str, Any]) -> tuple[int, Any]:
    """Send until it is refused; how many were taken, and the refusal."""
    for number in range(500):
        answer = await person.post(f"/api/messages/{room['id']}", {"content": f"{number} " + "x" * 9000})
        if answer.status != 201:
            return number, answer
    raise AssertionError("the disk never filled up")


async def test_a_full_disk_is_said_and_outlived(own_server: LanChat):
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        room = await ann.make_room()
        ear = await ann.connect()
        limit_files(own_server, f"{600_000}:unlimited")

        taken, refusal = await fill(ann, room)

        assert (refusal.status, refusal.code) == (507, "storage_full")
        ack = await ear.call("send_message", {"room_id": room["id"], "content": "y" * 9000})
        assert (ack["ok"], ack["error"]["code"]) == (False, "storage_full")
        refused = await upload(ann, b"z" * 1_000_000, "large.bin")
        assert (refused.status, refused.code) == (507, "storage_full")
        seqs = [message["seq"] for message in await ann.history(room, limit=100)]
        assert seqs == list(range(taken - len(seqs) + 1, taken + 1))

        limit_files(own_server, "unlimited:unlimited")
        assert (await ann.say(room, "room again"))["seq"] == taken + 1
        await ear.hears("new_message", content="room again")
        kept = (await upload(ann, b"z" * 1_000_000, "large.bin")).expect(201)
        stored = [path for path in (own_server.data_dir / "uploads").rglob("*") if path.is_file()]
        assert [path.stat().st_size for path in stored] == [kept["file_size"]]
        assert own_server.stop() == 0
