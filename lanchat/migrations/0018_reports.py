"""What members report, with a copy of it that lasts until somebody has decided."""

import peewee

SCHEMA = """
CREATE TABLE report (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    author_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    reporter_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    words TEXT,
    copy TEXT,
    at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    decided_by INTEGER REFERENCES account(id) ON DELETE SET NULL,
    decided_at TEXT,
    decision TEXT,
    UNIQUE (message_id, reporter_id)
);
CREATE INDEX report_room ON report(room_id, state, id);
CREATE INDEX report_author ON report(author_id);
CREATE INDEX report_reporter ON report(reporter_id);
CREATE INDEX report_copied ON report(at) WHERE copy IS NOT NULL;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
