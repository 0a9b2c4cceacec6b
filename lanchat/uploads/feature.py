"""What uploads that resume bring to the program."""

from lanchat.accounts.hooks import traces
from lanchat.core.feature import Chore, Feature
from lanchat.files.hooks import pending
from lanchat.uploads import api, models, service
from lanchat.uploads.turns import Turns

uploads = Feature(
    "uploads",
    routes=(api.routes,),
    parts=(Turns,),
    hooks=(traces.filled_by(models.begun), pending.filled_by(models.pending)),
    stop=service.stop,
    chores={"sweep unfinished uploads": Chore(service.keep_swept, "once an hour, a look at each unfinished one")},
)
