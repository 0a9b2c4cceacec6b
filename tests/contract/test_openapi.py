"""The OpenAPI document is true: schemathesis calls every operation that it describes and compares the answers."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people import people_at
from tests.server import LanChat

PROMISED = {
    "/api/auth/register": {"post"},
    "/api/auth/login": {"post"},
    "/api/auth/me": {"get"},
    "/api/auth/logout": {"post"},
    "/api/rooms/": {"get", "post"},
    "/api/rooms/{room_id}": {"get", "put", "delete"},
    "/api/rooms/{room_id}/join": {"post"},
    "/api/rooms/{room_id}/leave": {"post"},
    "/api/messages/{room_id}": {"get", "post"},
    "/api/messages/": {"post"},
    "/api/upload/": {"post"},
    "/files/{name}": {"get"},
    "/files/{name}/thumbnail": {"get"},
}
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
]


@pytest.fixture(scope="module")
def unlimited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanChat]:
    with LanChat(tmp_path_factory.mktemp("unlimited"), "--limits", "off").start() as running:
        yield running
        running.end_well()


async def test_every_promised_operation_is_described(unlimited: LanChat):
    async with people_at(unlimited.url) as people:
        document = (await people.newcomer().get("/openapi.json")).expect(200)
    for path, methods in PROMISED.items():
        assert methods <= set(document["paths"][path]), path


async def test_schemathesis_finds_no_answer_that_differs_from_the_document(unlimited: LanChat, tmp_path: Path):
    async with people_at(unlimited.url) as people:
        ann = await people.one("ann")
        rooms = [await ann.make_room() for _ in range(3)]
        for room in rooms:
            await ann.say(room, "something to read")
        token = ann.token
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{unlimited.url}/openapi.json",
        f"--header=Authorization: Bearer {token}",
        f"--checks={','.join(CHECKS)}",
        "--phases=examples,coverage,fuzzing",
        "--max-examples=10",
        "--seed=1",
        "--generation-database=none",
        "--exclude-path=/api/auth/sessions/{session_id}",
        "--exclude-path=/api/auth/logout",  # or all that follow would be asked by nobody
        "--no-color",
    ]
    run = await asyncio.to_thread(
        subprocess.run,
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
