"""What the host as such brings to the program."""

from lanchat.core.feature import Feature
from lanchat.host import api, trust
from lanchat.host.policy import Policy

host = Feature("host", routes=(api.routes, trust.routes), parts=(Policy,))
