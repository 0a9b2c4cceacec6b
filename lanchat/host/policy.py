"""Owns what a host allows: as its settings say, until an administrator decides otherwise."""

from lanchat.core.chat import Chat, Part


class Policy(Part, scope="cluster"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self.guests_allowed = chat.settings.allow_guests
        self.registration_open = chat.settings.allow_registration
        self.recall_minutes = 24 * 60  # in which people take back what they said; 0: never
