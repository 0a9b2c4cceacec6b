"""What people say of themselves for a time ends with it."""

import pytest

from lanchat.core.base.clock import Clock
from lanchat.profiles.schemas import ProfileChange, StatusDraft
from lanchat.profiles.service.change import change_profile, end_what_is_over
from tests.unit.recording import House

SOON, LATER = "2098-01-01T00:00:00.000000Z", "2099-01-01T00:00:00.000000Z"


async def test_a_status_ends_by_itself_and_no_other_does(house: House, monkeypatch: pytest.MonkeyPatch):
    ann, bob, cem = [await house.person(name) for name in ("ann", "bob", "cem")]
    room = await house.room(ann, bob, cem)
    ear = house.connect(bob, room)
    for person, until in ((ann, SOON), (bob, LATER), (cem, None)):
        change = ProfileChange(status=StatusDraft(text="away", until=until))
        await change_profile(house.chat, person.id, change)
    house.delivery.heard.clear()
    monkeypatch.setattr(Clock, "now", lambda _: SOON)
    await end_what_is_over(house.chat)
    await end_what_is_over(house.chat)
    assert [(told["id"], told["status"]) for told in house.delivery.of(ear, "user_updated")] == [(ann.id, None)]
    said = dict(await house.sql("SELECT username, status_text FROM account WHERE password_hash IS NOT NULL"))
    assert said == {"ann": None, "bob": "away", "cem": "away"}
