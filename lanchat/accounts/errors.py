"""Owns what is refused to people and their sessions."""

from lanchat.core.base.errors import ChatError


class WrongCredentials(ChatError):
    code, status = "wrong_credentials", 401


class Forbidden(ChatError):
    """We know who asks, and they may not: no administrator, or nobody whose room it is."""

    code, status = "forbidden", 403


class WrongPassword(ChatError):
    """Of somebody who is logged in: unlike `WrongCredentials` it doesn't send them to the login."""

    code, status = "wrong_password", 403


class DeviceCodeUnknown(ChatError):
    """Mistyped, used already, or replaced by a newer one."""

    code, status = "device_code_unknown", 403


class DeviceCodeExpired(ChatError):
    code, status = "device_code_expired", 410


class RegistrationClosed(ChatError):
    code, status = "registration_closed", 403


class GuestsNotAllowed(ChatError):
    code, status = "guests_not_allowed", 403


class AccountNeeded(ChatError):
    """A guest asks for what would be lost with their session."""

    code, status = "account_needed", 403


class UserNotFound(ChatError):
    code, status = "user_not_found", 404


class SessionNotFound(ChatError):
    code, status = "session_not_found", 404


class UsernameTaken(ChatError):
    code, status = "username_taken", 409


class NameTaken(ChatError):
    """A display name that is, or looks like, somebody else's name."""

    code, status = "name_taken", 409


class EmailTaken(ChatError):
    code, status = "email_taken", 409


class NotAGuest(ChatError):
    code, status = "not_a_guest", 409


class AccountDisabled(ChatError):
    """By an administrator; `until` is None where it is for good."""

    code, status = "account_disabled", 403
