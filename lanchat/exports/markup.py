"""Owns a message as HTML: whatever anybody named or wrote is escaped here, or made of Markdown in `markdown.py`."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote

from lanchat.exports.markdown import to_html, to_words
from lanchat.exports.record import attachments, own_words, path_in_archive
from lanchat.exports.words import Words
from lanchat.files.images.formats import FORMATS

GROUPED = timedelta(minutes=5)  # one author's messages within it stand together
SHOWN_NAMES = 20  # of those who reacted alike


class Previous(NamedTuple):
    """The message above, on the same page."""

    whose: tuple[object, ...]  # its author, and its room where that stands in the author's place
    day: str
    at: datetime


class Markup:
    """Messages one after the other, as `words` say it; `up` leads from the page to the archive's root."""

    def __init__(self, words: Words, up: str = "") -> None:
        self._words = words
        self._up = up
        self._previous: Previous | None = None

    def begin_page(self) -> None:
        self._previous = None

    def message(self, fields: dict[str, Any], page_of: Callable[[int], str | None], names: Mapping[int, str]) -> str:
        """With the line of its day before it, where that begins.

        `page_of` says where the message of a `seq` stands, None if nowhere; `names` has those who reacted.
        """
        at = self._words.local(fields["timestamp"])
        day = self._words.day(at)
        previous, html = self._previous, ""
        if previous is None or previous.day != day:
            html = f'<h2 class="day"><time datetime="{at.date()}">{escape(day)}</time></h2>\n'
            previous = None
        whose = (fields["user_id"], fields.get("room"))
        self._previous = Previous(whose, day, at)
        if fields["system"] is not None or fields["is_deleted"]:
            self._previous = self._previous._replace(whose=())
            return html + self._line(fields, at)
        is_same = previous is not None and previous.whose == whose and at - previous.at < GROUPED
        is_same = is_same and fields["reply_to"] is None
        return html + self._said(fields, at, "same" if is_same else "", page_of, names)

    def _line(self, fields: dict[str, Any], at: datetime) -> str:
        name = shown_name(fields)
        if fields["system"] is not None:
            text = self._words.happened(fields["system"], fields["content"])
        else:
            is_own = fields["deleted_by"] in {None, "author"}
            text = self._words.say("recalled" if is_own else "removed", name=name)
        return (
            f'<article class="line" id="m{fields["seq"]}"><span dir="auto">{escape(text)}</span> {self._at(fields, at)}'
            "</article>\n"
        )

    def _said(
        self,
        fields: dict[str, Any],
        at: datetime,
        kind: str,
        page_of: Callable[[int], str | None],
        names: Mapping[int, str],
    ) -> str:
        say = self._words.say
        marks = [self._at(fields, at)]
        if fields["edited_at"] is not None:
            edited = escape(self._words.when(fields["edited_at"]))
            marks.append(f'<span class="mark" title="{edited}">{escape(say("edited"))}</span>')
        if fields["pinned_at"] is not None:
            marks.append(f'<span class="mark pin">{escape(say("pinned"))}</span>')
        who = f'<span class="who" dir="auto">{escape(shown_name(fields))}</span>'
        if fields.get("room") is not None:
            who = f'<span class="who" dir="auto">{escape(fields["room"])}</span>'
        hidden = "" if kind != "same" else ' style="float:inline-end;margin-inline-start:12px"'
        top = f'<div class="top"{hidden}>{"" if kind == "same" else who} {" ".join(marks)}</div>'
        parts = [top, self._quote(fields["reply_to"], page_of), self._source(fields.get("forwarded_from"))]
        if words := own_words(fields):
            parts.append(f'<div class="text" dir="auto">{to_html(words)}</div>')
        parts += [self._files(list(attachments(fields))), self._reactions(fields["reactions"], names)]
        return f'<article class="{kind}" id="m{fields["seq"]}">{"".join(parts)}</article>\n'

    def _at(self, fields: dict[str, Any], at: datetime) -> str:
        exact = f"{self._words.day(at)} {at:%H:%M:%S}"
        return (
            f'<a class="at" href="#m{fields["seq"]}" title="{escape(exact)}">'
            f'<time datetime="{escape(fields["timestamp"])}">{at:%H:%M}</time></a>'
        )

    def _quote(self, quoted: dict[str, Any] | None, page_of: Callable[[int], str | None]) -> str:
        """What it answers; a link where that stands in the archive."""
        if quoted is None:
            return ""
        name, page = shown_name(quoted), page_of(quoted["seq"])
        file = quoted["attachment"]
        words = to_words(quoted["content"])
        if file is not None and quoted["content"] == file["file_path"]:
            words = file["filename"]
        inner = f"<b dir=auto>{escape(name)}</b> <span dir=auto>{escape(words)}</span>"
        if quoted["is_deleted"]:
            return f'<span class="quote">{escape(self._words.say("deleted"))}</span>'
        if page is None:
            return f'<span class="quote">{inner}</span>'
        return f'<a class="quote" href="{escape(page)}#m{quoted["seq"]}">{inner}</a>'

    def _source(self, source: dict[str, Any] | None) -> str:
        if source is None:
            return ""
        name = source.get("display_name") or source["username"]
        room, when = source.get("room_name"), self._words.when(source["timestamp"])
        text = self._words.say("forwarded" if room is None else "forwarded_room", name=name, room=room, when=when)
        return f'<div class="soft" dir="auto">{escape(text)}</div>'

    def _files(self, files: list[dict[str, Any]]) -> str:
        if not files:
            return ""
        are_pictures = len(files) > 1 and all(file["content_type"] in FORMATS for file in files)
        kind = "files album" if are_pictures else "files"
        return f'<div class="{kind}">{"".join(self._file(file) for file in files)}</div>'

    def _file(self, file: dict[str, Any]) -> str:
        path, name = escape(self._up + quote(path_in_archive(file))), escape(file["filename"])
        if file.get("is_missing"):
            return f'<span class="file"><bdi>{name}</bdi> <span class="soft">{self._words.say("missing")}</span></span>'
        kind: str = file["content_type"]
        if kind in FORMATS:
            sides = ""
            if file["width"] and file["height"]:
                sides = f' width="{file["width"]}" height="{file["height"]}"'
            return f'<a href="{path}"><img src="{path}" alt="{name}" loading="lazy"{sides}></a>'
        row = f'<a class="file" href="{path}" download><bdi>{name}</bdi> <span class="soft">'
        row += f"{escape(self._words.size(file['file_size']))}</span></a>"
        for media in ("audio", "video"):
            if kind.startswith(f"{media}/"):
                row = f'<div class="media"><{media} controls preload="none" src="{path}"></{media}>{row}</div>'
        return row

    def _reactions(self, reactions: list[dict[str, Any]], names: Mapping[int, str]) -> str:
        if not reactions:
            return ""
        pills: list[str] = []
        for reaction in reactions:
            who = [names[user_id] for user_id in reaction["user_ids"][:SHOWN_NAMES] if user_id in names]
            more = ", …" if reaction["count"] > len(who) else ""
            title = escape(", ".join(who) + more)
            pills.append(f'<li title="{title}">{escape(reaction["emoji"])} {reaction["count"]}</li>')
        return f'<ul class="reactions">{"".join(pills)}</ul>'


def shown_name(fields: dict[str, Any]) -> str:
    return fields["display_name"] or fields["username"]
