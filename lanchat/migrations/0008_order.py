"""Keeping rooms in order: who speaks how often, what newcomers are shown, bans, mutes that outlast leaving, the log.

An account is disabled until a moment, instead of banned since one.
"""

import peewee

SCHEMA = """
ALTER TABLE room ADD COLUMN posting TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE room ADD COLUMN slow_mode INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN history TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE room ADD COLUMN archived_at TEXT;
ALTER TABLE membership ADD COLUMN joined_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE membership ADD COLUMN spoke_at TEXT;
ALTER TABLE message ADD COLUMN system TEXT;
CREATE TABLE ban (
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    reason TEXT,
    until TEXT,
    banned_by INTEGER NOT NULL REFERENCES account(id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
);
CREATE INDEX ban_user ON ban(user_id);
CREATE TABLE kept_mute (
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    until TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
);
CREATE INDEX kept_mute_user ON kept_mute(user_id);
CREATE TABLE room_log (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES account(id),
    action TEXT NOT NULL,
    target_id INTEGER REFERENCES account(id) ON DELETE SET NULL,
    details TEXT NOT NULL
);
CREATE INDEX ban_by ON ban(banned_by);
CREATE INDEX room_log_actor ON room_log(actor_id);
CREATE INDEX room_log_target ON room_log(target_id);
CREATE INDEX room_log_room ON room_log(room_id, id);
ALTER TABLE account ADD COLUMN disabled_until TEXT;
ALTER TABLE account ADD COLUMN disabled_reason TEXT;
UPDATE account SET disabled_until = '9999-12-31T23:59:59.999999Z' WHERE banned_at IS NOT NULL;
ALTER TABLE account DROP COLUMN banned_at;
DROP INDEX message_unread;
CREATE INDEX message_unread ON message(room_id, seq, user_id, deleted_at, message_type);
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
    _remember_where_members_came_in(database)


def _remember_where_members_came_in(database: peewee.SqliteDatabase) -> None:
    """The newest message that was there when somebody joined: found by halving, as messages are in order of time."""
    for room_id, user_id, joined_at in database.execute_sql(
        "SELECT room_id, user_id, joined_at FROM membership"
    ).fetchall():
        low = 0
        high = database.execute_sql("SELECT seq FROM room WHERE id = ?", (room_id,)).fetchone()[0]
        while low < high:
            middle = (low + high + 1) // 2
            row = database.execute_sql(
                "SELECT seq, created_at FROM message WHERE room_id = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
                (room_id, middle),
            ).fetchone()
            if row is None or row[1] <= joined_at:
                low = middle
            else:
                high = row[0] - 1
        database.execute_sql(
            "UPDATE membership SET joined_seq = ? WHERE room_id = ? AND user_id = ?", (low, room_id, user_id)
        )
