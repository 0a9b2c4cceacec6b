"""Direct rooms: in which of its people's lists one doesn't stand."""

import peewee


def up(database: peewee.SqliteDatabase) -> None:
    database.execute_sql("ALTER TABLE membership ADD COLUMN unlisted TEXT")
