"""What people wrote, as HTML of an exported page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.exports.markdown import to_html
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
    assert 'rel="noopener noreferrer"' in html


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
