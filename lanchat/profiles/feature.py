"""What profiles bring to the program."""

from lanchat.core.feature import Chore, Feature
from lanchat.profiles import api
from lanchat.profiles.service import change

profiles = Feature(
    "profiles",
    routes=(api.people, api.own),
    rates=(change.PROFILE_CHANGES,),
    chores={"end statuses": Chore(change.end_statuses, "a look each 20 s, and 100 changes of people")},
)
