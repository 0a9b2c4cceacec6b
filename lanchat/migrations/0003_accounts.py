"""The table `user` becomes `account`, and the room role `admin` becomes `moderator`.

`user` and `session_user` are words of the SQL standard: PostgreSQL reads both as the role that asks, and answers. An
administrator is the host's; who keeps order in a room is its moderator.
"""

import peewee

SCHEMA = """
ALTER TABLE user RENAME TO account;
DROP INDEX session_user;
CREATE INDEX session_account ON session(user_id);
UPDATE membership SET role = 'moderator' WHERE role = 'admin';
"""


def up(database: peewee.SqliteDatabase) -> None:
    # The foreign keys of other tables follow the name: in any SQLite, as long as `foreign_keys` is on.
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
