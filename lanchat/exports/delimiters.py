"""Owns which signs of emphasis are form and which were only typed, as the web client has it in `dialect.ts`."""

import re
import unicodedata
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

LONGEST_NAME = 64
# Scripts that put no blanks between words, and their signs.
CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3000-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
HEAD, TAIL = re.compile(r"\w*\Z", re.ASCII), re.compile(r"\w*", re.ASCII)
NAME = re.compile(r"__+[A-Za-z0-9](\w*[A-Za-z0-9])?__+", re.ASCII)


class OwnInline(ParserInline):
    """markdown-it-py has no place for another state, so that the one method which makes it is written again."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = OwnState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class OwnState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, theirs
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else ""
        after = self.src[end] if end < self.posMax else ""
        is_formula = _is_of_word(before) and _is_of_word(after)  # 2*3*4, 2**8
        if is_formula or (marker == "_" and _is_in_name(self.src, start)):
            return Scanned(False, False, end - start)
        return Scanned(*_flanks(before, after, canSplitWord), end - start)


def _flanks(before: str, after: str, can_split_word: bool) -> tuple[bool, bool]:
    """CommonMark's rules, except that Chinese punctuation is no border of a word, and Chinese characters are."""
    is_blank_before, is_blank_after = _is_blank(before), _is_blank(after)
    is_sign_before = _is_punctuation(before) and not _is_cjk(before)
    is_sign_after = _is_punctuation(after) and not _is_cjk(after)
    opens = not is_blank_after and (not is_sign_after or is_blank_before or is_sign_before or _is_cjk(before))
    closes = not is_blank_before and (not is_sign_before or is_blank_after or is_sign_after or _is_cjk(after))
    return (
        opens and (can_split_word or not closes or _is_punctuation(before)),
        closes and (can_split_word or not opens or _is_punctuation(after)),
    )


def _is_in_name(text: str, at: int) -> bool:
    """The underscores of `__init__` belong to a name."""
    head = HEAD.search(text, max(0, at - LONGEST_NAME), at)
    tail = TAIL.match(text, at, at + LONGEST_NAME)
    return NAME.fullmatch((head[0] if head else "") + (tail[0] if tail else "")) is not None


def _is_blank(char: str) -> bool:
    return char == "" or char.isspace()


def _is_cjk(char: str) -> bool:
    return CJK.match(char) is not None


def _is_of_word(char: str) -> bool:
    return char != "" and unicodedata.category(char)[0] in "LNM" and not _is_cjk(char)


def _is_punctuation(char: str) -> bool:
    return char != "" and unicodedata.category(char)[0] in "PS"
