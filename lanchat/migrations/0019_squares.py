"""The small pictures of people and rooms."""

import peewee

SCHEMA = "CREATE TABLE square (name TEXT NOT NULL PRIMARY KEY, large BLOB NOT NULL, small BLOB NOT NULL)"


def up(database: peewee.SqliteDatabase) -> None:
    database.execute_sql(SCHEMA)
