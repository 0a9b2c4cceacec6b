"""The figures at `/metrics`, who may see them, and the id that every answer and log line carries."""

import asyncio
import json
import re
from collections.abc import Callable

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from lanchat.admin.people import set_administrator
from lanchat.core.base.metrics import Histogram, LastMinute, Metrics
from lanchat.core.storage.database import write_once
from tests.files import fetch, upload
from tests.people import PATIENCE, People, Person
from tests.server import LanChat
from tests.unit.files import samples


async def figures(server: LanChat) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    async with aiohttp.ClientSession() as http, http.get(f"{server.url}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        families = list(text_string_to_metric_families(await answer.text()))
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


async def growth(server: LanChat, before: dict[tuple[str, ...], float]) -> Callable[..., float]:
    after = await figures(server)
    return lambda *key: after.get(key, 0) - before.get(key, 0)


async def test_what_happens_is_counted(server: LanChat, people: People) -> None:
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    before = await figures(server)

    ears = [await ann.connect(), await ann.connect(), await bob.connect()]
    for number in range(3):
        await ann.say(room, f"message {number}")
    (await upload(ann, b"x" * 1000)).expect(201)
    (await upload(ann, b"")).expect(400)
    (await upload(ann, samples.png() + bytes(11 << 20))).expect(413)
    photo = (await upload(ann, samples.jpeg(size=(1600, 1200)))).expect(201)
    (await fetch(ann, photo["thumbnail_path"]))
    assert (await bob.get(f"/api/messages/{room['id']}")).status == 403
    refused = await ears[2].call("send_message", {"room_id": room["id"], "content": "not a member"})
    assert refused["error"]["code"] == "not_a_member"

    grown = await growth(server, before)
    assert grown("lanchat_messages_total") == 3
    assert grown("lanchat_messages_per_minute") <= 3
    assert grown("lanchat_connections") == 3
    assert grown("lanchat_active_users") == 2
    assert grown("lanchat_uploads_total") == 2
    assert grown("lanchat_upload_bytes_total") == 1000 + photo["file_size"]
    assert grown("lanchat_uploads_refused_total") == 2
    assert grown("lanchat_thumbnails_total") == 1
    assert grown("lanchat_requests_total", "file", "GET", "200") == 1
    assert grown("lanchat_requests_total", "api", "POST", "201") == 3
    assert grown("lanchat_requests_total", "upload", "POST", "201") == 2
    assert grown("lanchat_requests_total", "api", "GET", "403") == 1
    assert grown("lanchat_event_errors_total", "not_a_member") == 1
    assert grown("lanchat_delivery_seconds_count") == 3
    assert grown("lanchat_delivery_seconds_bucket", "+Inf") == 3
    assert grown("lanchat_request_seconds_count", "api") == 4
    for name in ("writer_queue", "dropped_readers_total", "queued_bytes"):
        assert (f"lanchat_{name}",) in before


async def test_only_this_computer_and_administrators_see_the_figures(server: LanChat, people: People) -> None:
    ann, nobody = await people.one("ann"), people.newcomer()
    behind = {"X-Forwarded-For": "192.168.1.9"}  # a proxy at the host asks for others
    assert (await nobody.get("/metrics", headers=behind)).status == 401
    assert (await ann.get("/metrics", headers=behind)).expect(403)["error"]["code"] == "forbidden"
    await asyncio.to_thread(write_once, server.database, set_administrator, ann.name, True)
    answer = await ann.get("/metrics", headers=behind)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "lanchat_messages_total" in answer.text
    await asyncio.to_thread(write_once, server.database, set_administrator, ann.name, False)
    assert (await ann.get("/metrics", headers=behind)).status == 403


async def until_logged(server: LanChat, *ids: str) -> None:
    """A request's line follows its answer."""
    async with asyncio.timeout(PATIENCE):
        while not all(request_id in server.log for request_id in ids):  # noqa: ASYNC110, a file tells nobody
            await asyncio.sleep(0.01)


async def request_id_of(person: Person, path: str) -> str:
    found = (await person.get(path)).headers.getall("X-Request-Id")
    assert len(found) == 1
    return found[0]


async def test_every_answer_names_its_line_in_the_log(server: LanChat, people: People) -> None:
    ann = await people.one("ann")
    paths = ["/api/info", "/api/nothing", "/", "/health"]
    ids = [await request_id_of(ann, path) for path in paths]
    assert len(set(ids)) == len(ids)
    await until_logged(server, *ids)
    lines = {line.get("request_id"): line for line in map(json.loads, server.log.splitlines())}
    for request_id, path in zip(ids, paths, strict=True):
        assert re.fullmatch("[0-9a-f]{12}", request_id)
        assert lines[request_id]["path"] == path
        assert lines[request_id]["client"] == ann.address
        assert lines[request_id]["level"] == "info"


async def test_a_refusal_at_the_gate_has_its_id_too(server: LanChat, people: People) -> None:
    answer = await people.newcomer().get("/api/info", headers={"Host": "evil.example"})
    assert answer.status == 421
    await until_logged(server, answer.headers["X-Request-Id"])


async def test_a_client_cannot_choose_the_id(people: People) -> None:
    answer = await people.newcomer().get("/api/info", headers={"X-Request-Id": "forged"})
    assert answer.headers["X-Request-Id"] != "forged"


async def test_queries_and_tokens_stay_out_of_the_log(server: LanChat, people: People) -> None:
    ann = await people.one("ann")
    await ann.get("/api/rooms/", params={"token": "s3cr3t_in_the_query"})
    await ann.post("/api/auth/login", data={"username": ann.name, "password": "s3cr3t_password"})
    await ann.say(await ann.make_room(), "s3cr3t_words")
    await until_logged(server, await request_id_of(ann, "/api/info"))
    log = server.log
    assert ann.token not in log
    assert "s3cr3t" not in log


def test_a_minute_later_its_messages_are_no_more_of_the_last_one(monkeypatch) -> None:
    now = 1000.0
    monkeypatch.setattr("lanchat.core.base.metrics.time.monotonic", lambda: now)
    recent = LastMinute()
    for _ in range(5):
        recent.count()
    now += 59
    recent.count()
    assert recent.total() == 6
    now += 2
    assert recent.total() == 1


def test_a_histogram_counts_each_value_once() -> None:
    metrics, histogram = Metrics(), Histogram()
    for seconds in (0.0001, 0.001, 0.3, 99.0):
        histogram.observe(seconds)
    metrics.durations["api"] = histogram
    text = metrics.text().decode()
    assert 'lanchat_request_seconds_bucket{kind="api",le="0.001"} 2.0' in text
    assert 'lanchat_request_seconds_bucket{kind="api",le="0.5"} 3.0' in text
    assert 'lanchat_request_seconds_bucket{kind="api",le="+Inf"} 4.0' in text


async def test_a_method_made_up_is_no_figure_of_its_own(server: LanChat, people: People) -> None:
    person = people.newcomer()
    await person.request("X" * 50, "/api/info")
    assert not [key for key in await figures(server) if "X" * 50 in key]


def test_made_up_methods_are_one_figure() -> None:
    metrics = Metrics()
    for number in range(100):
        metrics.count_request("/x", f"X{number}", 405, 0.001)
    assert [key for key in metrics.requests if key[0] == "page"] == [("page", "other", "405")]
