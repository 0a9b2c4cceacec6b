"""The web client as it is served: its pages, its files, and how long browsers may keep them."""

import json
import re

import pytest

from tests.people import People

PAGES = ["/", "/login", "/guest", "/rooms/7", "/secure", "/capabilities"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_of_the_client_is_asked_for_anew(people: People, path: str) -> None:
    answer = await people.newcomer().get(path)
    assert answer.status == 200
    assert '<div id="root">' in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_scripts_have_their_hash_in_their_name_and_are_kept(people: People) -> None:
    stranger = people.newcomer()
    script = re.search(r'href="(/assets/libraries[^"]+\.js)"', (await stranger.get("/")).text)
    assert script is not None
    for encoding in ("identity", "gzip", "br"):
        # Not decoded: what matters is what was sent.
        async with stranger.http.get(
            stranger.url + script[1], headers={"Accept-Encoding": encoding}, auto_decompress=False
        ) as answer:
            assert answer.status == 200
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert answer.headers.get("Content-Encoding", "identity") == encoding
            assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/nowhere", "/../pyproject.toml", "/%2e%2e/%2e%2e/pyproject.toml", "/assets"])
async def test_what_is_no_file_of_the_client_is_not_found(people: People, path: str) -> None:
    answer = await people.newcomer().get(path)
    assert answer.status == 404
    assert "[project]" not in answer.text


async def test_the_notifier_is_a_script_that_browsers_look_for_again(people: People) -> None:
    """A worker that browsers kept could never be replaced; one of another type they wouldn't run."""
    answer = await people.newcomer().get("/notifier.js")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    # Whoever listens for requests could keep answers, and show yesterday's client to today's server.
    assert "'fetch'" not in answer.text


async def test_who_installs_the_client_sees_whose_host_it_is(people: People) -> None:
    stranger = people.newcomer()
    host = (await stranger.get("/api/info")).expect(200)["name"]
    answer = await stranger.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert manifest["name"] == f"LanChat · {host}"
    (icon,) = manifest["icons"]
    assert (await stranger.get(icon["src"])).headers["Content-Type"].startswith("image/svg+xml")
    assert 'rel="manifest" href="/manifest.webmanifest"' in (await stranger.get(manifest["start_url"])).text
