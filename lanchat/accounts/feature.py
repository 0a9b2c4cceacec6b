"""What accounts bring to the program."""

from lanchat.accounts import api, device_codes, events, service, sessions
from lanchat.accounts.keyed_codes import Codes
from lanchat.accounts.service import LastUse
from lanchat.core.edge.hooks import authenticate
from lanchat.core.feature import Feature

accounts = Feature(
    "accounts",
    routes=(api.routes,),
    events=events.events,
    rates=(
        service.REGISTRATIONS,
        service.FAILED_LOGINS,
        service.FAILED_LOGINS_OF_ADDRESS,
        device_codes.DEVICE_CODES,
        device_codes.WRONG_DEVICE_CODES,
    ),
    parts=(LastUse, Codes),
    hooks=(authenticate.filled_by(service.authenticate),),
    chores={"watch sessions": sessions.watch},
)
