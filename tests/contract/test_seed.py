"""A made-up school week says of itself what its searches find, so that the search can be held against it."""

import json
import subprocess
import sys
from pathlib import Path

from lanchat.seed import LABELS, PASSWORD, SEARCHES
from tests.index import indexed
from tests.people import Person, people_at
from tests.server import ROOT, LanChat


async def found(person: Person, query: str) -> list[list[int]]:
    hits: list[list[int]] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"q": query, "limit": "50", **({"cursor": cursor} if cursor else {})}
        page = (await person.get("/api/search/", params=params)).expect(200)
        hits += [[hit["message"]["room_id"], hit["message"]["seq"]] for hit in page["hits"]]
        cursor = page["next_cursor"]
    return hits


async def test_each_search_finds_what_its_label_says(tmp_path: Path):
    data = tmp_path / "data"
    sizes = ["--people", "3", "--messages", "9000", "--data-dir", str(data)]
    subprocess.run([sys.executable, "-m", "lanchat", "seed", *sizes], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: ASYNC221
    labels = json.loads((data / LABELS).read_text())
    assert [label["q"] for label in labels] == list(SEARCHES)
    with LanChat(data, "--limits", "off").start() as server:
        async with people_at(server.url) as people:
            pupil = people.newcomer()
            form = {"username": "pupil_001", "password": PASSWORD}
            pupil.token = (await pupil.post("/api/auth/login", data=form)).expect(200)["access_token"]
            await indexed(server)
            for label in labels:
                assert sorted(await found(pupil, label["q"])) == sorted(label["finds"]) != [], label["q"]
        server.end_well()
