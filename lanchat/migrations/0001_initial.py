"""Users, sessions, rooms, memberships, messages, attachments."""

import peewee

SCHEMA = """
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE user (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL DEFAULT '',
    email_key TEXT UNIQUE,
    password_hash TEXT,
    avatar_url TEXT,
    real_name TEXT,
    bio TEXT,
    is_admin INTEGER NOT NULL DEFAULT 0,
    is_guest INTEGER NOT NULL DEFAULT 0,
    banned_at TEXT,
    created_at TEXT NOT NULL,
    last_seen TEXT NOT NULL
);

CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
    secret_digest TEXT NOT NULL,
    user_agent TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
);
CREATE INDEX session_user ON session(user_id);

CREATE TABLE room (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL DEFAULT 'room',
    name TEXT,
    name_key TEXT UNIQUE,
    direct_key TEXT UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    is_private INTEGER NOT NULL DEFAULT 0,
    password_hash TEXT,
    created_by INTEGER NOT NULL REFERENCES user(id),
    created_at TEXT NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE membership (
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
    role TEXT NOT NULL DEFAULT 'member',
    joined_at TEXT NOT NULL,
    muted_until TEXT,
    delivered_seq INTEGER NOT NULL DEFAULT 0,
    read_seq INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;
CREATE INDEX membership_user ON membership(user_id);

CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    uploader_id INTEGER NOT NULL REFERENCES user(id),
    filename TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    created_at TEXT NOT NULL
);
CREATE INDEX attachment_uploader ON attachment(uploader_id);

CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES user(id),
    client_id TEXT,
    message_type TEXT NOT NULL,
    content TEXT NOT NULL,
    attachment_id INTEGER REFERENCES attachment(id),
    reply_to_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    edited_at TEXT,
    deleted_at TEXT,
    UNIQUE (room_id, seq)
);
CREATE UNIQUE INDEX message_client ON message(user_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX message_changed ON message(room_id, changed_seq) WHERE changed_seq > seq;
CREATE INDEX message_attachment ON message(attachment_id) WHERE attachment_id IS NOT NULL;
CREATE INDEX message_reply ON message(reply_to_id) WHERE reply_to_id IS NOT NULL;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
