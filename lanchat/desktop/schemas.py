"""How the desk looks to its page, the start screen."""

from typing import Literal

from pydantic import ConfigDict

from lanchat.core.base.schemas import Payload

Phase = Literal["choosing", "starting", "joining", "hosting", "joined", "failed", "suspect"]


class NearbyHostPayload(Payload):
    """A host that was found on the network."""

    model_config = ConfigDict(title="DeskHost")

    id: str
    """Of its installation; stays when its name or address changes."""
    name: str
    """As whoever runs it named it."""
    fingerprint: str
    """Of its key, in hex."""
    urls: list[str]
    """Where it may answer; its name first, then its addresses, the likeliest first."""
    online: int
    """People connected, as it said when it was found."""
    trust: Literal["new", "known", "changed"]
    """Whether we know its key; `changed`: it calls itself like one we know, with another key."""


class SuspectPayload(Payload):
    """A host that calls itself like one we know and didn't prove to be it."""

    model_config = ConfigDict(title="DeskSuspect")

    name: str
    """As it calls itself."""
    address: str
    """Host name or address, and port."""
    known_key: str
    """The key that it should have shown, in hex."""
    shown_key: str
    """The key that it proved to have, in hex; empty where it proved none."""


class BuildPayload(Payload):
    """Which LanChat this is."""

    model_config = ConfigDict(title="DeskBuild")

    version: str
    """As of the package."""
    commit: str
    """Of the sources; empty where LanChat runs from its sources."""
    date: str
    """ISO 8601; empty where LanChat runs from its sources."""


class DeskPayload(Payload):
    """What the window is for at the moment."""

    model_config = ConfigDict(title="Desk")

    phase: Phase
    """`failed` and `suspect` are the ends of a start or a joining that went wrong."""
    failure: str | None
    """A sentence in the reader's language; null unless `failed`."""
    unreachable: str | None
    """The address of the host that was to be opened again, and doesn't answer; else null."""
    suspect: SuspectPayload | None
    """Null unless `suspect`."""
    link: str | None
    """An address that a link outside proposed; else null."""
    hosts: list[NearbyHostPayload]
    """Found nearby, those we know first; looked for while `choosing`."""
    opens_at_login: bool
    """Whether the window opens by itself when somebody logs in to this computer."""
    build: BuildPayload
    """This program."""
