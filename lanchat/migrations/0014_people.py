"""What people say of themselves beside their user name, and by what they and rooms are found: names and their sound."""

import peewee

from lanchat.core.base.pinyin import initials, spellings
from lanchat.core.base.text_rules import name_key

SCHEMA = """
ALTER TABLE account ADD COLUMN display_name TEXT;
ALTER TABLE account ADD COLUMN display_key TEXT;
ALTER TABLE account ADD COLUMN display_skeleton TEXT;
ALTER TABLE account ADD COLUMN initials TEXT;
ALTER TABLE account ADD COLUMN found_by TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN status_emoji TEXT;
ALTER TABLE account ADD COLUMN status_text TEXT;
ALTER TABLE account ADD COLUMN status_until TEXT;
ALTER TABLE room ADD COLUMN initials TEXT;
CREATE UNIQUE INDEX account_display ON account(display_key);
CREATE UNIQUE INDEX account_display_skeleton ON account(display_skeleton);
CREATE INDEX account_status ON account(status_until) WHERE status_until IS NOT NULL;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
    for user_id, name in database.execute_sql("SELECT id, username FROM account").fetchall():
        found_by = "".join(f"\n{line}" for line in dict.fromkeys([name_key(name), *spellings(name)]))
        database.execute_sql(
            "UPDATE account SET initials = ?, found_by = ? WHERE id = ?", (initials(name), found_by, user_id)
        )
    for room_id, name in database.execute_sql("SELECT id, name FROM room WHERE name IS NOT NULL").fetchall():
        database.execute_sql("UPDATE room SET initials = ? WHERE id = ?", (initials(name), room_id))
