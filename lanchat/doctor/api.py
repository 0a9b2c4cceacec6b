"""REST for the doctor."""

from typing import cast

from quart import Blueprint, request

from lanchat.admin import service as admin
from lanchat.core.edge.answer_bounds import LONG_ANSWER
from lanchat.core.edge.rest import answers, current_chat, current_language, current_user_id
from lanchat.core.server.asgi import Scope
from lanchat.core.server.proxies import is_from_this_computer
from lanchat.doctor.schemas import ExaminationPayload, FindingPayload, PlacePayload
from lanchat.doctor.service import Doctor

routes = Blueprint("doctor", __name__, url_prefix="/api/doctor")


@routes.post("/")
@answers(ExaminationPayload, at_most=LONG_ANSWER)
async def examine() -> ExaminationPayload:
    """Why others can't join this host: for administrators, and for whoever sits at it."""
    chat = current_chat()
    if not is_from_this_computer(cast(Scope, request.scope)):
        await admin.require_administrator(chat, current_user_id())
    found = await chat.part(Doctor).examine(current_user_id())
    language = current_language()
    findings = [
        FindingPayload(
            code=finding.code,
            is_problem=finding.is_problem,
            trouble=finding.trouble(language),
            cure=finding.cure(language),
        )
        for finding in found.findings
    ]
    places = [PlacePayload(url=place.url, tried=place.tried, reached=place.reached) for place in found.places]
    return ExaminationPayload(findings=findings, places=places)
