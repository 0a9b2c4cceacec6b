"""One window for each data folder, and a bell that only the same user can ring."""

import stat
from pathlib import Path

import pytest

from lanchat.desktop import single_instance
from lanchat.desktop.single_instance import Bell, claim, hang_bell, ring


def test_one_launch_has_the_window_until_it_ends(tmp_path: Path) -> None:
    with claim(tmp_path) as first, claim(tmp_path) as second:
        assert (first, second) == (True, False)
    with claim(tmp_path) as later:
        assert later


def test_data_folders_have_windows_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with claim(tmp_path) as first, claim(tmp_path / "other") as second:
        assert (first, second) == (True, True)


def test_only_our_own_user_can_read_the_token_and_it_goes_with_the_window(tmp_path: Path) -> None:
    with claim(tmp_path):
        hang_bell(tmp_path, Bell(port=1, token="secret"))
        assert stat.S_IMODE((tmp_path / single_instance.BELL).stat().st_mode) == 0o600
    assert not (tmp_path / single_instance.BELL).exists()


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"port": 1, "token": "x"}', b'{"port": 0, "token": "x"}'])
def test_a_first_launch_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.setattr(single_instance, "FIRST_TIME", 0.2)
    if content is not None:
        (tmp_path / single_instance.BELL).write_bytes(content)
    assert not ring(tmp_path)
