"""`lanchat settings` tells of everything that can be set; a settings file that can't be read is a sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lanchat.cli import main
from lanchat.config import Settings, SettingsError, load
from lanchat.core.base.i18n import sentences

TEXT = 'name = "Klasse 4b"\r\n'
BOM_TOML = b"\xef\xbb\xbf" + TEXT.encode()  # as editors on Windows save it


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEBUG", "LOG_LEVEL", "SECRET_KEY", "DATABASE_URL", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)


def asked(*arguments: str) -> dict[str, dict[str, str]]:
    result = CliRunner().invoke(main.cli, [*arguments, "settings", "--json"])
    assert result.exit_code == 0, result.output
    return {each["name"]: each for each in json.loads(result.output)}


def test_each_setting_has_its_value_its_source_and_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lanchat.toml").write_text('name = "Klasse 4b"\nsecret_key = "hidden"\nport = 1\n[rates]\nlogins = 9\n')
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("LANCHAT_ALLOWED_HOSTS", "a.example b.example")
    found = asked("--data-dir", str(tmp_path), "--limits", "off")
    assert set(found) == set(Settings.model_fields)
    assert all(each["about"] and not each["about"].startswith("cli.") for each in found.values())
    in_file = str(tmp_path / "lanchat.toml")
    for name, value, source in (
        ("name", "Klasse 4b", in_file),
        ("rates", "logins=9", in_file),
        ("port", "8123", "environment: PORT"),
        ("allowed_hosts", "a.example, b.example", "environment: LANCHAT_ALLOWED_HOSTS"),
        ("limits", "false", "option"),
        ("data_dir", str(tmp_path), "option"),
        ("max_file_bytes", "50 MB", "default"),
        ("host", "(empty)", "default"),
    ):
        assert (found[name]["value"], found[name]["source"]) == (value, source)
    assert "hidden" not in str(found)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_setting_lacks_its_sentence_and_no_sentence_its_setting(language: str) -> None:
    prefix = "cli.setting."
    assert {key.removeprefix(prefix) for key in sentences(language) if key.startswith(prefix)} == set(
        Settings.model_fields
    )


def test_help_leads_to_all_of_them() -> None:
    assert "lanchat settings" in CliRunner().invoke(main.cli, ["--help"]).output
    said = CliRunner().invoke(main.cli, ["serve", "--help"]).output
    assert [name for name in Settings.model_fields if f"  {name} " not in said] == []


@pytest.mark.parametrize(
    "content",
    [BOM_TOML, TEXT.encode(), TEXT.encode("utf-16"), b"\xfe\xff" + TEXT.encode("utf-16-be")],
)
def test_whatever_an_editor_puts_before_the_text_it_is_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lanchat.toml").write_bytes(content)
    assert load(data_dir=tmp_path).name == "Klasse 4b"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\0", b"name = \xe9", b"\0\1\2", b"a = " + b"[" * 100_000, b"port = 99999999999999999999", b"= 1"],
)
def test_a_file_that_can_not_be_read_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lanchat.toml").write_bytes(content)
    for command in ("settings", "doctor", "backup"):
        arguments = [command, "--data-dir", str(tmp_path), *(["file"] if command == "backup" else [])]
        result = CliRunner().invoke(main.cli, arguments)
        assert result.exit_code == 1, command
        assert isinstance(result.exception, SystemExit)
        assert result.output.startswith("lanchat: ")
        assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize(("name", "value"), [("LANCHAT_RATES", "abc"), ("PORT", "many")])
def test_so_is_a_variable(name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError):
        load(data_dir=tmp_path)
