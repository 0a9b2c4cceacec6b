"""Rooms have pictures."""

import peewee


def up(database: peewee.SqliteDatabase) -> None:
    database.execute_sql("ALTER TABLE room ADD COLUMN picture_url TEXT")
