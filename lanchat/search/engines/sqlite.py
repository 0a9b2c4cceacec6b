"""The index in SQLite: FTS5 tables without the texts, without positions, of tokens that are made in `tokens.py`.

Their rows are the messages' ids. To take one out, its tokens must be given again.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from lanchat.search.tokens import Wanted

Entry = tuple[int, Sequence[str], Sequence[str]]  # message id, tokens, sounds


class Way(NamedTuple):
    """Parts of a query for `message m`. CROSS JOIN is SQLite's word for an order of tables that stays as written."""

    tables: str
    id: str
    condition: str  # with a `?` for the expression, if there is one


BY_WORDS = Way("search f CROSS JOIN message m ON m.id = f.rowid", "f.rowid", "AND f.search MATCH ?")
BY_SOUNDS = Way("search_sound f CROSS JOIN message m ON m.id = f.rowid", "f.rowid", "AND f.search_sound MATCH ?")
ONE_BY_ONE = Way("message m", "m.id", "")
MERGE_PAGES = 500  # that one step of tidying may write
MOST_WORDS = 20_000  # of one first letter that are compared with a mistyped one


def put(connection: Any, entries: Iterable[Entry]) -> None:
    """In order of their ids, which FTS5 takes in best."""
    for message_id, tokens, sounds in sorted(entries):
        connection.execute("INSERT INTO search(rowid, t) VALUES (?, ?)", (message_id, " ".join(tokens)))
        if sounds:
            connection.execute("INSERT INTO search_sound(rowid, t) VALUES (?, ?)", (message_id, " ".join(sounds)))


def take_out(connection: Any, entry: Entry) -> None:
    message_id, tokens, sounds = entry
    gone = "INSERT INTO search(search, rowid, t) VALUES ('delete', ?, ?)"
    connection.execute(gone, (message_id, " ".join(tokens)))
    if sounds:
        gone = "INSERT INTO search_sound(search_sound, rowid, t) VALUES ('delete', ?, ?)"
        connection.execute(gone, (message_id, " ".join(sounds)))


def empty(connection: Any) -> None:
    connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
    connection.execute("INSERT INTO search_sound(search_sound) VALUES ('delete-all')")


def tidy(connection: Any, *, is_first: bool) -> bool:
    """A step of writing the index anew, so that nothing of what was taken out is left in it; False once it is done."""
    before = connection.total_changes
    pages = -MERGE_PAGES if is_first else MERGE_PAGES
    connection.execute("INSERT INTO search(search, rank) VALUES ('merge', ?)", (pages,))
    connection.execute("INSERT INTO search_sound(search_sound, rank) VALUES ('merge', ?)", (pages,))
    return connection.total_changes - before >= 4  # two rows are written where nothing was to do


def expression(wanted: Iterable[Wanted], rooms: Iterable[str] = ()) -> str:
    """All of the tokens, in any of the rooms if some are given; none of them has anything that means something here."""
    parts = [f'"{each.token}"*' if each.is_prefix else f'"{each.token}"' for each in wanted]
    if among := " OR ".join(f'"{room}"' for room in rooms):
        parts.insert(0, f"({among})")
    return " AND ".join(parts)


def any_of(expressions: Iterable[str]) -> str:
    return " OR ".join(f"({each})" for each in expressions)


def rooms_with_entries(connection: Any) -> set[int]:
    rows = connection.execute("SELECT term FROM search_word WHERE term >= 'zzr' AND term < 'zzs'")
    return {int(term[3:]) for (term,) in rows if term[3:].isdecimal()}


def words_that_begin(connection: Any, letter: str) -> list[str]:
    rows = connection.execute(
        "SELECT term FROM search_word WHERE term >= ? AND term < ? LIMIT ?", (letter, f"{letter}\U0010ffff", MOST_WORDS)
    )
    return [term for (term,) in rows]
