"""How often one person may act on rooms."""

from lanchat.core.base.rate_limits import Rate

ROOM_ACTIONS = Rate("room_actions", 300, 10)  # of a user
