"""Owns the sentences of an exported page, and its dates, in the reader's language and time zone."""

from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lanchat.core.base.i18n import sentences, translate

OF_POSTING = {"managers": "posting_managers", "everyone": "posting_everyone"}


class Words(NamedTuple):
    language: str
    zone: ZoneInfo

    def say(self, key: str, **values: object) -> str:
        return translate(f"export.{key}", self.language, values)

    def local(self, moment: str) -> datetime:
        return datetime.fromisoformat(moment).astimezone(self.zone)

    def day(self, moment: datetime) -> str:
        weekday = self.say("weekdays").split()[moment.weekday()]
        month = self.say("months").split()[moment.month - 1]
        return self.say("day", weekday=weekday, month=month, day=moment.day, year=moment.year)

    def when(self, moment: str) -> str:
        """Day and minute."""
        local = self.local(moment)
        return f"{self.day(local)} {local:%H:%M}"

    def size(self, count: int) -> str:
        """Of bytes, as people say it."""
        size, unit = float(count), "B"
        for unit in ("B", "KB", "MB", "GB"):
            if size < 1000 or unit == "GB":
                break
            size /= 1000
        return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"

    def happened(self, system: dict[str, Any], content: str) -> str:
        """What happened to the room; of a code that has no sentence here, what older clients show."""
        code = system["code"]
        if code == "member_joined" and system["target_id"] is not None:
            code = "member_added"
        if code == "posting_changed":
            code = OF_POSTING.get(system["value"] or "", code)
        key = f"export.system.{code}"
        return translate(key, self.language, system) if key in sentences(self.language) else content
