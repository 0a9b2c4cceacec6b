"""What somebody prefers for themselves, on all their devices."""

from typing import Annotated

from pydantic import ConfigDict, Field

from lanchat.core.base.moments import Zone
from lanchat.core.base.schemas import Input, Payload

ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Preferences(Payload):
    """What I prefer, on all my devices."""

    model_config = ConfigDict(title="Preferences")

    show_read_receipts: bool = True
    """Whether others see how far I have read, and I see that of them."""
    dnd_from: str | None = None
    """"HH:MM" in `dnd_zone`: when clients stop telling me of messages, every day; null: never."""
    dnd_until: str | None = None
    """"HH:MM" in `dnd_zone`: when they begin again, on the next day if it isn't later; null: never."""
    dnd_zone: str | None = None
    """IANA name of a time zone; null: that of each device."""


class PreferencesChange(Input):
    """What I prefer from now on; what is left out stays, null is none."""

    show_read_receipts: bool | None = None
    """False hides mine from others and theirs from me; null means true."""
    dnd_from: ClockTime | None = None
    """"HH:MM"."""
    dnd_until: ClockTime | None = None
    """"HH:MM"; earlier than `dnd_from`: of the next day."""
    dnd_zone: Zone | None = None
    """IANA name of the time zone that both are in."""

    def of(self, before: Preferences) -> Preferences:
        """What was preferred before, with this."""
        said = self.model_dump(exclude_unset=True)
        if said.get("show_read_receipts", True) is None:
            said["show_read_receipts"] = True
        return before.model_copy(update=said)


class PreferencesUpdated(Payload):
    """`preferences_updated`: to all my tabs."""

    preferences: Preferences
    """As they are now."""
