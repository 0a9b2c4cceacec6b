"""The search's index; what was said before is indexed in the background, the newest first."""

import peewee

SCHEMA = """
CREATE VIRTUAL TABLE search USING fts5(
    t, content='', detail=none, columnsize=0, prefix='1 3', tokenize='unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE search_sound USING fts5(
    t, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE search_word USING fts5vocab(search, row);
CREATE TABLE search_state (
    id INTEGER NOT NULL PRIMARY KEY,
    tokens_version INTEGER NOT NULL,
    indexed_id INTEGER NOT NULL,
    older_id INTEGER NOT NULL,
    has_leftovers INTEGER NOT NULL DEFAULT 0
);
INSERT INTO search_state(id, tokens_version, indexed_id, older_id)
    SELECT 1, 1, coalesce(max(id), 0), coalesce(max(id), 0) FROM message;
"""


def up(database: peewee.SqliteDatabase) -> None:
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
