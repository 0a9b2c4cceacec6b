"""Many guesses of a code at once: no more of them are looked at than one after the other would be."""

import asyncio
from collections import Counter

import pytest

from tests.people import People


@pytest.mark.parametrize(
    ("path", "allowed", "wrong"),
    [
        ("/api/invites/read", 30, "invite_revoked"),
        ("/api/invites/redeem", 30, "invite_revoked"),
        ("/api/auth/device/read", 10, "device_code_unknown"),
        ("/api/auth/device", 10, "device_code_unknown"),
    ],
)
async def test_of_many_wrong_codes_at_once_no_more_are_looked_at(people: People, path: str, allowed: int, wrong: str):
    guesser = await people.one("guesser")
    replies = await asyncio.gather(
        *(guesser.post(path, {"code": f"GUES-{number:04}"}) for number in range(2 * allowed))
    )
    assert Counter(reply.code for reply in replies) == {wrong: allowed, "too_many": allowed}
