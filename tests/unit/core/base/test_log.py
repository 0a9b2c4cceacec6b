import io
import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars

from lanchat.config import Settings, load
from lanchat.core.base import log
from lanchat.core.base.log import logging_to
from lanchat.core.storage.data_folder import prepare

ours = logging.getLogger("lanchat.example")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return prepare(load(data_dir=tmp_path))


@pytest.fixture
def terminal() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    level, raising = logging.getLogger().level, logging.raiseExceptions
    yield
    logging.getLogger().setLevel(level)
    logging.raiseExceptions = raising
    for name in log.SILENCED:
        logging.getLogger(name).disabled = False


def lines(settings: Settings) -> list[dict[str, Any]]:
    return [json.loads(line) for line in settings.log_file.read_text("utf-8").splitlines()]


def test_a_line_tells_when_where_and_for_which_request(settings: Settings, terminal: io.StringIO) -> None:
    with logging_to(settings, terminal), bound_contextvars(request_id="r1"):
        ours.info("room %d made", 7, extra={"by": "安娜"})
    (line,) = lines(settings)
    assert line["event"] == "room 7 made"
    assert line["by"] == "安娜"
    assert (line["level"], line["logger"], line["request_id"]) == ("info", "lanchat.example", "r1")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("evil", ["a\nb", "\x1b[2J", "\x9b31m", "\u202etxt.exe", "\u2028", "\x7f", "\U000e0041"])
def test_a_name_can_neither_forge_a_line_nor_steer_the_terminal(
    settings: Settings, terminal: io.StringIO, evil: str
) -> None:
    with logging_to(settings, terminal):
        ours.warning("joined: %s", evil, extra={"path": evil})
    (line,) = lines(settings)
    assert line["event"] == f"joined: {evil}"
    for text in (settings.log_file.read_text("utf-8"), terminal.getvalue()):
        assert text.count("\n") == 1
        assert text.rstrip("\n").isprintable()


def test_a_trace_keeps_its_lines_on_the_terminal_and_is_one_line_in_the_file(
    settings: Settings, terminal: io.StringIO
) -> None:
    with logging_to(settings, terminal):
        ours.error("failed", exc_info=ValueError("first\n12:00:00 INFO     forged\x1b[2J"))
    assert "forged\x1b" in lines(settings)[0]["exception"]
    shown = terminal.getvalue().splitlines()
    assert len(shown) == 3
    assert all(line.startswith("    ") for line in shown[1:])
    assert "\x1b" not in terminal.getvalue()


@pytest.mark.parametrize("name", ["password", "access_token", "Authorization", "secret_key", "cookie", "content"])
def test_secrets_are_hidden(settings: Settings, terminal: io.StringIO, name: str) -> None:
    with logging_to(settings, terminal):
        ours.error("refused", extra={name: "hunter2"})
    assert "hunter2" not in settings.log_file.read_text("utf-8") + terminal.getvalue()


def test_libraries_that_write_messages_stay_silent_even_while_debugging(
    settings: Settings, terminal: io.StringIO
) -> None:
    with logging_to(settings.model_copy(update={"debug": True}), terminal):
        logging.getLogger("socketio.server").error('emitting "hunter2"')
        logging.getLogger("engineio.server").error('received "hunter2"')
        logging.getLogger("quart.app").debug("body: hunter2")
        ours.debug("ours")
    assert [line["event"] for line in lines(settings)] == ["ours"]


def test_the_terminal_shows_only_what_matters(settings: Settings, terminal: io.StringIO) -> None:
    with logging_to(settings, terminal):
        ours.info("routine")
        ours.warning("trouble")
    assert "routine" not in terminal.getvalue()
    assert "trouble" in terminal.getvalue()
    assert len(lines(settings)) == 2


def test_the_file_is_its_owners_alone_also_after_it_was_rotated(
    settings: Settings, terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MAX_FILE", 500)
    with logging_to(settings, terminal):
        for number in range(10):
            ours.info("line %d of many", number)
    files = list(settings.log_file.parent.iterdir())
    assert len(files) > 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_log_that_cannot_be_written_disturbs_nobody(
    settings: Settings, terminal: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.log_file.mkdir()
    with logging_to(settings, terminal):
        ours.warning("still here")
    assert "still here" in terminal.getvalue()
    assert capsys.readouterr().err == ""
