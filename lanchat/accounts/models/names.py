"""Owns whose a name is: user names and display names are one lot, in which no two are alike."""

from datetime import timedelta
from itertools import chain, count

from lanchat.core.base.clock import Clock
from lanchat.core.base.pinyin import initials, spellings
from lanchat.core.base.text_rules import name_key, pretended_key, skeleton, without_blanks
from lanchat.core.storage.database import Table

ENABLED = "(disabled_until IS NULL OR disabled_until <= ?)"  # a condition on an account, now
MAX_USERNAME = 20  # characters
FORMER_NAME_LIFE = timedelta(days=30)  # in which nobody else takes a name that somebody gave up
# Blanks, which only display names have, tell no two apart.
ALIKE = """(username_key IN (?, ?) OR username_skeleton = ? OR replace(display_key, ' ', '') IN (?, ?)
    OR replace(display_skeleton, ' ', '') = ?)"""


def named(username: str, display_name: str | None = None) -> dict[str, str | None]:
    """What is stored of somebody's names. `found_by` has a line for each way in which people type them."""
    keys = [name_key(name) for name in (username, display_name) if name]
    sounds = [sound for name in (username, display_name) if name for sound in spellings(name)]
    return {
        "username": username,
        "username_key": name_key(username),
        "username_skeleton": skeleton(username),
        "display_name": display_name,
        "display_key": display_name and name_key(display_name),
        "display_skeleton": display_name and skeleton(display_name),
        "initials": initials(display_name or username),
        "found_by": "".join(f"\n{line}" for line in dict.fromkeys([*keys, *sounds])),
    }


def is_taken(name: str, besides: int = 0) -> bool:
    """By the same name, or one that looks like it, of anybody but the account `besides`, now or lately."""
    query = f"""SELECT 1 FROM account WHERE {ALIKE} AND id <> ? UNION ALL
        SELECT 1 FROM former_name WHERE (name_key IN (?, ?) OR skeleton = ?) AND user_id <> ? AND until > ?"""  # noqa: S608, ours
    former = (*_alike(name)[:3], besides, Clock().now())
    return Table.run_sql(query, *_alike(name), besides, *former).fetchone() is not None


def free_name(name: str, now: str) -> None:
    """Take a name from a guest whose sessions are all over: nobody comes back to that account.

    What the guest wrote stays under another name, so that none of it is taken for the next bearer's.
    """
    ended = Table.run_sql(
        f"""SELECT id, username, username_key IN (?, ?) OR username_skeleton = ? FROM account
        WHERE {ALIKE} AND is_guest AND {ENABLED} AND NOT EXISTS (
            SELECT 1 FROM session WHERE user_id = account.id AND revoked_at IS NULL AND expires_at > ?)""",  # noqa: S608, ours
        *_alike(name)[:3],
        *_alike(name),
        now,
        now,
    ).fetchall()
    for user_id, username, is_username in ended:
        # Not 1, 2, 3 for ever: the longer a name is given away and back, the longer everybody's writes would wait.
        endings = (f"_{n}" for n in chain(range(1, 10), count(user_id)))
        others = (f"{username[: MAX_USERNAME - len(ending)]}{ending}" for ending in endings)
        rename(user_id, next(other for other in others if not is_taken(other)) if is_username else username)


def rename(user_id: int, username: str, display_name: str | None = None) -> None:
    """Both names at once; that they are free, the caller knows."""
    columns = named(username, display_name)
    sets = ", ".join(f"{column} = ?" for column in columns)
    Table.run_sql(f"UPDATE account SET {sets} WHERE id = ?", *columns.values(), user_id)  # noqa: S608, ours


def call_otherwise(user_id: int, username: str, until: str) -> None:
    """Another user name, which is free; the former one is nobody else's until then."""
    former, display_name = Table.run_sql("SELECT username, display_name FROM account WHERE id = ?", user_id).fetchone()
    keys = name_key(former), name_key(username)
    Table.run_sql("DELETE FROM former_name WHERE name_key IN (?, ?) OR until <= ?", *keys, Clock().now())
    Table.run_sql(
        "INSERT INTO former_name(name_key, skeleton, user_id, until) VALUES (?, ?, ?, ?)",
        name_key(former),
        skeleton(former),
        user_id,
        until,
    )
    rename(user_id, username, display_name)


def _alike(name: str) -> tuple[str, ...]:
    """The parameters of `ALIKE`."""
    name = without_blanks(name)
    keys = (name_key(name), pretended_key(name), skeleton(name))
    return (*keys, *keys)
