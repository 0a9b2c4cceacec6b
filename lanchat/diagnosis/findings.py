"""What the doctor says: a code, one sentence for the trouble, one for the cure."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from lanchat.core.base.i18n import translate

Code = Literal[
    "port_taken",
    "not_running",
    "loopback_only",
    "firewall_closed",
    "no_network",
    "no_dhcp",
    "vpn_takes_route",
    "client_isolation",
    "host_silent",
    "nothing_listens",
    "other_program",
    "wrong_subnet",
    "mdns_blocked",
    "name_taken",
    "clock_wrong",
    "certificate_stale",
    "disk_nearly_full",
    "address_closed",
    "name_unknown",
    "nobody_tried",
]
CODES: tuple[Code, ...] = get_args(Code)

# These deserve a word, but nobody is kept out by them.
NOTES: frozenset[Code] = frozenset({"no_dhcp", "name_taken", "name_unknown", "nobody_tried"})


@dataclass(frozen=True, slots=True)
class Finding:
    code: Code
    details: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def is_problem(self) -> bool:
        return self.code not in NOTES

    def trouble(self, language: str) -> str:
        return translate(f"doctor.{self.code}.trouble", language, self.details)

    def cure(self, language: str) -> str:
        return translate(f"doctor.{self.code}.cure", language, self.details)

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "code": self.code,
            "is_problem": self.is_problem,
            "trouble": self.trouble(language),
            "cure": self.cure(language),
            "details": self.details,
        }
