"""What comes in about accounts."""

import unicodedata
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lanchat.accounts.schemas.names import Email, GuestName, Password, Username
from lanchat.core.base.schemas import Input, TextInput


class NewPassword(Input):
    """A password, typed twice."""

    password: Password
    """6 to 256 characters."""
    password2: str = Field(max_length=256)
    """The same once more."""

    @model_validator(mode="after")
    def _passwords_agree(self) -> Self:
        if unicodedata.normalize("NFC", self.password) != unicodedata.normalize("NFC", self.password2):
            raise PydanticCustomError("password_mismatch", "the passwords differ")
        return self


class Registration(NewPassword):
    """A new account. Nobody on a LAN has to have an e-mail address."""

    username: Username
    """2 to 20 letters, digits and `_`; what looks like another's, or differs in case or width only, is taken."""
    email: Email = ""
    """May be left out."""


class Upgrade(NewPassword):
    """What a guest's account lacks to be logged in to."""

    email: Email = ""
    """May be left out."""


class PasswordChange(NewPassword):
    """A new password, by whoever knows the present one."""

    current_password: str = Field(min_length=1, max_length=256)
    """As it is until now."""


class Guest(Input):
    """Somebody who brings nothing but a name."""

    username: GuestName
    """2 to 20 letters, digits and `_`; none of those by which whoever runs a host goes."""


class Login(TextInput):
    """A form."""

    username: str = Field(min_length=1, max_length=256)
    """In any case and width."""
    password: str = Field(min_length=1, max_length=256)
    """As it was chosen."""
    remember: bool = False
    """Makes the session last 30 days instead of 12 hours."""


class Code(Input):
    """What stands behind the `#` of a link, or what somebody typed."""

    code: str = Field(min_length=1, max_length=64)
    """With or without the signs that group it."""
