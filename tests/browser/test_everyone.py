"""Every eye: systems that choose the colours themselves."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.browser.alone import Alone, alone_in, join_as_guest, newcomer

pytestmark = [pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    async with alone_in(tmp_path_factory.mktemp("everyone")) as alone:
        yield alone


async def test_forced_colours_show_the_open_room_and_the_edges(alone: Alone):
    async with alone.visit(newcomer("dan"), forced_colors="active") as dan:
        await join_as_guest(dan)
        outline = "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).outlineWidth"
        assert await dan.page.locator("[aria-current=page]").evaluate(outline) == "solid2px"
        await dan.page.get_by_role("button", name="New room").click()
        border = "element => getComputedStyle(element).borderTopWidth"
        assert await dan.page.get_by_role("dialog").evaluate(border) == "1px"
        assert await dan.page.get_by_role("button", name="Create").evaluate(border) == "1px"
