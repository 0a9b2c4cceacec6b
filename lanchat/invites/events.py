"""Socket.IO events about devices."""

from lanchat.core.realtime import Events
from lanchat.invites.schemas import DeviceSignedIn

events = Events(device_signed_in=DeviceSignedIn)
