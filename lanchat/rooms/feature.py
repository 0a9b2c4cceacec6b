"""What rooms bring to the program."""

from lanchat.accounts.hooks import registered
from lanchat.core.feature import Feature
from lanchat.rooms import api, events, service

rooms = Feature(
    "rooms",
    routes=(api.routes,),
    events=events.events,
    rates=(
        service.WRONG_PASSWORDS,
        service.WRONG_PASSWORDS_OF_ROOM,
        service.NEW_PASSWORDS,
        service.NEW_ROOMS,
        service.ROOM_ACTIONS,
    ),
    hooks=(registered.filled_by(service.enter_lobby),),
    start=service.open_lobby,
)
