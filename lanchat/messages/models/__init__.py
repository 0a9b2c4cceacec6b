"""The message table: a file for how a message looks, one each for reading, saying, lists of rooms, and files."""

from lanchat.messages.models.append import Sending, Stored, append
from lanchat.messages.models.changes import Changed, MessageEdit, edit
from lanchat.messages.models.messages import Message, NewMessage
from lanchat.messages.models.overview import overview
from lanchat.messages.models.verbs import recall

__all__ = [
    "Changed",
    "Message",
    "MessageEdit",
    "NewMessage",
    "Sending",
    "Stored",
    "append",
    "edit",
    "overview",
    "recall",
]
