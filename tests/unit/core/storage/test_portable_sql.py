"""The SQL of the house is understood by more than SQLite: what isn't, stands in core/storage/engines/ alone."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import lanchat

ROOT = Path(lanchat.__file__).parent
SHIPPED = ("migrations/0001_initial.py", "migrations/0002_invites.py", "migrations/0003_accounts.py")
ONLY_SQLITE = {
    "a numbered parameter": r"\?\d",
    "json_each": r"json_each|json_extract",
    "a two-argument max or min": r"\b(?:max|min)\((?:[^()]|\([^()]*\))*,",
    "IS NOT ?": r"\bIS (?:NOT )?\?",
    "INSERT OR REPLACE": r"\b(?:INSERT OR|REPLACE INTO)\b",
    "a truth that is a number": r"\bis_\w+ (?:=|<>) (?:[01]\b|\?)",
    "a comparison to sort by": r"ORDER BY (?:[^()]|\([^()]*\))*?[\w')] (?:=|<>|<|>) ",
    "a table named user": r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES|EXISTS) \"?user\b",
    "a pragma": r"\bPRAGMA\b",
    "rowid": r"\b(?:rowid|last_insert_rowid|sqlite_\w+)\b",
    "a function of SQLite's": r"\b(?:ifnull|group_concat|strftime|datetime|total_changes)\(",
    "GLOB": r"\b(?:GLOB|COLLATE NOCASE)\b",
}
IS_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|PRAGMA|WHERE|ORDER BY|FROM|JOIN)\b")
ONLY_SQLITE_IN_PYTHON = re.compile(
    r"\blastrowid\b|\bimport sqlite3\b|\bcls\.replace\(|\.on_conflict_replace\(|\.total_changes\b"
)


def sources() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if "engines" not in path.parts and str(path.relative_to(ROOT)) not in SHIPPED:
            yield path


def statements_of(path: Path) -> Iterator[str]:
    """Every text that reads like SQL, with `{}` where a value is put in."""
    tree = ast.parse(path.read_text("utf-8"))
    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            text = node.value
        if IS_SQL.search(text):
            yield text


def subqueries(statement: str) -> Iterator[tuple[str, str]]:
    """Each query that stands where a table could, and what follows its parenthesis."""
    for found in re.finditer(r"\b(?:FROM|JOIN) \(", statement):
        depth, end = 1, found.end()
        while depth and end < len(statement):
            depth += {"(": 1, ")": -1}.get(statement[end], 0)
            end += 1
        yield statement[found.start() : end], statement[end:]


@cache
def statements() -> list[tuple[str, str]]:
    """Of the whole tree, each with its file."""
    return [(str(path.relative_to(ROOT)), sql) for path in sources() for sql in statements_of(path)]


@pytest.mark.parametrize("what", ONLY_SQLITE)
def test_no_statement_says_what_only_sqlite_understands(what: str):
    pattern = re.compile(ONLY_SQLITE[what])
    found = [
        f"{path.relative_to(ROOT)}: {sql}" for path in sources() for sql in statements_of(path) if pattern.search(sql)
    ]
    assert found == []


def test_a_query_in_the_place_of_a_table_has_a_name():
    """PostgreSQL before 16 refuses it otherwise."""
    unnamed = [
        (path, query) for path, sql in statements() for query, rest in subqueries(sql) if not re.match(r" AS \w", rest)
    ]
    assert unnamed == []


def test_nobody_but_the_engine_knows_the_driver():
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources()
        for line in path.read_text("utf-8").splitlines()
        if ONLY_SQLITE_IN_PYTHON.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("a numbered parameter", "SELECT id FROM message WHERE seq > ?2"),
        ("json_each", "SELECT 1 WHERE id IN (SELECT value FROM json_each(?))"),
        ("a two-argument max or min", "UPDATE membership SET read_seq = max(read_seq, min(?, (SELECT 1)))"),
        ("IS NOT ?", "UPDATE session SET revoked_at = ? WHERE id IS NOT ?"),
        ("INSERT OR REPLACE", "INSERT OR REPLACE INTO meta VALUES (?, ?)"),
        ("a truth that is a number", "SELECT count(*) FROM room WHERE is_private = 0"),
        ("a comparison to sort by", "SELECT id FROM room ORDER BY kind <> 'lobby', name_key"),
        ("a table named user", "SELECT id FROM user"),
        ("a pragma", "PRAGMA data_version"),
        ("rowid", "SELECT rowid FROM message"),
        ("a function of SQLite's", "SELECT ifnull(name, '') FROM room"),
        ("GLOB", "SELECT id FROM room WHERE name GLOB ?"),
    ],
)
def test_it_would_be_found(what: str, sql: str):
    assert IS_SQL.search(sql)
    assert re.search(ONLY_SQLITE[what], sql)
    assert not re.search(ONLY_SQLITE[what], "SELECT max(n.seq) FROM message n WHERE n.room_id = ? ORDER BY n.seq DESC")


def test_the_meta_table_is_written_by_one_module():
    of_meta = re.compile(r"\b(?:FROM|INTO|UPDATE) meta\b")
    assert {path for path, sql in statements() if of_meta.search(sql)} == {"core/storage/meta.py"}
