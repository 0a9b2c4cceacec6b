"""People and rooms that came from elsewhere: nothing comes twice."""

import peewee

SCHEMA = """
CREATE TABLE imported (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    foreign_id TEXT NOT NULL,
    local_id INTEGER NOT NULL,
    PRIMARY KEY (source, kind, foreign_id)
) WITHOUT ROWID
"""


def up(database: peewee.SqliteDatabase) -> None:
    database.execute_sql(SCHEMA)
