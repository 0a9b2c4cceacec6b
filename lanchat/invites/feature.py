"""What invitations bring to the program."""

from lanchat.core.feature import Feature
from lanchat.invites import api, service

invites = Feature("invites", routes=(api.routes,), rates=(service.INVITES, service.WRONG_INVITES))
