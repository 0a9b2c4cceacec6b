"""Notices when somebody else on the network speaks in our names."""

import ipaddress
from collections.abc import Callable

from zeroconf import (
    DNSAddress,  # pyright: ignore[reportPrivateImportUsage]
    DNSText,  # pyright: ignore[reportPrivateImportUsage]
    RecordUpdate,
    RecordUpdateListener,
    Zeroconf,
)
from zeroconf.asyncio import AsyncServiceInfo


class Conflicts(RecordUpdateListener):
    """Reads every record that arrives, our own included: the network gives them back to us."""

    def __init__(
        self, run: str, on_foreign_address: Callable[[str], None], on_foreign_instance: Callable[[str], None]
    ) -> None:
        self.host_key = ""  # our host name, lower case, with its last dot
        self.instance_keys: set[str] = set()
        self._run = run
        self._on_foreign_address = on_foreign_address
        self._on_foreign_instance = on_foreign_instance

    def async_update_records(self, zc: Zeroconf, now: float, records: list[RecordUpdate]) -> None:  # noqa: ARG002
        for record in (update.new for update in records):
            if record.is_expired(now):
                continue
            if isinstance(record, DNSAddress) and record.key == self.host_key:
                self._on_foreign_address(str(ipaddress.ip_address(record.address)))
            elif isinstance(record, DNSText) and record.key in self.instance_keys:
                run = _run(record)
                if run != self._run:
                    self._on_foreign_instance(run)


def _run(record: DNSText) -> str:
    """Which start of which LanChat sent it; empty for other programs."""
    type_ = record.name.partition(".")[2]
    info = AsyncServiceInfo(type_, record.name, properties=record.text)
    return info.decoded_properties.get("run") or ""
