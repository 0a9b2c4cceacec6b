"""What every answer tells a browser: to guess nothing, to run nothing of others, and to let nobody frame us."""

import re

import pytest

from tests.people import People

EVERYTHING = ["/", "/rooms/7", "/nowhere", "/docs", "/openapi.json", "/health", "/api/info", "/api/nothing", "/files/0"]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize("path", EVERYTHING)
async def test_every_answer_is_closed_to_other_pages(people: People, path: str) -> None:
    headers = (await people.newcomer().get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    allowed = directives(headers["Content-Security-Policy"])
    assert allowed["default-src"] == allowed["script-src"] == allowed["form-action"] == ["'self'"]
    assert allowed["object-src"] == allowed["base-uri"] == allowed["frame-ancestors"] == ["'none'"]
    for kind in ("style-src", "img-src", "media-src", "worker-src"):
        assert not [source for source in allowed[kind] if "*" in source or source.startswith("http")], kind


LOOKS_ELSEWHERE = ["'self'", "http:", "https:", "ws:"]


@pytest.mark.parametrize("path", [*EVERYTHING, "/redoc", "/theme.js", "/manifest.webmanifest"])
async def test_only_the_page_that_looks_for_its_host_may_ask_elsewhere(people: People, path: str) -> None:
    headers = (await people.newcomer().get(path)).headers
    is_the_page = path in {"/", "/rooms/7", "/nowhere"}
    wanted = LOOKS_ELSEWHERE if is_the_page else ["'self'"]
    assert directives(headers["Content-Security-Policy"])["connect-src"] == wanted


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc"])
async def test_no_page_has_a_script_within_it(people: People, path: str) -> None:
    """The policy would stop it; and none of ours is to need an exception."""
    page = (await people.newcomer().get(path)).text
    scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert scripts
    assert all("src=" in attributes and not content.strip() for attributes, content in scripts)
    assert not re.search(r"\son[a-z]+=", page)


async def test_answers_of_the_api_are_kept_by_nobody(people: People) -> None:
    ann = await people.one("ann")
    for path in ("/api/auth/me", "/api/rooms/", "/api/nothing"):
        assert (await ann.get(path)).headers["Cache-Control"] == "no-store"
