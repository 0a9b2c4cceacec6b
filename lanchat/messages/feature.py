"""What messages bring to the program."""

from lanchat.core.feature import Feature
from lanchat.files.hooks import used
from lanchat.messages import api, events, service
from lanchat.messages.models.files import use_files
from lanchat.messages.receipts import Receipts

messages = Feature(
    "messages",
    routes=(api.routes,),
    events=events.events,
    rates=(service.MESSAGES, service.READS),
    parts=(Receipts,),
    hooks=(used.filled_by(use_files),),
)
