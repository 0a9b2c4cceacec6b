"""What a LanChat host says about itself on the network, as DNS-SD records, and how it is read again."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zeroconf.asyncio import AsyncServiceInfo

from lanchat.core.base.text_rules import MAX_LINE, clear

CHAT_TYPE: Final = "_lanchat._tcp.local."
WEB_TYPE: Final = "_http._tcp.local."
TYPES: Final = (CHAT_TYPE, WEB_TYPE)

MAX_LABEL = 63  # bytes, RFC 1035
MAX_PROPERTY = 230  # bytes, with the key; one string of a TXT record holds 255
ROOM_FOR_NUMBER = 4  # bytes; a taken name gets "-2", "-3" …
RECORD_TTL = 120  # s; a host that died leaves the lists of others as soon as its address does


@dataclass(frozen=True, slots=True)
class Announcement:
    """`fingerprint` is that of the host's CA key, in hex; `run` tells one start of the program from the next."""

    id: str
    name: str
    version: str
    port: int
    https_port: int | None = None
    fingerprint: str = ""
    rooms: int = 0
    online: int = 0
    run: str = ""

    def properties(self) -> dict[str, str]:
        fields = {
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "tls": str(self.https_port or ""),
            "fp": self.fingerprint,
            "rooms": str(self.rooms),
            "online": str(self.online),
            "run": self.run,
        }
        return {key: cut(value, MAX_PROPERTY - len(key) - 1) for key, value in fields.items()}

    def instance(self) -> str:
        """The name in other programs' lists. A dot would end the label."""
        return cut(plain(self.name).replace(".", " "), MAX_LABEL - ROOM_FOR_NUMBER).strip() or "LanChat"

    def service(self, type_: str, instance: str, server: str, ips: list[str]) -> AsyncServiceInfo:
        return AsyncServiceInfo(
            type_,
            f"{instance}.{type_}",
            port=self.port,
            properties=self.properties() if type_ == CHAT_TYPE else {"path": "/", "run": self.run},
            server=server,
            parsed_addresses=ips,
            host_ttl=RECORD_TTL,
            other_ttl=RECORD_TTL,
        )


def read_announcement(properties: Mapping[str, str | None], port: int) -> Announcement | None:
    """None for records that no LanChat sends. Anybody on the network may have written them."""
    text = {key: plain((value or "")[:MAX_LINE])[:MAX_PROPERTY] for key, value in properties.items()}
    host_id = text.get("id", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", host_id) or not 0 < port < 65536:
        return None
    fingerprint = text.get("fp", "").lower()
    return Announcement(
        id=host_id,
        name=text.get("name", "").strip() or "LanChat",
        version=text.get("version", "")[:32],
        port=port,
        https_port=_number(text.get("tls"), 65535) or None,
        fingerprint=fingerprint if re.fullmatch(r"[0-9a-f]{64}", fingerprint) else "",
        rooms=_number(text.get("rooms"), 10**6),
        online=_number(text.get("online"), 10**6),
        run=text.get("run", "")[:32],
    )


def cut(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, whole characters; a Chinese one takes three."""
    return text.encode()[:limit].decode(errors="ignore")


def plain(text: str) -> str:
    """Without what shows nothing or turns the line it stands in, and without what has no meaning."""
    return "".join(char for char in clear(text) if unicodedata.category(char) not in {"Co", "Cn"})


def _number(text: str | None, limit: int) -> int:
    return min(int(text), limit) if text and re.fullmatch(r"[0-9]{1,7}", text) else 0
