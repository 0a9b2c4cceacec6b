"""Owns what a host allows: as its settings say, until an administrator decides otherwise."""

from typing import Literal

from lanchat.core.chat import Chat, Part

Directory = Literal["everyone", "administrators"]


class Policy(Part, scope="cluster"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.guests_allowed = chat.settings.allow_guests
        self.registration_open = chat.settings.allow_registration
        self.directory: Directory = "everyone"  # who may look through the names of everybody
        self.direct_messages = True  # whether direct rooms are made
        self.recall_minutes = 24 * 60  # in which people take back what they said; 0: never
