"""What presence brings to the program."""

from lanchat.core.edge import hooks
from lanchat.core.feature import Feature
from lanchat.presence import events, service
from lanchat.presence.board import Board
from lanchat.presence.typing import Typing

presence = Feature(
    "presence",
    events=events.events,
    rates=(service.TYPING,),
    parts=(Board, Typing),
    hooks=(hooks.come_online.filled_by(service.come_online), hooks.go.filled_by(service.go)),
    start=service.start,
    stop=service.stop,
)
