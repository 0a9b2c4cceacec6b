"""What the window remembers, and that a file of nonsense does no harm."""

import json
import stat
from pathlib import Path

import pytest

from lanchat.desktop.saved_state import FILE, Memory, WindowState


def test_what_is_kept_is_there_at_the_next_launch(tmp_path: Path) -> None:
    window = WindowState.model_validate({"width": 900, "height": 700, "x": 5, "y": 6, "zoom": 1.25})
    Memory(tmp_path).keep(choice="join", joined="http://192.168.1.5:8000", window=window)
    now = Memory(tmp_path).now
    assert (now.choice, now.joined, now.window) == ("join", "http://192.168.1.5:8000", window)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_the_window_is_kept_under_the_name_that_it_always_had(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"place": {"width": 900}}')
    assert Memory(tmp_path).now.window.width == 900
    Memory(tmp_path).keep(window=WindowState.model_validate({"width": 800}))
    assert json.loads((tmp_path / FILE).read_bytes())["place"]["width"] == 800


@pytest.mark.parametrize("content", [b"", b"[]", b'{"choice": "x"}', b'{"place": {"width": 0}}', b"\xff"])
def test_a_file_of_nonsense_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert Memory(tmp_path).now.choice is None
