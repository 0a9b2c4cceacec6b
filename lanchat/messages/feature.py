"""What messages bring to the program."""

from lanchat.core.feature import Feature
from lanchat.messages import api, events, service
from lanchat.messages.receipts import Receipts

messages = Feature(
    "messages",
    routes=(api.routes,),
    events=events.events,
    rates=(service.MESSAGES, service.READS),
    parts=(Receipts,),
)
