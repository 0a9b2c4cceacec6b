import stat
from pathlib import Path

import pytest

from lanchat.config import SettingsError, load
from lanchat.core.storage.data_folder import prepare


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEBUG", "LOG_LEVEL", "SECRET_KEY", "DATABASE_URL", "HOST", "PORT", "LANCHAT_PORT"):
        monkeypatch.delenv(name, raising=False)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_flags_win_over_the_environment_that_over_the_file_that_over_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(data_dir=tmp_path).port == 8000
    (tmp_path / "lanchat.toml").write_text("port = 8001\nlimits = false\n")
    assert load(data_dir=tmp_path).port == 8001
    monkeypatch.setenv("PORT", "8002")
    assert load(data_dir=tmp_path).port == 8002
    settings = load(data_dir=tmp_path, port=8003, host=None)
    assert (settings.port, settings.limits, settings.host) == (8003, False, None)


def test_the_data_folder_of_the_environment_holds_the_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lanchat.toml").write_text('language = "en"\n')
    monkeypatch.setenv("LANCHAT_DATA_DIR", str(tmp_path))
    assert load().language == "en"


def test_the_names_of_the_contract_need_no_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DEBUG": "true",
        "LOG_LEVEL": "warning",
        "SECRET_KEY": "mine",
        "DATABASE_URL": "sqlite:///other.db",
        "HOST": "127.0.0.1",
        "PORT": "8123",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = prepare(load(data_dir=tmp_path))
    assert (settings.debug, settings.log_level, settings.host, settings.port) == (True, "WARNING", "127.0.0.1", 8123)
    assert settings.secret_key.get_secret_value() == "mine"
    assert settings.database_path == tmp_path / "other.db"


def test_other_settings_do_not_answer_to_a_name_without_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US:en")
    monkeypatch.setenv("LIMITS", "off")
    settings = load(data_dir=tmp_path)
    assert (settings.language, settings.limits) == ("zh-CN", True)


def test_an_empty_variable_counts_as_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert load(data_dir=tmp_path).port == 8000


def test_sizes_and_lists_are_written_as_people_write_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANCHAT_MAX_FILE_BYTES", "1 GiB")
    monkeypatch.setenv("LANCHAT_ALLOWED_HOSTS", "chat.example, other.example")
    settings = load(data_dir=tmp_path)
    assert settings.max_file_bytes == 1 << 30
    assert settings.allowed_hosts == ("chat.example", "other.example")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("prot = 8001", "invalid_setting"),
        ("port = 70000", "invalid_setting"),
        ("port =", "invalid_toml"),
        ('limits = "perhaps"', "invalid_setting"),
    ],
)
def test_a_mistake_in_the_file_is_refused(tmp_path: Path, file: str, code: str) -> None:
    (tmp_path / "lanchat.toml").write_text(file)
    with pytest.raises(SettingsError) as refusal:
        load(data_dir=tmp_path)
    assert refusal.value.code == code


@pytest.mark.parametrize("url", ["postgresql://anna:hunter2@db/chat", "sqlite://", "sqlite:///:memory:", "lanchat.db"])
def test_another_database_is_refused_without_repeating_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(data_dir=tmp_path, database_url=url)
    assert refusal.value.code == "database_unsupported"
    assert "hunter2" not in str(refusal.value.details)


def test_a_secret_is_made_once_per_installation_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    secrets = [prepare(load(data_dir=folder)).secret_key.get_secret_value() for folder in (first, first, second)]
    assert secrets[0] == secrets[1] != secrets[2]
    assert len(secrets[0]) >= 43  # 256 bits
    assert mode(first / "keys" / "secret.key") == 0o600
    assert secrets[0] not in repr(prepare(load(data_dir=first)))


def test_a_secret_that_a_crash_left_empty_is_made_anew(tmp_path: Path) -> None:
    prepare(load(data_dir=tmp_path))
    (tmp_path / "keys" / "secret.key").write_text("")
    assert prepare(load(data_dir=tmp_path)).secret_key.get_secret_value()


def test_folders_that_we_make_are_closed_to_others(tmp_path: Path) -> None:
    settings = prepare(load(data_dir=tmp_path / "new"))
    folders = (settings.uploads_dir, settings.thumbnails_dir, settings.keys_dir, settings.log_file.parent)
    for folder in (settings.data_dir, *folders):
        assert mode(folder) == 0o700


def test_a_folder_that_others_use_as_well_stays_open_to_them(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("shared")
    tmp_path.chmod(0o755)
    settings = prepare(load(data_dir=tmp_path))
    assert mode(tmp_path) == 0o755
    assert mode(settings.uploads_dir) == 0o700


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError) as refusal:
        prepare(load(data_dir=tmp_path / "file" / "data"))
    assert refusal.value.code == "folder_not_writable"
