"""What profiles bring to the program."""

from lanchat.accounts.hooks import forgotten
from lanchat.core.feature import Chore, Feature
from lanchat.profiles import api, models
from lanchat.profiles.service import change

profiles = Feature(
    "profiles",
    routes=(api.people, api.own),
    rates=(change.PROFILE_CHANGES,),
    hooks=(forgotten.filled_by(models.forget_pictures),),
    chores={"end statuses": Chore(change.end_statuses, "a look each 20 s, and 100 changes of people")},
)
