"""`lanchat admin …` at the host: with the server stopped, and beside a running one."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.test_claim import code_of
from tests.people import PASSWORD, Person, people_at
from tests.server import ENVIRONMENT, ROOT, LanChat

NEW = "another battery"


def admin(data_dir: Path, *arguments: str, says: str = "", refuses: bool = False) -> str:
    """What the command says, in one piece; a refusal is one line without a trace."""
    done = subprocess.run(
        [sys.executable, "-m", "lanchat", "admin", *arguments, "--data-dir", str(data_dir)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", **ENVIRONMENT, "LC_ALL": "en_US.UTF-8"},
        input=says,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode != 0) is refuses, done.stderr
    assert "Traceback" not in done.stderr
    if refuses:
        assert len(done.stderr.splitlines()) == 1
        return done.stderr
    return done.stdout


async def beside(server: LanChat, *arguments: str, **more: object) -> str:
    return await asyncio.to_thread(admin, server.data_dir, *arguments, **more)


async def log_in(person: Person, password: str) -> int:
    return (await person.post("/api/auth/login", data={"username": person.name, "password": password})).status


async def test_an_account_made_before_the_first_start_can_log_in(tmp_path: Path) -> None:
    admin(tmp_path / "data", "create", "Root_Anna", "--admin", says=f"{PASSWORD}\n")
    assert "administrator" in admin(tmp_path / "data", "list")
    with LanChat(tmp_path / "data").start() as server:
        async with people_at(server.url) as people:
            anna = people.newcomer()
            form = {"username": "root_anna", "password": PASSWORD}
            anna.token = (await anna.post("/api/auth/login", data=form)).expect(200)["access_token"]
            assert (await anna.get("/api/auth/me")).expect(200)["is_admin"] is True
            assert (await anna.lobby())["role"] == "member"


async def test_roles_change_beside_a_running_server(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        assert ann.name in await beside(own_server, "promote", ann.name.upper())
        assert (await ann.get("/api/auth/me")).expect(200)["is_admin"] is True
        await beside(own_server, "demote", ann.name)
        assert (await ann.get("/api/auth/me")).expect(200)["is_admin"] is False


async def test_the_claim_code_is_void_once_somebody_was_promoted_at_the_host(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann, bob = await people("ann", "bob")
        code = code_of(own_server)
        await beside(own_server, "promote", ann.name)
        answer = await bob.post("/api/admin/claim", {"code": code})
        assert (answer.status, answer.code) == (409, "already_claimed")
        assert (await bob.get("/api/auth/me")).expect(200)["is_admin"] is False


async def test_a_reset_password_signs_out_everywhere_at_once(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann, bob = await people("ann", "bob")
        hers, his = await ann.connect(), await bob.connect()

        await beside(own_server, "reset-password", ann.name, says=f"{NEW}\n")

        async with asyncio.timeout(3):  # a second, on a busy machine
            await hers.until_gone()
        assert (await ann.get("/api/auth/me")).status == 401
        assert await log_in(ann, PASSWORD) == 401
        assert await log_in(ann, NEW) == 200
        await his.catch_up()


async def test_a_password_can_be_made_up(own_server: LanChat) -> None:
    async with people_at(own_server.url) as people:
        ann = await people.one("ann")
        password = (await beside(own_server, "reset-password", ann.name, "--generate")).split()[-1]
        assert await log_in(ann, password) == 200


async def test_unlocking_lets_somebody_in_who_failed_too_often(server: LanChat) -> None:
    async with people_at(server.url) as people:
        ann = await people.one("ann")
        for number in range(10):
            assert await log_in(ann, f"wrong {number}") == 401
        assert await log_in(ann, PASSWORD) == 429

        await beside(server, "unlock", ann.name)

        async with asyncio.timeout(10):
            while (status := await log_in(ann, PASSWORD)) == 429:  # noqa: ASYNC110, another process tells nobody
                await asyncio.sleep(0.2)
        assert status == 200


@pytest.mark.parametrize(
    ("arguments", "says", "words"),
    [
        (("promote", "nobody_here"), "", "nobody_here"),
        (("create", "x"), f"{PASSWORD}\n", "2 to 20"),
        (("create", "somebody"), "short\n", "at least 6"),
        (("create", "somebody"), "", "at least 6"),
        (("promote", "LanChat"), "", "LanChat"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...], says: str, words: str) -> None:
    assert words in admin(tmp_path / "data", *arguments, says=says, refuses=True)


def test_a_taken_name_is_refused(tmp_path: Path) -> None:
    admin(tmp_path, "create", "anna", says=f"{PASSWORD}\n")
    assert "taken" in admin(tmp_path, "create", "ANNA", says=f"{PASSWORD}\n", refuses=True)
