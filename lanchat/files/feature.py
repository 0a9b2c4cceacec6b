"""What files bring to the program."""

from lanchat.core.feature import Feature
from lanchat.files import api, service
from lanchat.files.images.inspection import Looking
from lanchat.files.images.thumbnails import Thumbnails

files = Feature(
    "files",
    routes=(api.routes,),
    rates=(service.UPLOADS,),
    parts=(Thumbnails, Looking),
    metrics=service.show_figures,
    start=service.start,
    stop=service.stop,
    chores={"sweep files": service.keep_swept},
)
