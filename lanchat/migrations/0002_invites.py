"""Invitations to a room, and codes that sign a further device in."""

import peewee

SCHEMA = """
CREATE TABLE invite (
    room_id INTEGER NOT NULL,
    inviter_id INTEGER NOT NULL,
    nonce TEXT NOT NULL,
    code_digest TEXT NOT NULL UNIQUE,
    password_digest TEXT NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (room_id, inviter_id),
    FOREIGN KEY (room_id, inviter_id) REFERENCES membership(room_id, user_id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE device_code (
    user_id INTEGER NOT NULL PRIMARY KEY REFERENCES user(id) ON DELETE CASCADE,
    session_id INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    code_digest TEXT NOT NULL UNIQUE,
    expires_at TEXT NOT NULL
);
CREATE INDEX device_code_session ON device_code(session_id);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
