"""Makes the codes of invitations and devices from the installation's key: nothing in the database opens anything."""

import base64
import hashlib
import hmac
import secrets

from lanchat.core.chat import Chat, Part
from lanchat.core.security.typed_codes import plain_code


class Codes(Part, scope="process"):
    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._key = chat.settings.secret_key.get_secret_value().encode()

    def of_invite(self, nonce: str) -> str:
        """Always the same for a nonce, so that who invites sees their link again; 96 bits."""
        return base64.urlsafe_b64encode(self._sign("invite", nonce)[:12]).decode()

    def digest_of_device(self, code: str) -> str:
        """Keyed, as a code that people can type is soon found for a plain digest."""
        return digest_of_device(self._key, code)

    def _sign(self, purpose: str, text: str) -> bytes:
        return _sign(self._key, purpose, text)


def digest_of_device(key: bytes, code: str) -> str:
    """For a program beside the server too; `key` is the installation's."""
    return _sign(key, "device", plain_code(code)).hex()


def _sign(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.digest(key, f"lanchat.{purpose}:{text}".encode(), hashlib.sha256)


def new_nonce() -> str:
    return secrets.token_urlsafe(12)
