"""What keeping order brings to the program."""

from lanchat.core.feature import Chore, Feature
from lanchat.moderation import api, events, service

moderation = Feature(
    "moderation",
    routes=(api.routes, api.of_room, api.of_host),
    events=events.events,
    rates=(service.REPORTS,),
    chores={"forget what was copied": Chore(service.forget_copies, "one look an hour for copies of more than 30 days")},
)
