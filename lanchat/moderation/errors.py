"""Owns what is refused about reports."""

from lanchat.core.base.errors import ChatError


class ReportNotFound(ChatError):
    """Not in the room that was named, or about a message of who asks."""

    code, status = "report_not_found", 404


class ReportClosed(ChatError):
    """Somebody has decided already; `decision` says what."""

    code, status = "report_closed", 409


class LastAdministrator(ChatError):
    """Nobody could keep the host in order after them."""

    code, status = "last_administrator", 409


class CannotReportSelf(ChatError):
    """What one said oneself can be taken back."""

    code, status = "cannot_report_self", 403
