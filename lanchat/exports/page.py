"""Owns the page around what is exported: it opens from a folder, asks nothing of any network, and runs no script."""

from html import escape

from lanchat.exports.style import STYLE
from lanchat.exports.words import Words

# Should a mistake of ours ever let somebody's words become HTML, they still could neither run nor reach anything.
POLICY = "default-src 'none'; img-src 'self' file: data:; media-src 'self' file:; style-src 'unsafe-inline'"


def head(words: Words, title: str, *notes: str, above: str = "") -> str:
    """Up to where the content begins; `above` and what `foot` gets are HTML, all else is text."""
    lines = "".join(f'<p dir="auto">{escape(note)}</p>' for note in notes if note)
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<header>{above}<h1 dir="auto">{escape(title)}</h1>{lines}</header>\n<main>\n'
    )


def foot(below: str = "") -> str:
    return f"</main>\n<footer>{below}</footer>\n</body>\n</html>\n"


def turning(words: Words, number: int, count: int, up: str) -> str:
    """From page to page, and back to the list of them."""
    links = [f'<a href="{up}index.html">{escape(words.say("contents"))}</a>']
    if number > 1:
        links.append(f'<a rel="prev" href="{page_name(number - 1)}">{escape(words.say("earlier"))}</a>')
    if number < count:
        links.append(f'<a rel="next" href="{page_name(number + 1)}">{escape(words.say("later"))}</a>')
    return f"<nav>{' '.join(links)}<span>{escape(words.say('page', number=number, count=count))}</span></nav>"


def page_name(number: int) -> str:
    """Of one of several, in the folder `pages/`."""
    return f"{number:05}.html"
