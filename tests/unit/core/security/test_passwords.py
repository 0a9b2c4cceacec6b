"""Hashing takes its time elsewhere: nobody else waits for it."""

import asyncio
import base64
import hashlib
import time
from collections.abc import Iterator

import bcrypt
import pytest

from lanchat.core.security.passwords import Passwords, hash_password


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    passwords = Passwords()
    yield passwords
    passwords.close()


async def turns_during(work: "asyncio.Future[object] | asyncio.Task[object]") -> int:
    """How often the loop came round meanwhile."""
    turns = 0
    while not work.done():
        await asyncio.sleep(0)
        turns += 1
    return turns


async def test_the_loop_goes_on_while_passwords_are_hashed_and_compared(passwords: Passwords) -> None:
    hashing = asyncio.create_task(passwords.hash("correct horse", "here"))
    assert await turns_during(hashing) > 20
    comparing = asyncio.gather(*(passwords.matches("correct horse", hashing.result(), "here") for _ in range(8)))
    assert await turns_during(comparing) > 20
    assert comparing.result() == [True] * 8


@pytest.mark.parametrize("password", ["x" * 256, "密码" * 100, "\x01\x7f", "ends\x00here"])
async def test_every_letter_of_a_password_counts(passwords: Passwords, password: str) -> None:
    hashed = await passwords.hash(password, "here")
    assert await passwords.matches(password, hashed, "here")
    for other in (password[:-1], password + "x", password.swapcase() + "!"):
        assert not await passwords.matches(other, hashed, "here")


COMPOSED, DECOMPOSED, MIXED = "café-Straße-é1", "cafe\u0301-Straße-e\u03011", "cafe\u0301-Straße-é1"


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED, MIXED])
@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
async def test_a_password_is_the_same_on_every_keyboard(passwords: Passwords, chosen: str, typed: str) -> None:
    assert await passwords.matches(typed, await passwords.hash(chosen, "here"), "here")


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
async def test_what_was_hashed_as_it_was_typed_still_opens(passwords: Passwords, chosen: str, typed: str) -> None:
    former = bcrypt.hashpw(base64.b64encode(hashlib.sha256(chosen.encode()).digest()), bcrypt.gensalt(4)).decode()
    assert await passwords.matches(typed, former, "here")
    assert not await passwords.matches("cafe-Straße-e1", former, "here")


async def test_nobody_s_password_is_no_password(passwords: Passwords) -> None:
    assert not await passwords.matches("nobody", None, "here")


def test_the_same_password_is_never_hashed_the_same() -> None:
    assert hash_password("correct horse") != hash_password("correct horse")


async def test_nobody_s_password_takes_as_long_to_refuse_as_a_wrong_one(passwords: Passwords) -> None:
    """Or the time alone would tell who has an account."""
    hashed = await passwords.hash("correct horse", "here")

    async def quickest(compared: str | None) -> float:
        times: list[float] = []
        for _ in range(3):
            started = time.perf_counter()
            assert not await passwords.matches("wrong horse", compared, "here")
            times.append(time.perf_counter() - started)
        return min(times)

    assert await quickest(None) > await quickest(hashed) / 2
