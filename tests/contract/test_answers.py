"""What acknowledgements carry: exactly what the contract says, for every event that a client sends."""

from typing import Any

from lanchat.features import FEATURES
from tests.people import People


async def test_every_acknowledgement_is_what_the_contract_says(people: People):
    ann = await people.one("ann")
    room = await ann.make_room()
    ear = await ann.connect()
    here = {"room_id": room["id"]}
    sent: dict[str, dict[str, Any]] = {
        "join_room": here,
        "send_message": {**here, "content": "hi 你好"},
        "mark_read": {**here, "seq": 1},
        "mark_delivered": {**here, "seq": 1},
        "sync": {"rooms": {str(room["id"]): 0}},
        "typing_start": here,
        "typing_stop": here,
        "leave_room": here,
    }
    events = {event.name: event for slice_ in FEATURES.events for event in slice_.all}
    assert set(sent) == set(events)
    for name, payload in sent.items():
        ack = await ear.call(name, payload)
        assert ack.pop("ok") is True
        answers = events[name].answers
        assert ack == ({} if answers is None else answers.model_validate(ack).model_dump(mode="json")), name
