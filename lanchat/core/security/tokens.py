"""Owns the signed strings that stand for a session; the session itself is a row that can be revoked."""

import hashlib
import hmac
import secrets
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer


class SessionKey(NamedTuple):
    """What a token carries: which session row, and the secret that proves it."""

    session_id: int
    secret: str


class Tokens:
    """Signs and reads tokens with the installation's key.

    The access token and the files cookie are signed apart, so that neither serves as the other.
    """

    def __init__(self, secret_key: str) -> None:
        self._access = URLSafeSerializer(secret_key, salt="lanchat.access")
        self._files = URLSafeSerializer(secret_key, salt="lanchat.files")

    def sign(self, key: SessionKey) -> str:
        return self._access.dumps(list(key))

    def sign_for_files(self, key: SessionKey) -> str:
        return self._files.dumps(list(key))

    def read(self, token: str) -> SessionKey | None:
        return _read(self._access, token)

    def read_for_files(self, token: str) -> SessionKey | None:
        return _read(self._files, token)


def new_secret() -> str:
    return secrets.token_urlsafe(18)


def digest(secret: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_digest_of(digested: str, secret: str) -> bool:
    return hmac.compare_digest(digested, digest(secret))


def _read(serializer: URLSafeSerializer, token: str) -> SessionKey | None:
    try:
        content = serializer.loads(token)
    except (BadSignature, UnicodeError):
        return None
    match content:
        case [int(session_id), str(secret)]:
            return SessionKey(session_id, secret)
        case _:
            return None
