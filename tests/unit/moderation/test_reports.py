"""Reports as administrators see them who aren't in the room, and how long what was copied is kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from lanchat.accounts.errors import Forbidden
from lanchat.accounts.schemas.outgoing import RegisteredPayload
from lanchat.core.base.clock import Clock
from lanchat.core.base.lists import ListQuery
from lanchat.messages.schemas.incoming import Draft
from lanchat.messages.service import send
from lanchat.moderation.models import Report
from lanchat.moderation.schemas import ReportDraft
from lanchat.moderation.service import reports as service
from lanchat.rooms.errors import Banned, DirectRoom, RoomNotFound
from lanchat.rooms.service import join
from tests.unit.recording import House, house_in

WISH = ReportDraft(reason="abuse", words="look", with_context=True)
FIRST = ListQuery()


async def reported(house: House, author: RegisteredPayload, reporter: RegisteredPayload, room_id: int) -> int:
    """The id of a report of something that its author has just said."""
    said = await send.send_message(house.chat, author.id, Draft(room_id=room_id, content="something bad"))
    place = (room_id, said.payload.id)
    return (await service.report_message(house.chat, reporter.id, place, WISH))[0].id


async def administrator(house: House) -> RegisteredPayload:
    root = await house.person("root")
    await house.sql("UPDATE account SET is_admin = 1 WHERE id = ?", root.id)
    return root


async def test_administrators_see_of_a_room_that_they_are_not_in_what_was_reported_and_no_more(house: House):
    root, ann, bob = await administrator(house), await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob, is_private=True, password="secret")
    outside = house.connect(root)
    report_id = await reported(house, ann, bob, room.id)
    told = {"room_id": room.id, "report_id": report_id}
    assert house.delivery.of(outside, "report_made") == [told]
    for room_id in (room.id, None):
        (report,) = (await service.list_reports(house.chat, root.id, room_id, FIRST)).reports
        assert (report.id, report.message, report.room_name) == (report_id, None, "a room")
        assert [each.content for each in report.copied] == ["something bad"]
    await service.decide(house.chat, root.id, room.id, report_id, "ban")
    with pytest.raises(Banned):
        await join.join_room(house.chat, ann.id, room.id, "secret")


async def test_nobody_bans_an_administrator_by_a_report(house: House):
    root, ann, bob = await administrator(house), await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob, root)
    report_id = await reported(house, root, bob, room.id)
    with pytest.raises(Forbidden):
        await service.decide(house.chat, ann.id, room.id, report_id, "ban")
    await service.decide(house.chat, ann.id, room.id, report_id, "remove_message")


async def test_of_direct_rooms_administrators_see_what_was_reported_and_else_not_even_that_they_are(house: House):
    root, ann, bob = await administrator(house), await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    await house.sql("UPDATE room SET kind = 'direct', name = NULL, name_key = NULL WHERE id = ?", room.id)
    with pytest.raises(RoomNotFound):
        await service.list_reports(house.chat, root.id, room.id, FIRST)
    tab, of_ann = house.connect(root), house.connect(ann, room)
    report_id = await reported(house, ann, bob, room.id)
    assert len(house.delivery.of(tab, "report_made")) == 1
    assert house.delivery.of(of_ann, "report_made") == []
    with pytest.raises(DirectRoom):
        await service.list_reports(house.chat, ann.id, room.id, FIRST)
    with pytest.raises(DirectRoom):
        await service.decide(house.chat, root.id, room.id, report_id, "ban")
    await service.decide(house.chat, root.id, room.id, report_id, "remove_message")


async def test_a_copy_from_before_all_files_were_noted_names_the_one_that_it_has(house: House):
    ann, bob = await house.person("ann"), await house.person("bob")
    room = await house.room(ann, bob)
    await reported(house, bob, ann, room.id)
    before = "json_set(json_remove(copy, '$[0].filenames'), '$[0].filename', 'plan.txt')"
    await house.sql(f"UPDATE report SET copy = {before}")
    (report,) = (await service.list_reports(house.chat, ann.id, room.id, FIRST)).reports
    assert [each.filenames for each in report.copied] == [["plan.txt"]]


class Later(Clock):
    """Moved on by the test."""

    passed = timedelta()

    def steady(self, offset: timedelta = timedelta()) -> str:
        return super().steady(offset + self.passed)


async def test_after_thirty_days_the_copy_is_gone_and_the_report_still_waits(tmp_path: Path):
    clock = Later()
    async with house_in(tmp_path / "data", clock) as house:
        ann, bob = await house.person("ann"), await house.person("bob")
        room = await house.room(ann, bob)
        await reported(house, bob, ann, room.id)
        for days, copies in ((29, [True]), (31, [False])):
            clock.passed = timedelta(days=days)
            await house.chat.db.write(Report.forget_copies, clock.steady(-service.COPIES_LAST))
            rows = await house.sql("SELECT copy IS NOT NULL, state FROM report ORDER BY id")
            assert rows == [(int(has_copy), "open") for has_copy in copies]
        (report,) = (await service.list_reports(house.chat, ann.id, room.id, FIRST)).reports
        assert (report.copied, report.message is not None) == ([], True)
