"""Of what somebody is told in a room of theirs: who is in one already gets what they would get by joining it now."""

import peewee

SCHEMA = """
ALTER TABLE membership ADD COLUMN told_of TEXT NOT NULL DEFAULT 'all';
ALTER TABLE membership ADD COLUMN silent_until TEXT;
UPDATE membership SET told_of = 'mentions' WHERE room_id IN
    (SELECT r.id FROM room r WHERE r.kind <> 'direct'
        AND (SELECT count(*) FROM membership c WHERE c.room_id = r.id) >= 10);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
