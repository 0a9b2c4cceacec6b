import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanchat.files.names import display_name, guess_type


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("年度报告.docx", "年度报告.docx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\fakepath\holiday.jpg", "holiday.jpg"),
        ("a\r\nSet-Cookie: b\0.txt", "aSet-Cookie: b.txt"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png"),
        ("  spaced .txt ", "spaced .txt"),
        ("photo.jpg" + " " * 100 + ".exe", "photo.jpg .exe"),
        ("photo.jpg" + "\u2800\u3000\u00a0" * 30 + ".exe", "photo.jpg .exe"),
        ("invoice.pdf\u200b.exe", "invoice.pdf.exe"),
        ("invoice.pdf\u3164\ufe0f.exe", "invoice.pdf.exe"),
        ("❤\ufe0f.png", "❤\ufe0f.png"),
        ("", "file"),
        ("..", "file"),
        ("folder/", "file"),
    ],
)
def test_a_name_shows_what_it_is(claimed: str, shown: str):
    assert display_name(claimed) == shown


def test_a_long_name_keeps_its_extension_and_whole_characters():
    name = display_name("名" * 200 + ".tar")
    assert name == "名" * 83 + ".tar"
    assert len(name.encode()) <= 255


def test_a_long_name_without_an_extension_is_cut():
    assert display_name("." + "x" * 300) == "." + "x" * 254


def test_a_name_of_a_megabyte_is_not_read_to_its_end():
    assert display_name("a\u0301\u0323" * 300_000 + ".zip").endswith(".zip")


@given(st.text())
def test_no_name_is_too_long_empty_or_a_path(claimed: str):
    name = display_name(claimed)
    assert 1 <= len(name.encode()) <= 255
    assert not set(name) & set("/\\\0\r\n\u202e")
    assert name not in {".", ".."}
    assert display_name(name) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("notes.txt", "text/plain"),
        ("REPORT.PDF", "application/pdf"),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("backup.tar.gz", "application/gzip"),
        ("LICENSE", "application/octet-stream"),
        ("data:text/html,x", "application/octet-stream"),
    ],
)
def test_the_type_follows_from_the_name(name: str, expected: str):
    assert guess_type(name) == expected
