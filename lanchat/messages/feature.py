"""What messages bring to the program."""

from lanchat.core.feature import Feature
from lanchat.files.hooks import used
from lanchat.messages import api, events
from lanchat.messages.models.files import use_files
from lanchat.messages.receipts import Receipts
from lanchat.messages.service import edits, read, send

messages = Feature(
    "messages",
    routes=(api.routes,),
    events=events.events,
    rates=(send.MESSAGES, read.READS, edits.EDITS),
    parts=(Receipts,),
    hooks=(used.filled_by(use_files),),
)
