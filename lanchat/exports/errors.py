"""Why an export is refused."""

from lanchat.core.base.errors import ChatError


class ExportGone(ChatError):
    """It was fetched, its time is over, or it is somebody else's: the same for all of them."""

    code, status = "export_gone", 404


class ExportRunning(ChatError):
    """One at a time: each reads everything."""

    code, status = "export_running", 409
