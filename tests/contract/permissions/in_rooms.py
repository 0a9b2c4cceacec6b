"""The acts in rooms, each with the rule of the contract: a new one gets a line here."""

from typing import Any

from tests.contract.permissions import rules
from tests.contract.permissions.acts import Act
from tests.contract.permissions.stage import LATER, SECRET, Scene

ROOM, MESSAGES = "/api/rooms/{room_id}", "/api/messages/{room_id}"
MESSAGE, PERSON = MESSAGES + "/{message_id}", ROOM + "/members/{user_id}"
another: dict[str, Any] = {"message_id": Scene.another_message}
own = {"message_id": Scene.own_message}
MUTE = {"muted_until": LATER}
HELLO = {"content": "hello"}

OF_ROOMS = [
    Act(f"GET {ROOM}", "see it", rules.seers),
    Act(f"PUT {ROOM}", "rename it", rules.managers_who_speak, {"name": Scene.new_name}),
    Act(f"PUT {ROOM}", "describe it", rules.managers_who_speak, {"description": Scene.new_name}),
    Act(f"PUT {ROOM}/picture", "show it by a picture", rules.managers_who_speak, sends_picture=True),
    Act(f"DELETE {ROOM}/picture", "show no picture", rules.managers_who_speak),
    Act(f"PUT {ROOM}", "say who posts", rules.managers, {"posting": "everyone"}),
    Act(f"PUT {ROOM}", "slow it down", rules.managers, {"slow_mode": 0}),
    Act(f"PUT {ROOM}", "hide what was before", rules.managers, {"history": "everyone"}),
    Act(
        f"PUT {ROOM}",
        "give it a password",
        rules.managers,
        {"is_private": True, "password": SECRET},
        is_for_good=True,
    ),
    Act(f"PUT {ROOM}", "open it to everybody", rules.managers, {"is_private": False}, is_for_good=True),
    Act(f"PUT {ROOM}", "archive it", rules.owners_and_outside, {"archived": True}, is_for_good=True),
    Act(
        f"PUT {ROOM}",
        "archive it and slow it down",
        rules.owners,
        {"archived": True, "slow_mode": 5},
        is_for_good=True,
    ),
    Act(f"DELETE {ROOM}", "delete it", rules.owners_and_outside, is_for_good=True),
    Act(
        f"POST {ROOM}/transfer",
        "hand it over",
        rules.owners_and_outside,
        {"user_id": Scene.the_member},
        is_for_good=True,
    ),
    Act(f"GET {ROOM}/log", "read its log", rules.managers),
    Act(f"PUT {ROOM}/notifications", "say of what to be told", rules.members, {"level": "all"}),
    Act(f"POST {ROOM}/unread", "mark unread", rules.members, {"seq": 1}),
    Act("DELETE /api/direct/{room_id}", "hide it from my list", rules.hiders),
]

OF_PEOPLE = [
    Act(f"GET {ROOM}/members", "list its members", rules.members),
    Act(f"POST {ROOM}/join", "join, with its password", rules.comers, {"password": SECRET}, is_for_good=True),
    Act(f"POST {ROOM}/join", "join, without its password", rules.comers_with_password, {}, is_for_good=True),
    Act(
        "join_room",
        "join, with its password",
        rules.comers,
        {"room_id": Scene.room, "password": SECRET},
        is_for_good=True,
    ),
    Act(f"POST {ROOM}/leave", "leave", rules.leavers, is_for_good=True),
    Act("leave_room", "leave", rules.leavers, {"room_id": Scene.room}, is_for_good=True),
    Act(f"PUT {PERSON}", "add somebody", rules.adders, targets={"user_id": Scene.newcomer}),
    Act(
        f"PUT {PERSON}",
        "add somebody who blocked one",
        rules.adders_unless_blocked,
        targets={"user_id": Scene.somebody_who_blocked},
    ),
    Act(
        f"PATCH {PERSON}",
        "make a moderator",
        rules.owners,
        {"role": "moderator"},
        targets={"user_id": Scene.plain_member},
    ),
    Act(f"PATCH {PERSON}", "mute a member", rules.managers, MUTE, targets={"user_id": Scene.plain_member}),
    Act(
        f"PATCH {PERSON}",
        "mute a moderator",
        rules.above_moderators,
        MUTE,
        targets={"user_id": Scene.another_moderator},
    ),
    Act(
        f"PATCH {PERSON}",
        "mute the owner",
        rules.above_owners,
        MUTE,
        targets={"user_id": Scene.the_owner},
        is_for_good=True,
    ),
    Act(f"DELETE {PERSON}", "remove a member", rules.managers, targets={"user_id": Scene.plain_member}),
    Act(f"DELETE {PERSON}", "remove a moderator", rules.above_moderators, targets={"user_id": Scene.another_moderator}),
    Act(
        f"DELETE {PERSON}",
        "remove the owner",
        rules.above_owners,
        targets={"user_id": Scene.the_owner},
        is_for_good=True,
    ),
    Act(f"GET {ROOM}/bans", "list who is banned", rules.managers),
    Act(f"PUT {ROOM}/bans/{{user_id}}", "ban a member", rules.managers, {}, targets={"user_id": Scene.plain_member}),
    Act(f"PUT {ROOM}/bans/{{user_id}}", "ban an outsider", rules.managers, {}, targets={"user_id": Scene.newcomer}),
    Act(
        f"PUT {ROOM}/bans/{{user_id}}",
        "ban the owner",
        rules.above_owners,
        {},
        targets={"user_id": Scene.the_owner},
        is_for_good=True,
    ),
    Act(f"DELETE {ROOM}/bans/{{user_id}}", "lift a ban", rules.managers, targets={"user_id": Scene.somebody_banned}),
    Act(f"GET {ROOM}/invites", "list links", rules.link_listers),
    Act(f"POST {ROOM}/invites", "make a link", rules.inviters, {}),
    Act(
        f"DELETE {ROOM}/invites/{{inviter_id}}",
        "end my link",
        rules.link_enders_of_own,
        targets={"inviter_id": Scene.myself},
    ),
    Act(
        f"DELETE {ROOM}/invites/{{inviter_id}}",
        "end another's link",
        rules.link_enders,
        targets={"inviter_id": Scene.inviter},
    ),
    Act(
        "POST /api/invites/redeem",
        "come in by a link",
        rules.invited,
        {"code": Scene.link},
        is_for_good=True,
        has_direct=False,
    ),
]

