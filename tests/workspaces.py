"""Small workspaces of Slack and Mattermost, in all the shapes that their exports have, and bringing them in."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.server import ROOT

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
START = 1_700_000_000  # s: 2023-11-14


def picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (32, 24), "teal").save(target, "PNG")
    return target.getvalue()


def packed(path: Path, entries: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return path


def ts(second: int, part: int = 100) -> str:
    return f"{START + second}.{part:06}"


SLACK_USERS = [
    {
        "id": "U1",
        "team_id": "T1",
        "name": "anna",
        "deleted": False,
        "is_bot": False,
        "profile": {"real_name": "Anna Beispiel", "display_name": "Anna B", "email": "anna@example.org"},
    },
    {
        "id": "U2",
        "team_id": "T1",
        "name": "ben.o'neil",
        "deleted": False,
        "profile": {"real_name": "Ben O'Neil", "display_name": ""},
    },
    {"id": "U3", "team_id": "T1", "name": "gone", "deleted": True, "profile": {"real_name": "Somebody Gone"}},
    {"id": "U4", "team_id": "T1", "name": "小明", "profile": {"real_name": "王小明", "display_name": "小明"}},
    {"id": "B9U", "team_id": "T1", "name": "deploybot", "is_bot": True, "profile": {"real_name": "Deploy"}},
]
SLACK_CHANNELS = [
    {
        "id": "C1",
        "name": "general",
        "created": START,
        "creator": "U1",
        "is_archived": False,
        "is_general": True,
        "members": ["U1", "U2", "U3", "U4"],
        "topic": {"value": "Topic"},
        "purpose": {"value": "For <all>"},
        "pins": [{"id": ts(10), "type": "C", "created": START + 11, "user": "U1", "owner": "U1"}],
    },
    {"id": "C2", "name": "old", "created": START, "creator": "U3", "is_archived": True, "members": ["U1"]},
]
SLACK_DAY_1 = [
    {"type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined the channel", "ts": ts(1)},
    {
        "type": "message",
        "user": "U1",
        "ts": ts(10),
        "thread_ts": ts(10),
        "reply_count": 1,
        "text": "*Hello* <@U2> &amp; <!here>, see <https://example.org/a?b=1|the plan> :tada: ~old~ _new_",
        "edited": {"user": "U1", "ts": ts(12)},
        "reactions": [
            {"name": "+1::skin-tone-3", "users": ["U2", "U3"], "count": 2},
            {"name": "party-parrot", "users": ["U2"], "count": 1},
        ],
    },
    {"type": "message", "user": "U2", "ts": ts(20), "text": "between", "thread_ts": None},
    {"type": "message", "user": "U2", "ts": ts(30), "thread_ts": ts(10), "parent_user_id": "U1", "text": "a reply"},
    {
        "type": "message",
        "subtype": "bot_message",
        "bot_id": "BX",
        "username": "CI",
        "ts": ts(40),
        "text": "",
        "attachments": [{"title": "Build 7", "text": "passed in <#C2|old>", "fallback": "Build 7"}],
    },
    {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "ts": ts(50)},
    {"type": "message", "user": "U3", "ts": ts(60), "text": "```\ncode *stays* <@U1>\n```"},
]
SLACK_DAY_2 = [
    {
        "type": "message",
        "subtype": "thread_broadcast",
        "user": "U1",
        "ts": ts(90_000),
        "thread_ts": ts(10),
        "text": "late",
    },
    {
        "type": "message",
        "user": "U4",
        "ts": ts(90_010),
        "text": "看图",
        "files": [
            {
                "id": "F1",
                "name": "plan.png",
                "mimetype": "image/png",
                "url_private": "https://files.slack.com/F1/plan.png",
            },
            {"id": "F2", "name": "only linked.pdf", "url_private": "https://files.slack.com/F2/x.pdf"},
            {"id": "F3", "mode": "tombstone"},
            {"id": "F4", "name": "plan 2.png", "url_private": "https://files.slack.com/F4/plan2.png"},
        ],
    },
    {
        "type": "message",
        "user": "W77",
        "user_profile": {"display_name": "Guest of another"},
        "ts": ts(90_020),
        "text": "hi",
    },
    {"type": "message", "subtype": "me_message", "user": "U1", "ts": ts(90_030), "text": "waves"},
]


def slack(path: Path, **more: Any) -> Path:
    return packed(
        path,
        {
            "users.json": SLACK_USERS,
            "channels.json": SLACK_CHANNELS,
            "groups.json": [{"id": "G1", "name": "secret", "created": START, "creator": "U2", "members": ["U1", "U2"]}],
            "dms.json": [{"id": "D1", "created": START, "members": ["U1", "U2"]}],
            "mpims.json": [
                {"id": "M1", "name": "mpdm-anna--ben--ming-1", "created": START, "members": ["U1", "U2", "U4"]}
            ],
            "integration_logs.json": [],
            "general/2023-11-14.json": SLACK_DAY_1,
            "general/2023-11-15.json": SLACK_DAY_2,
            "general/attachments/F1-plan.png": picture(),
            "general/attachments/F4-plan 2.png": picture(),
            "old/2023-11-14.json": [{"type": "message", "user": "U1", "ts": ts(5), "text": "long ago"}],
            "secret/2023-11-14.json": [{"type": "message", "user": "U2", "ts": ts(6), "text": "hush"}],
            "D1/2023-11-14.json": [{"type": "message", "user": "U1", "ts": ts(7), "text": "just us"}],
            "mpdm-anna--ben--ming-1/2023-11-14.json": [{"type": "message", "user": "U4", "ts": ts(8), "text": "three"}],
            **more,
        },
    )


def ms(second: int) -> int:
    return (START + second) * 1000


def _user(name: str, *channels: str, **more: Any) -> dict[str, Any]:
    teams = [{"name": "school", "roles": "team_user", "channels": [{"name": each, "roles": ""} for each in channels]}]
    return {"type": "user", "user": {"username": name, "email": f"{name}@example.org", "teams": teams, **more}}


def _post(**post: Any) -> dict[str, Any]:
    return {"type": "post", "post": {"team": "school", **post}}


MATTERMOST = [
    {"type": "version", "version": 1},
    {"type": "emoji", "emoji": {"name": "blob", "image": "x.png"}},
    {"type": "team", "team": {"name": "school", "display_name": "School", "type": "O"}},
    {
        "type": "channel",
        "channel": {
            "team": "school",
            "name": "town-square",
            "display_name": "Town Square",
            "type": "O",
            "header": "",
            "purpose": "All",
        },
    },
    {"type": "channel", "channel": {"team": "school", "name": "staff", "display_name": "Staff", "type": "P"}},
    _user("anna", "town-square", "staff", nickname="Annie"),
    _user("ben", "town-square", first_name="Ben", last_name="Two"),
    _user("left", "town-square", delete_at=ms(0)),
    {"type": "bot", "bot": {"username": "helper", "owner": "anna", "display_name": "Helper"}},
    _post(
        channel="town-square",
        user="anna",
        message="**Hi** @ben. :smile: `:smile:`",
        create_at=ms(1),
        edit_at=ms(2),
        is_pinned=True,
        reactions=[
            {"user": "ben", "emoji_name": "heart", "create_at": ms(3)},
            {"user": "ben", "emoji_name": "blob", "create_at": ms(3)},
        ],
        replies=[{"user": "ben", "message": "hello", "create_at": ms(9)}],
        attachments=[{"path": "20231114/teams/t/a.png"}, {"path": "20231114/b.txt"}, {"path": "gone.bin"}],
    ),
    _post(channel="town-square", user="left", message="in between", create_at=ms(5)),
    _post(channel="town-square", user="anna", type="system_join_channel", message="anna joined", create_at=ms(0)),
    _post(channel="staff", user="anna", message="staff only", create_at=ms(6)),
    _post(
        channel="town-square", user="anna", message="via hook", create_at=ms(7), props={"override_username": "Jenkins"}
    ),
    {"type": "direct_channel", "direct_channel": {"members": ["anna", "ben"]}},
    {
        "type": "direct_post",
        "direct_post": {"channel_members": ["anna", "ben"], "user": "ben", "message": "psst", "create_at": ms(8)},
    },
    {
        "type": "direct_post",
        "direct_post": {"channel_members": ["anna"], "user": "anna", "message": "note to self", "create_at": ms(8)},
    },
]


def mattermost(path: Path, lines: list[Any] | None = None, **more: Any) -> Path:
    text = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in (lines or MATTERMOST))
    entries = {"import.jsonl": text, "data/20231114/teams/t/a.png": picture(), "data/20231114/b.txt": b"text", **more}
    return packed(path, entries)


def bring(file: Path, data: Path, *options: str, code: int = 0) -> str:
    """What `lanchat import` says."""
    command = [sys.executable, "-m", "lanchat", "import", str(file), "--data-dir", str(data), *options]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def links(file: Path) -> dict[str, str]:
    """Codes by name."""
    with file.open(encoding="utf-8-sig") as lines:
        return {row["name"]: row["link"].partition("#")[2] for row in csv.DictReader(lines)}
