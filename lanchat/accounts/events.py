"""Socket.IO events about people and their devices."""

from lanchat.accounts.preferences_schemas import PreferencesUpdated
from lanchat.accounts.schemas import DeviceSignedIn, UserPayload
from lanchat.core.edge.events import Events

events = Events(device_signed_in=DeviceSignedIn, user_updated=UserPayload, preferences_updated=PreferencesUpdated)