OF_MESSAGES = [
    Act(f"GET {MESSAGES}", "read it", rules.members),
    Act("sync", "catch up", rules.synced, {"rooms": {Scene.room: 0}}),
    Act("GET /api/search/", "search it", rules.members, query={"q": "hello", "room_id": Scene.room}),
    Act(f"POST {MESSAGES}", "speak", rules.speakers, HELLO),
    Act("POST /api/messages/", "speak", rules.speakers, {"room_id": Scene.room, **HELLO}),
    Act("send_message", "speak", rules.speakers, {"room_id": Scene.room, **HELLO}),
    Act(
        "send_message", "reply", rules.speakers, {"room_id": Scene.room, "reply_to_id": Scene.another_message, **HELLO}
    ),
    Act(
        "send_message",
        "pass on what was said in it",
        rules.readers,
        {"room_id": Scene.elsewhere, "forward": Scene.forward},
    ),
    Act(
        f"POST {MESSAGES}",
        "pass something on into it",
        rules.speakers,
        {"forward": Scene.forward_of_mine},
    ),
    Act("typing_start", "show that one types", rules.members, {"room_id": Scene.room}),
    Act("typing_stop", "show that one doesn't", rules.members, {"room_id": Scene.room}),
    Act("mark_read", "mark read", rules.members, {"room_id": Scene.room, "seq": 1}),
    Act("mark_delivered", "mark delivered", rules.members, {"room_id": Scene.room, "seq": 1}),
    Act(f"GET {ROOM}/export", "export it", rules.members, query={"format": "json"}),
    Act(f"POST {ROOM}/export", "export it", rules.members, {"format": "json"}),
    Act(f"GET {ROOM}/export/size", "see how large that is", rules.members),
    Act(f"GET {MESSAGE}", "read a message", rules.members, targets=another),
    Act(f"PATCH {MESSAGE}", "edit one's own", rules.authors, {"content": "edited"}, targets=own),
    Act(f"PATCH {MESSAGE}", "edit another's", rules.no_author, {"content": "edited"}, targets=another),
    Act(f"GET {MESSAGE}/edits", "read former versions of one's own", rules.authors_in, targets=own),
    Act(
        f"GET {MESSAGE}/edits",
        "read former versions of another's",
        rules.versions,
        targets={"message_id": Scene.edited_message},
    ),
    Act(f"DELETE {MESSAGE}", "recall one's own", rules.authors_in, targets=own),
    Act(f"DELETE {MESSAGE}", "recall another's", rules.managers_of_words, targets=another),
    Act(
        f"DELETE {MESSAGE}", "recall the owner's", rules.managers_of_words, targets={"message_id": Scene.owners_message}
    ),
    Act(f"GET {MESSAGE}/reactions", "see who reacted", rules.members, targets=another),
    Act(f"PUT {MESSAGE}/reactions/{{emoji}}", "react", rules.speakers, targets={"emoji": "👍", **another}),
    Act(
        f"DELETE {MESSAGE}/reactions/{{emoji}}",
        "take a reaction back",
        rules.speakers,
        targets={"emoji": "👍", **another},
    ),
    Act(f"PUT {MESSAGE}/pin", "pin", rules.pinners, targets=another),
    Act(f"DELETE {MESSAGE}/pin", "unpin", rules.pinners, targets=another),
    Act(f"GET {ROOM}/pins", "list pins", rules.members),
    Act("PUT /api/saved/{message_id}", "save a message", rules.readers, targets=another),
    Act(f"GET {MESSAGE}/thread", "read a thread", rules.members, targets=another),
    Act(f"GET {MESSAGE}/read-by", "see who read", rules.members, targets=another),
    Act(f"GET {MESSAGES}/{{seq}}/readers", "see who read", rules.members, targets={"seq": Scene.another_seq}),
    Act("GET /files/{name}", "fetch a file", rules.file_readers, targets={"name": Scene.file_name}),
    Act("GET /files/{name}/thumbnail", "fetch a file", rules.file_readers, targets={"name": Scene.file_name}),
]

REASON = {"reason": "spam", "with_context": False}
OF_REPORTS = [
    Act(f"POST {MESSAGE}/report", "report another's message", rules.members, REASON, targets=another),
    Act(f"POST {MESSAGE}/report", "report one's own", rules.nobody_reports_themselves, REASON, targets=own),
    Act(f"GET {ROOM}/reports", "list reports", rules.judges),
    *(
        Act(f"POST {ROOM}/reports/{{report_id}}", what, rule, {"action": action}, targets={"report_id": Scene.report})
        for action, what, rule in (
            ("dismiss", "dismiss a report", rules.judges),
            ("remove_message", "remove what was reported", rules.judges),
            ("ban", "ban whoever wrote it", rules.judges_who_ban),
        )
    ),
]

SECTIONS = {"Rooms": OF_ROOMS, "People": OF_PEOPLE, "Messages": OF_MESSAGES, "Reports": OF_REPORTS}
