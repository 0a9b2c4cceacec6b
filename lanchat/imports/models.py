"""The table of what came from elsewhere, and every query on it: nothing comes twice."""

import peewee

from lanchat.core.storage.database import Table


class Imported(Table):
    """A person or a room; messages carry their origin themselves, as the `client_id` of their author."""

    source = peewee.TextField()
    kind = peewee.TextField()  # person or room
    foreign_id = peewee.TextField()
    local_id = peewee.IntegerField()

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride], Peewee inherits it by itself
        primary_key = peewee.CompositeKey("source", "kind", "foreign_id")

    @classmethod
    def known(cls, source: str, kind: str) -> dict[str, int]:
        """Local ids by foreign ones."""
        rows = cls.run_sql("SELECT foreign_id, local_id FROM imported WHERE source = ? AND kind = ?", source, kind)
        return dict(rows.fetchall())

    @classmethod
    def keep(cls, source: str, kind: str, foreign_id: str, local_id: int) -> None:
        cls.run_sql("INSERT INTO imported VALUES (?, ?, ?, ?)", source, kind, foreign_id, local_id)
