import subprocess
import sys
from pathlib import Path

import click
import pytest
import segno
from click.testing import CliRunner

import lanchat
from lanchat.cli import main
from lanchat.config import load
from lanchat.core.base.host_state import HostState
from lanchat.core.base.i18n import sentences
from lanchat.core.security.tls import HttpsKeys
from lanchat.discovery import addresses
from lanchat.discovery.addresses import Address
from lanchat.host.trust import shown_by
from lanchat.run import headless

HEAVY = {"quart", "pydantic", "peewee", "socketio", "cryptography", "PIL", "zeroconf", "asyncio"}


def address(ip: str, *, is_likely: bool = True) -> Address:
    version = 6 if ":" in ip else 4
    return Address(ip, version, "eth0", "lan" if is_likely else "virtual", is_likely, prefix=24, index=2)


@pytest.fixture
def _in_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [address("192.168.1.5"), address("fd00::5"), address("172.17.0.1", is_likely=False)]
    monkeypatch.setattr(addresses, "usable_addresses", lambda: found)


def test_help_and_version_load_nothing_heavy() -> None:
    code = "import sys, lanchat.cli.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "click" in loaded
    assert HEAVY.isdisjoint(loaded)


def test_it_tells_its_version() -> None:
    assert CliRunner().invoke(main.cli, ["--version"]).output == f"LanChat {lanchat.__version__}\n"


def test_options_before_and_after_the_command_both_count(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[dict[str, object]] = []
    monkeypatch.setattr(headless, "run", lambda flags, _language: ran.append(flags))
    for arguments in ("--port 9 --limits off", "--port 9 serve --limits off", "serve --port 9 --limits off"):
        assert CliRunner().invoke(main.cli, arguments.split()).exit_code == 0
    assert [(flags["port"], flags["limits"]) for flags in ran] == [(9, "off")] * 3


def test_flags_become_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[dict[str, object]] = []
    monkeypatch.setattr(headless, "run", lambda flags, _language: ran.append(flags))
    CliRunner().invoke(main.cli, ["serve", "--data-dir", str(tmp_path), "--no-discovery", "--limits", "off", "--debug"])
    settings = load(**ran[0])
    assert (settings.data_dir, settings.discovery, settings.limits, settings.debug) == (tmp_path, False, False, True)
    CliRunner().invoke(main.cli, ["serve", "--data-dir", str(tmp_path)])
    settings = load(**ran[1])
    assert (settings.discovery, settings.limits, settings.debug) == (True, True, False)


@pytest.mark.parametrize("part", ["cli", "greeting", "setup"])
def test_both_languages_have_the_same_sentences(part: str) -> None:
    chinese, english = (
        {key for key in sentences(language) if key.startswith(f"{part}.")} for language in ("zh-CN", "en")
    )
    assert chinese == english != set()


@pytest.mark.usefixtures("_in_a_network")
@pytest.mark.parametrize(
    ("host", "here", "others"),
    [
        (None, "http://127.0.0.1:8000", ["http://192.168.1.5:8000", "http://[fd00::5]:8000"]),
        ("0.0.0.0", "http://127.0.0.1:8000", ["http://192.168.1.5:8000"]),
        ("127.0.0.1", "http://127.0.0.1:8000", []),
        ("::1", "http://[::1]:8000", []),
        ("192.168.1.5", "http://192.168.1.5:8000", ["http://192.168.1.5:8000"]),
    ],
)
def test_the_greeting_names_the_addresses_at_which_others_get_through(
    host: str | None, here: str, others: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headless.greet(load(data_dir=tmp_path, host=host), 8000, "en")
    said = capsys.readouterr().out
    assert f"On this computer:  {here}\n" in said
    assert [line.split()[-1] for line in said.splitlines() if "For the others" in line] == others
    assert ("█" in said) == bool(others)
    assert ("Nobody else" in said) == (not others)


def test_the_greeting_shows_what_guests_compare_before_they_trust(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = HttpsKeys(tmp_path / "keys").authority
    trust = shown_by(HostState(fingerprint=authority.fingerprint, authority=authority.pem), "en")
    assert trust is not None
    headless.greet(load(data_dir=tmp_path, host="192.168.1.5"), 8000, "en", trust=trust)
    said = " ".join(capsys.readouterr().out.split())
    assert trust.words in said
    assert f"{trust.sha256} (SHA-256)" in said
    headless.greet(load(data_dir=tmp_path, host="127.0.0.1"), 8000, "en", trust=trust)
    assert trust.words not in capsys.readouterr().out


def test_doubtful_addresses_are_better_than_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(addresses, "usable_addresses", lambda: [address("172.17.0.1", is_likely=False)])
    headless.greet(load(data_dir=tmp_path), 8000, "en")
    assert "http://172.17.0.1:8000" in capsys.readouterr().out


def test_the_qr_code_shows_every_module_dark_on_light() -> None:
    url = "http://192.168.1.5:8000"
    light = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}  # a block is bright white on black
    rows: list[list[int]] = []
    for line in click.unstyle(headless.qr_code(url)).splitlines():
        upper, lower = zip(*(light[block] for block in line), strict=True)
        rows += [list(upper), list(lower)]
    wanted = [[1 - module for module in row] for row in segno.make(url, error="l", micro=False).matrix_iter(border=2)]
    assert rows[: len(wanted)] == wanted
