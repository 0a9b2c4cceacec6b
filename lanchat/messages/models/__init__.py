"""The message table, a file for reading and one for what is said."""

from lanchat.messages.models.append import Sending, Stored, append
from lanchat.messages.models.messages import Message, NewMessage

__all__ = ["Message", "NewMessage", "Sending", "Stored", "append"]
