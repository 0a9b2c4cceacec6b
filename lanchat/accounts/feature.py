"""What accounts bring to the program."""

from lanchat.accounts import api, device_codes, events, preferences, sessions
from lanchat.accounts.keyed_codes import Codes
from lanchat.accounts.service import identity, login, registration
from lanchat.core.edge.hooks import authenticate
from lanchat.core.feature import Chore, Feature

accounts = Feature(
    "accounts",
    routes=(api.routes,),
    events=events.events,
    rates=(
        registration.REGISTRATIONS,
        login.LOGINS,
        login.FAILED_LOGINS,
        login.FAILED_LOGINS_OF_ADDRESS,
        device_codes.DEVICE_CODES,
        device_codes.WRONG_DEVICE_CODES,
        preferences.PREFERENCES,
    ),
    parts=(identity.LastUse, Codes),
    hooks=(authenticate.filled_by(identity.authenticate),),
    chores={
        "watch sessions": Chore(
            sessions.watch, "a look at the file each 0.4 s; each minute at who is here, and 100 guests"
        )
    },
)
