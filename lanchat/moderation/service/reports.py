"""Reporting messages, and deciding about them."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from lanchat.accounts.errors import Forbidden
from lanchat.accounts.models import User
from lanchat.core.base.lists import ListQuery, page
from lanchat.core.base.rate_limits import Rate
from lanchat.core.chat import Chat
from lanchat.messages.erasing import Erasing
from lanchat.messages.models import Message
from lanchat.messages.service.recall import Recalled, clear_away, take_back, tell_recalled
from lanchat.messages.service.target import find_target
from lanchat.moderation.errors import CannotReportSelf, ReportClosed, ReportNotFound
from lanchat.moderation.models import Queued, Report, ReportRow
from lanchat.moderation.schemas import (
    Decision,
    ReportDecided,
    ReportDraft,
    ReportedPayload,
    ReportMade,
    ReportPayload,
    ReportsPayload,
)
from lanchat.rooms.errors import DirectRoom, RoomNotFound
from lanchat.rooms.models import BanRow, Membership
from lanchat.rooms.permissions import Action, Standing, refusal, refusal_upon
from lanchat.rooms.service.bans import KeptOut, keep_out, tell_kept_out
from lanchat.rooms.service.deed import Deed

REPORTS = Rate("reports", 20, 3600)  # of a user
COPIES_LAST = timedelta(days=30)
LOOK_AGAIN_AFTER = 3600.0  # s


class Decided(NamedTuple):
    reporters: dict[int, int]  # by report, who made it
    judges: set[int]
    recalled: Recalled | None
    kept_out: KeptOut | None


async def report_message(
    chat: Chat, user_id: int, place: tuple[int, int], draft: ReportDraft
) -> tuple[ReportedPayload, bool]:
    """Show a message to those who decide, `place` being (room id, message id); False beside it if I had before.

    Raises RoomNotFound, NotAMember, MessageNotFound, MessageDeleted, SystemMessage or CannotReportSelf.
    """
    chat.limits.hit(REPORTS, user_id)
    now = chat.clock.now()

    def store() -> tuple[ReportRow, bool, set[int]]:
        standing, message = find_target(user_id, Action.READ, place, now)
        if message.user_id == user_id:
            raise CannotReportSelf
        is_new = Report.put(user_id, message, draft, standing.hidden_seq, now)
        row = Report.find_own(user_id, message.id)
        assert row is not None
        return row, is_new, Report.judges_of(message.room_id, message.user_id) if is_new else set()

    def tell(stored: tuple[ReportRow, bool, set[int]]) -> None:
        row, _, judges = stored
        chat.hub.to_users(judges, "report_made", ReportMade(room_id=row.room_id, report_id=row.id))

    row, is_new, _ = await chat.db.write(store, then=tell)
    return ReportedPayload(id=row.id, at=row.at, decision=row.decision), is_new


async def list_reports(chat: Chat, user_id: int, room_id: int | None, query: ListQuery) -> ReportsPayload:
    """What waits for a decision in a room: for its managers, and administrators; without one, in all of them.

    Raises RoomNotFound, NotAMember, Forbidden or DirectRoom.
    """
    now = chat.clock.now()

    def find() -> ReportsPayload:
        if room_id is not None:
            _require_judge(user_id, room_id, now)
        elif not User.is_administrator(user_id):
            raise Forbidden
        found, next_cursor = page(
            Report.queue(user_id, room_id, query.number_after(2**62), query.limit + 1),
            query.limit,
            lambda queued: [queued.first.id],
        )
        return ReportsPayload(reports=_payloads(user_id, found), next_cursor=next_cursor)

    async with chat.large_answers.turn(user_id):
        return await chat.db.read(find)


async def decide(chat: Chat, user_id: int, room_id: int, report_id: int, decision: Decision) -> None:
    """Close all reports of a message; their makers are told.

    Raises RoomNotFound, NotAMember, Forbidden, CannotTouchOwner, DirectRoom, ReportNotFound or ReportClosed.
    """
    now = chat.clock.now()

    def store() -> Decided:
        mine = _require_judge(user_id, room_id, now)
        row = Report.find(report_id, room_id)
        if row is None or row.author_id == user_id:
            raise ReportNotFound
        if row.state != "open":
            raise ReportClosed(decision=row.decision)
        deed = Deed(chat.fillings, room_id, user_id, now)
        recalled = _remove(deed, row) if decision == "remove_message" else None
        kept_out = _ban(deed, mine, row) if decision == "ban" else None
        if decision == "dismiss":
            deed.note("report_dismissed", row.author_id, {"message_id": row.message_id})
        reporters = Report.close(row.message_id, user_id, decision, now)
        return Decided(reporters, Report.judges_of(room_id, row.author_id), recalled, kept_out)

    def tell(decided: Decided) -> None:
        if decided.recalled is not None:
            tell_recalled(chat, decided.recalled)
        if decided.kept_out is not None:
            tell_kept_out(chat, decided.kept_out)
        for each, reporter_id in decided.reporters.items():
            told = ReportDecided(report_id=each, room_id=room_id, decision=decision)
            chat.hub.to_user(reporter_id, "report_decided", told)
            chat.hub.to_users(decided.judges, "report_closed", ReportMade(room_id=room_id, report_id=each))

    decided = await chat.db.write(store, then=tell)
    chat.part(Erasing).is_due.set()
    if decided.recalled is not None:
        await clear_away(chat, decided.recalled)


async def forget_copies(chat: Chat) -> None:
    """For ever: no copy outlasts its time, whether somebody has decided or not."""
    while True:
        if await chat.db.write(Report.forget_copies, chat.clock.steady(-COPIES_LAST)):
            chat.part(Erasing).is_due.set()
        await asyncio.sleep(LOOK_AGAIN_AFTER)


def _require_judge(user_id: int, room_id: int, now: str) -> Standing:
    """How they stand in the room whose reports they want to see."""
    standing = Membership.find_standing(user_id, room_id)
    if standing is not None and standing.kind == "direct" and standing.is_administrator:
        # Of a room that nobody has reported they don't even learn that it is there.
        if standing.is_member or Report.has_any(room_id):
            return standing
        raise RoomNotFound
    if (refused := refusal(standing, Action.JUDGE, now)) is not None:
        raise refused
    assert standing is not None
    return standing


def _remove(deed: Deed, row: ReportRow) -> Recalled:
    return take_back(deed.fillings, deed.actor_id, Message.find(row.room_id, row.message_id), deed.now)


def _ban(deed: Deed, mine: Standing, row: ReportRow) -> KeptOut:
    if mine.kind == "direct":
        raise DirectRoom
    other = Membership.find_standing(row.author_id, row.room_id)
    assert other is not None
    if (refused := refusal_upon(mine, other, Action.JUDGE, deed.now)) is not None:
        raise refused
    return keep_out(deed, mine, other, BanRow(row.author_id, None, None, deed.actor_id, deed.now))


def _payloads(user_id: int, queue: Sequence[Queued]) -> list[ReportPayload]:
    shown = Message.readable_among([queued.first.message_id for queued in queue], user_id)
    return [
        ReportPayload(
            id=first.id,
            room_id=first.room_id,
            room_name=room_name,
            message=shown.get(first.message_id),
            copy=first.copied(),
            reason=first.reason,
            words=first.words,
            others=others,
            count=total,
            at=first.at,
        )
        for first, room_name, others, total in queue
    ]
