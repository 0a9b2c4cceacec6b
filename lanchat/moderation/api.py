"""REST for reports."""

from quart import Blueprint, Response, request

from lanchat.accounts.session_responses import without_files_cookie
from lanchat.core.base.lists import ListQuery
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.replies import DonePayload, done
from lanchat.core.edge.rest import answer, answers, current_chat, current_user_id, takes, takes_query
from lanchat.moderation.schemas import AccountDeletion, ReportDecision, ReportDraft, ReportedPayload, ReportsPayload
from lanchat.moderation.service import deletion, reports

routes = Blueprint("reporting", __name__, url_prefix="/api/messages/<int:room_id>/<int:message_id>")
of_room = Blueprint("reports", __name__, url_prefix="/api/rooms/<int:room_id>/reports")
own = Blueprint("account deletion", __name__, url_prefix="/api/auth/me")
of_host = Blueprint("all reports", __name__, url_prefix="/api/admin/reports")


@routes.post("/report")
@takes(ReportDraft)
@answers(ReportedPayload, 201, 200)
async def report_message(room_id: int, message_id: int, data: ReportDraft) -> tuple[ReportedPayload, int]:
    """Show a message to those who keep order here, with a copy of it; 200 if I had before."""
    reported, is_new = await reports.report_message(current_chat(), current_user_id(), (room_id, message_id), data)
    return reported, 201 if is_new else 200


@of_room.get("")
@takes_query(ListQuery)
@answers(ReportsPayload, at_most=LONG_ANSWER)
async def list_reports(room_id: int, query_args: ListQuery) -> ReportsPayload:
    """What waits for a decision in a room, the newest first: its managers, administrators."""
    return await reports.list_reports(current_chat(), current_user_id(), room_id, query_args)


@of_room.post("/<int:report_id>")
@takes(ReportDecision)
@answers(DonePayload)
async def decide(room_id: int, report_id: int, data: ReportDecision) -> DonePayload:
    """Close all reports of a message: leave it, take it out, or ban its author; who reported it is told."""
    await reports.decide(current_chat(), current_user_id(), room_id, report_id, data.action)
    return done("report_closed")


@of_host.get("")
@takes_query(ListQuery)
@answers(ReportsPayload, at_most=LONG_ANSWER)
async def list_all_reports(query_args: ListQuery) -> ReportsPayload:
    """What waits for a decision in all rooms, the newest first: administrators."""
    return await reports.list_reports(current_chat(), current_user_id(), None, query_args)


@own.post("/delete")
@takes(AccountDeletion)
@answers(DonePayload)
async def delete_account(data: AccountDeletion) -> Response:
    """Delete my account for good; what I said stays under a former member, or is taken back."""
    await deletion.delete_account(current_chat(), current_user_id(), data, request.remote_addr or "")
    return without_files_cookie(answer(done("account_deleted")))
