"""What files bring to the program."""

from lanchat.accounts.hooks import traces
from lanchat.core.feature import Chore, Feature
from lanchat.files import api, room_pictures, room_pictures_api, service
from lanchat.files.images.thumbnails import Thumbnails
from lanchat.files.models import uploaded
from lanchat.files.threads import FileThreads
from lanchat.rooms.hooks import vanished

files = Feature(
    "files",
    routes=(api.routes, room_pictures_api.routes),
    rates=(service.UPLOADS, room_pictures.ROOM_PICTURES),
    parts=(Thumbnails, FileThreads),
    metrics=service.show_figures,
    hooks=(traces.filled_by(uploaded), vanished.filled_by(room_pictures.forget_picture)),
    start=service.start,
    stop=service.stop,
    chores={"sweep files": Chore(service.keep_swept, "once an hour, a look at each file")},
)
