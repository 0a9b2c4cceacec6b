"""Reporting messages, and what becomes of it: who may, who is told, and what is kept."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.contract.test_albums import uploaded
from tests.people import Ear, Payload, People, Person
from tests.server import LanChat

SPAM = {"reason": "spam", "words": "look at this", "with_context": True}


class Scene:
    """A room of ann's, who keeps order in it; eve said something that bob reports."""

    def __init__(self, ann: Person, bob: Person, eve: Person, carl: Person) -> None:
        self.ann, self.bob, self.eve, self.carl = ann, bob, eve, carl
        self.room: Payload = {}
        self.message: Payload = {}

    async def set(self) -> None:
        self.room = await self.ann.make_room()
        for each in (self.bob, self.eve):
            await each.join(self.room)
        for number in range(7):
            await self.ann.say(self.room, f"before {number}")
        self.message = await self.eve.say(self.room, "buy gold")

    @property
    def path(self) -> str:
        return f"/api/messages/{self.room['id']}/{self.message['id']}/report"

    async def report(self, who: Person, status: int = 201, **change: object) -> Payload:
        return (await who.post(self.path, SPAM | change)).expect(status)

    async def queue(self, who: Person) -> list[Any]:
        return (await who.get(f"/api/rooms/{self.room['id']}/reports")).expect(200)["reports"]

    async def decide(self, who: Person, report_id: int, action: str) -> Any:
        return await who.post(f"/api/rooms/{self.room['id']}/reports/{report_id}", {"action": action})


@pytest.fixture
async def scene(people: People) -> Scene:
    scene = Scene(*await people("ann", "bob", "eve", "carl"))
    await scene.set()
    return scene


async def test_a_report_goes_to_those_who_keep_order_with_what_was_said_before_it(scene: Scene):
    managers, others = await scene.ann.connect(), [await each.connect() for each in (scene.bob, scene.eve)]
    made = await scene.report(scene.bob)
    assert (made["decision"], await managers.hears("report_made")) == (
        None,
        {"room_id": scene.room["id"], "report_id": made["id"]},
    )
    assert await scene.report(scene.bob, 200, reason="other") == made, "once a person"
    (report,) = await scene.queue(scene.ann)
    assert (report["id"], report["reason"], report["words"], report["count"]) == (made["id"], "spam", "look at this", 1)
    assert [each["content"] for each in report["copy"]] == [*(f"before {number}" for number in range(2, 7)), "buy gold"]
    assert report["message"]["id"] == scene.message["id"]
    for ear in others:
        await ear.catch_up()
        assert not ear.all("report_made")


async def test_without_the_talk_before_it_only_the_message_is_copied_and_outlasts_a_recall(scene: Scene):
    await scene.report(scene.bob, with_context=False, words=None)
    (await scene.eve.delete(f"/api/messages/{scene.room['id']}/{scene.message['id']}")).expect(200)
    (report,) = await scene.queue(scene.ann)
    assert [each["content"] for each in report["copy"]] == ["buy gold"]
    assert (report["message"]["is_deleted"], report["words"]) == (True, None)


async def test_all_files_of_a_message_are_named_in_its_copy_and_outlast_it(scene: Scene):
    files = {"file_paths": await uploaded(scene.eve, "gold.png", "terms.txt")}
    scene.message = await scene.eve.say(scene.room, "buy now", **files)
    await scene.report(scene.bob)
    (await scene.eve.delete(f"/api/messages/{scene.room['id']}/{scene.message['id']}")).expect(200)
    (report,) = await scene.queue(scene.ann)
    before, copied = report["copy"][-2:]
    assert (before["content"], before["filename"], before["filenames"]) == ("buy gold", None, [])
    assert (copied["content"], copied["filename"]) == ("buy now", "gold.png")
    assert copied["filenames"] == ["gold.png", "terms.txt"]


