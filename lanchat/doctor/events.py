"""Socket.IO events of the doctor."""

from lanchat.core.edge.events import Events
from lanchat.doctor.schemas import TryAddresses

events = Events(try_addresses=TryAddresses)
