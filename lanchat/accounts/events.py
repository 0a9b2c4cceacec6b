"""Socket.IO events about devices."""

from lanchat.accounts.schemas import DeviceSignedIn
from lanchat.core.edge.events import Events

events = Events(device_signed_in=DeviceSignedIn)
