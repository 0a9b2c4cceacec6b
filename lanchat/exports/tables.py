"""Owns how large a table of an exported page may be, as in the web client: what is larger stays as it was typed.

Decided before there are cells, as each row is filled up to the width of the first.
"""

import re

from markdown_it.rules_block import StateBlock

MOST_COLUMNS = 30
MOST_ROWS = 100
MOST_CELLS = 2000  # of all tables of a message
RULER = re.compile(r"[-:|][-:|\s]*")  # and a "-" in it, which no pattern finds in one pass
BAR = re.compile(r"(?<!\\)\|")


def keep_as_typed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """True for what looks like a table and is to be none."""
    if start + 2 > end or not _is_ruler(_line(state, start + 1)):
        return False
    columns = _cells(_line(state, start))
    if columns == 0 or columns != _cells(_line(state, start + 1)):
        return False
    last = start + 2
    is_wider = False
    while last < end and not _is_over(state, last, end):
        is_wider = is_wider or _cells(_line(state, last)) > columns
        last += 1
    rows = last - start - 2
    cells: int = state.env.get("cells", 0) + columns * (rows + 1)
    if columns <= MOST_COLUMNS and rows <= MOST_ROWS and cells <= MOST_CELLS and not is_wider:
        state.env["cells"] = state.env.get("cells", 0) if silent else cells
        return False
    if not silent:
        _type(state, start, last)
    return True


def _is_ruler(line: str) -> bool:
    return "-" in line and RULER.fullmatch(line) is not None


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _cells(line: str) -> int:
    cells = BAR.split(line)
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")


def _is_over(state: StateBlock, number: int, end: int) -> bool:
    """As the parser's own table ends."""
    indent = state.sCount[number] - state.blkIndent
    if state.isEmpty(number) or not 0 <= indent < 4:
        return True
    return any(rule(state, number, end, True) for rule in state.md.block.ruler.getRules("blockquote"))


def _type(state: StateBlock, start: int, last: int) -> None:
    state.push("paragraph_open", "p", 1)
    words = state.push("inline", "", 0)
    words.content = state.getLines(start, last, state.blkIndent, False).strip()
    words.children = []
    state.push("paragraph_close", "p", -1)
    state.line = last
