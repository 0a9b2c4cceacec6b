"""Socket.IO events about people and their devices."""

from lanchat.accounts.schemas.device_codes import DeviceSignedIn
from lanchat.accounts.schemas.outgoing import UserPayload
from lanchat.accounts.schemas.preferences import PreferencesUpdated
from lanchat.core.edge.events import Events

events = Events(device_signed_in=DeviceSignedIn, user_updated=UserPayload, preferences_updated=PreferencesUpdated)
