"""Owns what messages leave to those above them."""

from lanchat.core.hooks import Hook
from lanchat.messages.schemas.outgoing import MessagePayload

reworded: Hook[[MessagePayload, MessagePayload], None] = Hook("reworded")
"""(the message before, and now): in the transaction of an edit or a recall."""