@pytest.mark.parametrize("action", ["dismiss", "remove_message", "ban"])
async def test_a_decision_closes_all_reports_of_a_message_and_is_told_to_who_made_them(
    scene: Scene, server: LanChat, action: str
):
    await scene.carl.join(scene.room)
    ears: list[Ear] = [await each.connect() for each in (scene.bob, scene.carl)]
    made = [await scene.report(each) for each in (scene.bob, scene.carl)]
    manager = await scene.ann.connect()
    (report,) = await scene.queue(scene.ann)
    assert (report["count"], report["others"]) == (2, ["look at this"])
    (await scene.decide(scene.ann, made[1]["id"], action)).expect(200)
    for ear, mine in zip(ears, made, strict=True):
        told = await ear.hears("report_decided")
        assert told == {"report_id": mine["id"], "room_id": scene.room["id"], "decision": action}
        assert not ear.all("report_closed")
    assert (await manager.hears("report_closed"))["report_id"] in {each["id"] for each in made}
    assert await scene.queue(scene.ann) == []
    for mine in made:
        late = await scene.decide(scene.ann, mine["id"], "dismiss")
        assert (late.status, late.code) == (409, "report_closed")
    assert (await scene.report(scene.bob, 409 if action == "remove_message" else 200)) is not None

    (message,) = [each for each in await scene.ann.timeline(scene.room) if each["id"] == scene.message["id"]]
    assert message["deleted_by"] == ("moderator" if action == "remove_message" else None)
    joining = await scene.eve.post(f"/api/rooms/{scene.room['id']}/join", {})
    assert joining.status == (403 if action == "ban" else 200)
    log = (await scene.ann.get(f"/api/rooms/{scene.room['id']}/log")).expect(200)["entries"]
    expected = {"dismiss": "report_dismissed", "remove_message": "message_removed", "ban": "banned"}[action]
    assert expected in [entry["action"] for entry in log]
    with closing(sqlite3.connect(server.data_dir / "lanchat.db")) as data:
        copies = data.execute("SELECT copy FROM report WHERE message_id = ?", (scene.message["id"],)).fetchall()
    assert copies == [(None,), (None,)]


async def test_only_members_report_and_not_themselves_nor_what_the_host_says(scene: Scene):
    assert (await scene.carl.post(scene.path, SPAM)).code == "not_a_member"
    assert (await scene.eve.post(scene.path, SPAM)).code == "cannot_report_self"
    await scene.bob.leave(scene.room["id"])
    assert (await scene.bob.post(scene.path, SPAM)).code == "not_a_member"
    other = await scene.carl.make_room()
    elsewhere = f"/api/messages/{other['id']}/{scene.message['id']}/report"
    assert (await scene.carl.post(elsewhere, SPAM)).code == "message_not_found"
    line = next(each for each in await scene.ann.timeline(scene.room) if each["message_type"] == "system")
    about_line = f"/api/messages/{scene.room['id']}/{line['id']}/report"
    assert (await scene.ann.post(about_line, SPAM)).code == "system_message"
    for body in ({"reason": "spam"}, SPAM | {"reason": "ugly"}, SPAM | {"words": "x" * 1001}):
        assert (await scene.ann.post(scene.path, body)).code == "invalid_input"


async def test_nobody_else_sees_reports_and_nobody_decides_about_themselves(scene: Scene):
    made = await scene.report(scene.bob)
    room, path = scene.room["id"], f"/api/rooms/{scene.room['id']}/reports"
    for who, code in ((scene.bob, "forbidden"), (scene.eve, "forbidden"), (scene.carl, "not_a_member")):
        assert (await who.get(path)).code == code
        assert (await scene.decide(who, made["id"], "dismiss")).code == code
        assert (await who.get("/api/admin/reports")).code == "forbidden"
    role = {"role": "moderator"}
    (await scene.ann.patch(f"/api/rooms/{room}/members/{scene.eve.id}", role)).expect(200)
    assert await scene.queue(scene.eve) == []
    assert (await scene.decide(scene.eve, made["id"], "dismiss")).code == "report_not_found"
    other = await scene.ann.make_room()
    elsewhere = await scene.ann.post(f"/api/rooms/{other['id']}/reports/{made['id']}", {"action": "dismiss"})
    assert elsewhere.code == "report_not_found"
    assert len(await scene.queue(scene.ann)) == 1


async def test_reports_are_bounded_by_the_hour(people: People):
    ann, bob = await people("ann", "bob")
    room = await ann.make_room()
    await bob.join(room)
    answers = []
    for number in range(21):
        said = await ann.say(room, str(number))
        answers.append(await bob.post(f"/api/messages/{room['id']}/{said['id']}/report", SPAM))
    assert [each.status for each in answers] == [201] * 20 + [429]
