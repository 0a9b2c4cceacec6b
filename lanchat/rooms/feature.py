"""What rooms bring to the program."""

from lanchat.accounts.hooks import forgotten, registered, rooms_of, traces
from lanchat.core.feature import Feature
from lanchat.rooms import api, blocks_api, direct_api, events, order_api
from lanchat.rooms.models import Membership
from lanchat.rooms.rates import ROOM_ACTIONS
from lanchat.rooms.service import change, direct, forget, join

rooms = Feature(
    "rooms",
    routes=(api.routes, order_api.routes, direct_api.routes, blocks_api.routes),
    events=events.events,
    rates=(
        join.WRONG_PASSWORDS,
        join.WRONG_PASSWORDS_OF_ROOM,
        change.NEW_PASSWORDS,
        change.NEW_ROOMS,
        direct.NEW_DIRECT,
        ROOM_ACTIONS,
    ),
    hooks=(
        registered.filled_by(join.enter_lobby),
        rooms_of.filled_by(Membership.room_ids_of),
        traces.filled_by(forget.made_rooms),
        forgotten.filled_by(forget.leave_all),
    ),
    start=join.open_lobby,
)
