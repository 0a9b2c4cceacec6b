"""What files bring to the program."""

from lanchat.core.feature import Feature
from lanchat.files import api, service
from lanchat.files.images.thumbnails import Thumbnails
from lanchat.files.threads import FileThreads

files = Feature(
    "files",
    routes=(api.routes,),
    rates=(service.UPLOADS,),
    parts=(Thumbnails, FileThreads),
    metrics=service.show_figures,
    start=service.start,
    stop=service.stop,
    chores={"sweep files": service.keep_swept},
)
