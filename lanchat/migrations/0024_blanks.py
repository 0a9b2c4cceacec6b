"""Display names as they are compared: without their blanks."""

import peewee

SCHEMA = """
CREATE INDEX account_display_joined ON account(replace(display_key, ' ', ''));
CREATE INDEX account_display_skeleton_joined ON account(replace(display_skeleton, ' ', ''));
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
