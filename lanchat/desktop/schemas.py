"""How the desk looks to its page, the start screen."""

from typing import Literal

from pydantic import ConfigDict, Field

from lanchat.core.base.schemas import Payload

Phase = Literal["choosing", "starting", "joining", "hosting", "joined", "failed", "suspect"]


class NearbyHostPayload(Payload):
    """A host that was found on the network."""

    model_config = ConfigDict(title="DeskHost")

    id: str = Field(description="Of its installation; stays when its name or address changes.")
    name: str = Field(description="As whoever runs it named it.")
    fingerprint: str = Field(description="Of its key, in hex.")
    urls: list[str] = Field(description="Where it may answer; its name first, then its addresses, the likeliest first.")
    online: int = Field(description="People connected, as it said when it was found.")
    trust: Literal["new", "known", "changed"] = Field(
        description="Whether we know its key; `changed`: it calls itself like one we know, with another key."
    )


class SuspectPayload(Payload):
    """A host that calls itself like one we know and didn't prove to be it."""

    model_config = ConfigDict(title="DeskSuspect")

    name: str = Field(description="As it calls itself.")
    address: str = Field(description="Host name or address, and port.")
    known_key: str = Field(description="The key that it should have shown, in hex.")
    shown_key: str = Field(description="The key that it proved to have, in hex; empty where it proved none.")


class BuildPayload(Payload):
    """Which LanChat this is."""

    model_config = ConfigDict(title="DeskBuild")

    version: str = Field(description="As of the package.")
    commit: str = Field(description="Of the sources; empty where LanChat runs from its sources.")
    date: str = Field(description="ISO 8601; empty where LanChat runs from its sources.")


class DeskPayload(Payload):
    """What the window is for at the moment."""

    model_config = ConfigDict(title="Desk")

    phase: Phase = Field(description="`failed` and `suspect` are the ends of a start or a joining that went wrong.")
    failure: str | None = Field(description="A sentence in the reader's language; null unless `failed`.")
    unreachable: str | None = Field(
        description="The address of the host that was to be opened again, and doesn't answer; else null."
    )
    suspect: SuspectPayload | None = Field(description="Null unless `suspect`.")
    link: str | None = Field(description="An address that a link outside proposed; else null.")
    hosts: list[NearbyHostPayload] = Field(
        description="Found nearby, those we know first; looked for while `choosing`."
    )
    opens_at_login: bool = Field(
        description="Whether the window opens by itself when somebody logs in to this computer."
    )
    build: BuildPayload = Field(description="This program.")
