"""The slice's tables, and every query on them."""

from lanchat.accounts.models.device_codes import DeviceCode
from lanchat.accounts.models.names import ENABLED
from lanchat.accounts.models.sessions import ActiveSession, NewSession, Session, SessionRow
from lanchat.accounts.models.users import BY_NAME, SYSTEM_USERNAME, UNLOCKED, Credentials, User

__all__ = [
    "BY_NAME",
    "ENABLED",
    "SYSTEM_USERNAME",
    "UNLOCKED",
    "ActiveSession",
    "Credentials",
    "DeviceCode",
    "NewSession",
    "Session",
    "SessionRow",
    "User",
]
