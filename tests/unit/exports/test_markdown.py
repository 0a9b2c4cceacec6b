"""What people wrote, as HTML of an exported page."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.exports.markdown import to_html, to_words
from lanchat.exports.record import path_in_archive

OURS = "p strong em s code pre a ul ol li br hr blockquote table thead tbody tr th td h1 h2 h3 h4 h5 h6"
SIGNS = st.text(alphabet=st.sampled_from("<>&\"'[]()*_`~#|\\!:/.@- \nab中")) | st.text()


def words_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


@given(SIGNS)
def test_no_text_makes_an_element_that_is_not_ours(text: str):
    html = to_html(text)
    names = set(re.findall(r"<(?!/)([a-z0-9]+)", html))
    ours = {*OURS.split()}
    assert names <= ours
    assert not re.search(r"<[^>]*\son\w+=", html)
    assert not re.search(r'href="(javascript|data|vbscript|file):', html, re.IGNORECASE)


@pytest.mark.parametrize("text", ["a < b & c", "C:\\temp\\*.txt", "¯\\_(ツ)_/¯", "[a]: b", "&copy;", "===", "[" * 9000])
def test_no_sign_is_lost(text: str):
    html = words_of(to_html(text)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert html.strip() == text


def test_form_is_kept():
    html = to_html("**bold** and `code`\nnext https://example.org/a?b=1&c=2")
    for part in ("<strong>bold</strong>", "<code>code</code>", "<br", 'href="https://example.org/a?b=1&amp;c=2"'):
        assert part in html
    assert "<td>1</td>" in to_html("| a |\n|---|\n| 1 |")
    assert "<s>gone</s>" in to_html("~~gone~~")
    assert 'rel="noopener noreferrer"' in html


def table(columns: int, rows: int, row: str = "") -> str:
    return "\n".join(["|a" * columns, "|-" * columns, *[row or "|1" * columns] * rows])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (table(30, 60), 1),
        (table(2, 100), 1),
        (table(31, 1), 0),
        (table(2, 101), 0),
        (table(900, 900, "x"), 0),
        ("|a|b|\n|-|-|\n|1|2|3|", 0),
        ("\n\n".join([table(20, 18)] * 9), 5),
    ],
)
def test_tables_are_as_large_as_somebody_looks_at(text: str, count: int):
    html = to_html(text)
    assert html.count("<table>") == count
    assert len(re.findall("<t[dh]", html)) <= 2000
    assert count > 0 or words_of(html).strip() == text


def test_what_is_to_do_has_a_box():
    html = words_of(to_html("- [ ] milk\n- [x] **tea**\n\n[ ] no list"))
    assert html.split("\n")[1:3] == ["☐ milk", "☑ tea"]
    assert "[ ] no list" in html


@pytest.mark.parametrize(
    ("filename", "ends"),
    [
        ("../../etc/passwd", "-_._etc_passwd"),
        ("CON", "-CON"),
        ("a.HTML", "-a.HTML.txt"),
        ("x.svg", "-x.svg.txt"),
        ("trailing. ", "-trailing"),
        ("文件.pdf", "-文件.pdf"),
        ("n" * 300 + ".jpeg", "n.jpeg"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(filename: str, ends: str):
    path = path_in_archive({"filename": filename, "file_path": "/files/0123456789abcdef0123456789abcdef"})
    assert path.startswith("files/0123456789ab-")
    assert path.endswith(ends)
    assert path.count("/") == 1
    assert len(path) < 120


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4=24",
        "2**10**2 and x = a*b*c",
        "edit __init__.py now",
        '__name__ == "__main__"',
        "snake_case_name and _private",
        "*.txt *.md",
        "ls *.c && rm *.o",
        "¯\\_(ツ)_/¯ ok.",
    ],
)
def test_formulas_and_names_lose_no_sign(text: str):
    assert unescape(to_html(text)).strip() == f"<p>{text}</p>"
    assert to_words(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**你好。**世界", "<strong>你好。</strong>世界"),
        ("中文**“强调”**文字", "中文<strong>“强调”</strong>文字"),
        ("他说：**“好！”**然后走了", "他说：<strong>“好！”</strong>然后走了"),
        ("한국어**강조**입니다", "한국어<strong>강조</strong>입니다"),
        (
            "**bold** *light* __both of us__ _ways_",
            "<strong>bold</strong> <em>light</em> <strong>both of us</strong> <em>ways</em>",
        ),
    ],
)
def test_emphasis_is_that_of_the_client(text: str, wanted: str):
    assert to_html(text) == f"<p>{wanted}</p>\n"


def test_a_quote_has_the_words_in_one_line():
    text = "**Tomorrow** at _nine_: `x y`, see [the plan](https://e.org/a)\n\n- chairs\n- tables\n\n```py\ncode\n```"
    assert to_words(text) == "Tomorrow at nine: x y, see the plan chairs tables code"
    assert to_words("**") == "**"


@pytest.mark.parametrize(
    "text",
    [
        "```sql select everything from me\nSELECT\n```",
        "hello\n\n" + "> " * 25 + "secret",
        "".join("  " * depth + f"- x{depth}\n" for depth in range(14)),
        "# \n\ntext",
        "> \n\ntext",
    ],
)
def test_what_would_lose_words_stays_as_it_was_typed(text: str):
    """As in the client: an export is all that is left of them."""
    assert to_html(text) == f'<p class="typed">{escape(text)}</p>'
    assert to_words(text) == " ".join(text.split())


def test_a_list_is_numbered_as_it_was_written():
    assert re.findall('<li value="([0-9]+)">', to_html("3. a\n3. b\n7. c")) == ["3", "3", "7"]


def test_a_long_line_of_dashes_is_looked_at_once():
    """A pattern that tries where its dash may stand takes an hour for this, and took a quarter of a second before."""
    text = f"a\n{'-' * 1_000_000}x"
    assert to_html(text).endswith("-x</p>\n")
