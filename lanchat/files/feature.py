"""What files bring to the program."""

from lanchat.accounts.hooks import traces
from lanchat.core.feature import Chore, Feature
from lanchat.files import api, service
from lanchat.files.images.thumbnails import Thumbnails
from lanchat.files.models import uploaded
from lanchat.files.threads import FileThreads

files = Feature(
    "files",
    routes=(api.routes,),
    rates=(service.UPLOADS,),
    parts=(Thumbnails, FileThreads),
    metrics=service.show_figures,
    hooks=(traces.filled_by(uploaded),),
    start=service.start,
    stop=service.stop,
    chores={"sweep files": Chore(service.keep_swept, "once an hour, a look at each file")},
)
