"""Owns the order of an exported conversation's pages: one if it is short, else as many as a browser opens at ease."""

from bisect import bisect_right
from collections.abc import Mapping
from html import escape
from math import ceil
from typing import Any, NamedTuple

from lanchat.exports.markup import Markup
from lanchat.exports.page import foot, head, page_name, turning
from lanchat.exports.words import Words
from lanchat.exports.zip_stream import ZipStream

ON_A_PAGE = 1000  # messages
FOLDER = "pages/"


class Written(NamedTuple):
    """A page that is done."""

    number: int
    since: str  # of its first message, ISO 8601
    until: str
    messages: int


class PageStream:
    """Takes messages in their order. Methods block, and return what the archive grew by.

    `title` and `notes` stand above each page; `hidden_seq` is up to where nothing is shown.
    """

    def __init__(self, archive: ZipStream, words: Words, title: str, notes: list[str], count: int) -> None:
        self.pages = max(1, ceil(count / ON_A_PAGE))
        self.written: list[Written] = []
        self._zip, self._words, self._title, self._notes = archive, words, title, notes
        self._up = "" if self.pages == 1 else "../"
        self._markup = Markup(words, self._up)
        self._firsts: list[int] = []  # the first `seq` of each page
        self._on_page = 0
        self._since = self._until = ""

    @property
    def is_single(self) -> bool:
        """Then the page is `index.html` itself, and whoever holds this ends it."""
        return self.pages == 1

    def begin(self) -> bytes:
        """Of a single page, the beginning; else nothing yet."""
        if not self.is_single:
            return b""
        page = head(self._words, self._title, *self._notes)
        return self._zip.begin("index.html") + self._zip.write(page)

    def add(self, messages: list[dict[str, Any]], names: Mapping[int, str]) -> bytes:
        grown: list[bytes] = []
        html: list[str] = []
        for fields in messages:
            if not self._firsts or (not self.is_single and self._on_page == ON_A_PAGE):
                grown.append(self._flush(html))
                grown.append(self._turn(fields))
            html.append(self._markup.message(fields, self._page_of, names))
            self._on_page += 1
            self._until = fields["timestamp"]
        grown.append(self._flush(html))
        return b"".join(grown)

    def end(self) -> bytes:
        """Of the last of several pages."""
        return b"" if self.is_single or not self._firsts else self._close_page()

    def contents(self) -> str:
        """The pages, as a list of HTML."""
        if self.is_single:
            return ""
        rows = [
            f'<li><a href="{FOLDER}{page_name(page.number)}">{escape(self._days(page))}</a>'
            f'<span class="soft">{escape(self._words.say("messages", count=page.messages))}</span></li>'
            for page in self.written
        ]
        return f'<ol class="pages">{"".join(rows)}</ol>'

    def _turn(self, fields: dict[str, Any]) -> bytes:
        grown = self._close_page() if self._firsts and not self.is_single else b""
        self._firsts.append(fields["seq"])
        self._on_page, self._since = 0, fields["timestamp"]
        if self.is_single:
            return grown
        self._markup.begin_page()
        nav = turning(self._words, len(self._firsts), self.pages, self._up)
        page = head(self._words, self._title, above=nav)
        return grown + self._zip.begin(FOLDER + page_name(len(self._firsts))) + self._zip.write(page)

    def _close_page(self) -> bytes:
        number = len(self._firsts)
        self.written.append(Written(number, self._since, self._until, self._on_page))
        return self._zip.write(foot(turning(self._words, number, self.pages, self._up)))

    def _flush(self, html: list[str]) -> bytes:
        if not html:
            return b""
        text = "".join(html)
        html.clear()
        return self._zip.write(text)

    def _page_of(self, seq: int) -> str | None:
        """Of a message that came before: where it stands, seen from the page that is being written."""
        number = bisect_right(self._firsts, seq)
        if number == 0:
            return None
        return "" if number == len(self._firsts) else page_name(number)

    def _days(self, page: Written) -> str:
        days = [self._words.day(self._words.local(moment)) for moment in (page.since, page.until)]
        return days[0] if days[0] == days[1] else f"{days[0]} – {days[1]}"
