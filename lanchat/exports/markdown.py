"""Owns the HTML of what somebody wrote: the one place where their words become part of an exported page.

The dialect of the web client, as far as it changes which signs are shown: no HTML, no picture by address, and nothing
that takes characters away.
"""

import re
from html import escape
from itertools import zip_longest
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lanchat.exports.delimiters import OwnInline
from lanchat.exports.tables import keep_as_typed

MOST_NESTED = 20  # deeper quotes and lists are somebody holding a key down
# Nine in ten messages have none of these: what they are in HTML needs no parser, which costs a hundred times as much.
FORM = re.compile(r"[*_`~#>\[\]\\|:@\n]|\.\w|^\s*(\d+[.)]|[-+=])|^\s{4}")
MOST_BRACKETS = 500  # each that opens is looked for where it closes: ten thousand cost a third of a second
LEADING_ZERO = re.compile(r"0\d")
LANGUAGE = re.compile(r"\s*[\w+#.-]{0,24}\s*")
BOX = re.compile(r"\[([ xX])\][ \t]+")
TAKES_AWAY = ["image", "entity", "reference", "lheading", "autolink"]


def to_html(text: str) -> str:
    """Blocks of HTML, safe to stand in any page of ours."""
    if FORM.search(text) is None:
        return f"<p>{escape(text)}</p>"
    if text.count("[") > MOST_BRACKETS:
        return _as_typed(text)
    tokens = _PARSER.parse(text)
    if _loses_words(tokens):
        return _as_typed(text)
    return _PARSER.renderer.render(tokens, _PARSER.options, {})


def to_words(text: str) -> str:
    """In one line and without form, for a quote."""
    if FORM.search(text) is None or text.count("[") > MOST_BRACKETS:
        return text
    blocks = _PARSER.parse(text)
    if _loses_words(blocks):
        return " ".join(text.split())
    tokens = [each for token in blocks for each in token.children or [token]]
    words = "".join(token.content or (" " if token.block or token.type.endswith("break") else "") for token in tokens)
    return " ".join(words.split()) or text


def _loses_words(tokens: list[Token]) -> bool:
    """Whether words, or the signs that were to give them form, would be lost: such a text is shown as it was typed."""
    if not any(token.content.strip() for token in tokens if token.type in {"inline", "fence", "code_block"}):
        return True
    return any(
        token.level >= MOST_NESTED - 1 or _is_hollow(token, following) or _is_odd_code(token)
        for token, following in zip_longest(tokens, tokens[1:])
        if token is not None
    )


def _is_hollow(token: Token, following: Token | None) -> bool:
    if token.type == "heading_open":
        return following is not None and following.content == ""
    if token.type in {"blockquote_open", "list_item_open"}:
        is_empty = following is not None and following.type == token.type.replace("open", "close")
        return is_empty or (token.type == "list_item_open" and LEADING_ZERO.match(token.info) is not None)
    return token.type == "fence" and not token.content.strip()


def _is_odd_code(token: Token) -> bool:
    """What stands behind the three signs is shown nowhere: a language may stand there, a sentence may not."""
    return token.type == "fence" and LANGUAGE.fullmatch(token.info) is None


def _number(state: StateCore) -> None:
    """Each item as it was numbered."""
    for token in state.tokens:
        if token.type == "list_item_open" and token.info.isdigit():
            token.attrSet("value", token.info)


def _as_typed(text: str) -> str:
    return f'<p class="typed">{escape(text)}</p>'


def _keep_backslash(state: StateInline, silent: bool) -> bool:
    """It keeps a sign from becoming form, and stays itself, as paths and shrugs want it."""
    if state.src[state.pos] != "\\":
        return False
    following = state.src[state.pos + 1 : state.pos + 2]
    if not re.match(r"[!-/:-@\[-`{-~]", following):
        return False
    if not silent:
        state.pending += f"\\{following}"
    state.pos += 2
    return True


def _tick(state: StateCore) -> None:
    """A box before what is to do, or done."""
    for item, token in zip(state.tokens, state.tokens[2:], strict=False):
        first = token.children[0] if token.children else None
        if item.type != "list_item_open" or first is None or first.type != "text":
            continue
        if (box := BOX.match(first.content)) is not None:
            first.content = ("☐ " if box[1] == " " else "☑ ") + first.content[box.end() :]


def _open_link(self: Any, tokens: Any, index: int, options: Any, _env: Any) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, index, options, _env)


def _make() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": True, "breaks": True, "maxNesting": MOST_NESTED})
    parser.inline = OwnInline()
    parser.disable(TAKES_AWAY)
    parser.inline.ruler.at("escape", _keep_backslash)
    parser.block.ruler.before("table", "large table", keep_as_typed, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.push("tasks", _tick)
    parser.core.ruler.push("numbers", _number)
    parser.add_render_rule("link_open", _open_link)
    return parser


_PARSER = _make()
