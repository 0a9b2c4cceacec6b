"""The slice's tables, and every query on them."""

from lanchat.moderation.models.deletions import Deletion, DeletionRow
from lanchat.moderation.models.reports import Queued, Report, ReportRow

__all__ = ["Deletion", "DeletionRow", "Queued", "Report", "ReportRow"]
