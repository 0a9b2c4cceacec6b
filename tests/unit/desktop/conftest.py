"""Fixtures of the desktop's unit tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.desktop.scene import Scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    await scene.desk.close()
