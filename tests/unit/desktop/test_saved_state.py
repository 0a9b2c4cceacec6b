"""What the window remembers, and that a file of nonsense does no harm."""

import stat
from pathlib import Path

import pytest

from lanchat.desktop.saved_state import FILE, Memory, Place


def test_what_is_kept_is_there_at_the_next_launch(tmp_path: Path) -> None:
    place = Place.model_validate({"width": 900, "height": 700, "x": 5, "y": 6, "zoom": 1.25})
    Memory(tmp_path).keep(choice="join", joined="http://192.168.1.5:8000", place=place)
    now = Memory(tmp_path).now
    assert (now.choice, now.joined, now.place) == ("join", "http://192.168.1.5:8000", place)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"[]", b'{"choice": "x"}', b'{"place": {"width": 0}}', b"\xff"])
def test_a_file_of_nonsense_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert Memory(tmp_path).now.choice is None
