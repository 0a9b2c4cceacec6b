"""What keeping order brings to the program."""

from lanchat.core.feature import Chore, Feature
from lanchat.moderation import api, events
from lanchat.moderation.service import deletion, reports

moderation = Feature(
    "moderation",
    routes=(api.routes, api.of_room, api.of_host, api.own),
    events=events.events,
    rates=(reports.REPORTS, deletion.DELETIONS),
    parts=(deletion.Deletions,),
    chores={
        "forget what was copied": Chore(reports.forget_copies, "one look an hour for copies of more than 30 days"),
        "delete accounts": Chore(
            deletion.keep_deleting, "portions of 20 messages, 20 files or 500 rows, and others' writes between two"
        ),
    },
)
