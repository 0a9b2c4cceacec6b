"""Lists what the features bring: their routes, their events, their limits."""

from lanchat.accounts import api as accounts_api
from lanchat.accounts import device_codes
from lanchat.accounts import events as accounts_events
from lanchat.accounts import service as accounts
from lanchat.admin import api as admin_api
from lanchat.admin import service as admin
from lanchat.core.edge import events as core_events
from lanchat.doctor import api as doctor_api
from lanchat.doctor import events as doctor_events
from lanchat.doctor import service as doctor
from lanchat.files import api as files_api
from lanchat.files import service as files
from lanchat.host import api as host_api
from lanchat.host import trust
from lanchat.invites import api as invites_api
from lanchat.invites import service as invites
from lanchat.messages import api as messages_api
from lanchat.messages import events as messages_events
from lanchat.messages import service as messages
from lanchat.presence import events as presence_events
from lanchat.presence import service as presence
from lanchat.rooms import api as rooms_api
from lanchat.rooms import events as rooms_events
from lanchat.rooms import service as rooms

BLUEPRINTS = (
    host_api.routes,
    accounts_api.routes,
    rooms_api.routes,
    invites_api.routes,
    files_api.routes,
    messages_api.routes,
    trust.routes,
    admin_api.routes,
    admin_api.figures,
    doctor_api.routes,
)
EVENTS = (
    core_events.events,
    accounts_events.events,
    rooms_events.events,
    messages_events.events,
    presence_events.events,
    doctor_events.events,
)
RATES = (
    accounts.REGISTRATIONS,
    accounts.FAILED_LOGINS,
    accounts.FAILED_LOGINS_OF_ADDRESS,
    admin.WRONG_CODES,
    rooms.WRONG_PASSWORDS,
    rooms.ROOM_ACTIONS,
    invites.INVITES,
    invites.WRONG_INVITES,
    device_codes.DEVICE_CODES,
    device_codes.WRONG_DEVICE_CODES,
    presence.TYPING,
    files.UPLOADS,
    messages.MESSAGES,
    messages.READS,
    doctor.EXAMINATIONS,
)
