"""Socket.IO events about reports."""

from lanchat.core.edge.events import Events
from lanchat.moderation.schemas import ReportDecided, ReportMade

events = Events(report_made=ReportMade, report_closed=ReportMade, report_decided=ReportDecided)
