"""The table of accounts that are being deleted: a row stays until nothing is left to do."""

from typing import NamedTuple

import peewee

from lanchat.core.storage.database import Table


class DeletionRow(NamedTuple):
    user_id: int
    takes_words: bool


class Deletion(Table):
    user_id = peewee.IntegerField(primary_key=True)
    takes_words = peewee.IntegerField()
    begun_at = peewee.TextField()

    @classmethod
    def begin(cls, user_id: int, takes_words: bool, now: str) -> None:
        cls.run_sql("INSERT INTO deletion(user_id, takes_words, begun_at) VALUES (?, ?, ?)", user_id, takes_words, now)

    @classmethod
    def under_way(cls) -> list[DeletionRow]:
        """The eldest first."""
        rows = cls.run_sql("SELECT user_id, takes_words FROM deletion ORDER BY begun_at, user_id")
        return [DeletionRow(user_id, bool(takes_words)) for user_id, takes_words in rows]

    @classmethod
    def end(cls, user_id: int) -> None:
        cls.run_sql("DELETE FROM deletion WHERE user_id = ?", user_id)
