"""What uploads that resume bring to the program."""

from lanchat.accounts.hooks import traces
from lanchat.core.feature import Chore, Feature
from lanchat.uploads import api, service
from lanchat.uploads.models import begun
from lanchat.uploads.turns import Turns

uploads = Feature(
    "uploads",
    routes=(api.routes,),
    parts=(Turns,),
    hooks=(traces.filled_by(begun),),
    stop=service.stop,
    chores={"sweep unfinished uploads": Chore(service.keep_swept, "once an hour, a look at each unfinished one")},
)
