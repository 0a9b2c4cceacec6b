"""Owns whom this host lets in: as its settings say, until an administrator decides otherwise."""

from lanchat.core.chat import Chat


class Policy:
    def __init__(self, chat: Chat) -> None:
        self.guests_allowed = chat.settings.allow_guests
        self.registration_open = chat.settings.allow_registration
