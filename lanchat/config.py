"""Owns the settings (flags, then environment, then lanchat.toml, then defaults) and the data folder they name."""

import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, cast

from platformdirs import user_data_path
from pydantic import BeforeValidator, ByteSize, Field, PositiveInt, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableVariable

# These keep the names of the contract; every other setting is LANCHAT_<NAME> in the environment.
CONTRACT_NAMES = ("debug", "log_level", "secret_key", "database_url", "host", "port")
MB = 1 << 20

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
Names = Annotated[
    tuple[str, ...],
    NoDecode,
    BeforeValidator(lambda value: value.replace(",", " ").split() if isinstance(value, str) else value),
]


class SettingsError(Exception):
    """LanChat can't start like this; the sentence is `setup.<code>` in `locales/`."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def default_data_dir() -> Path:
    return user_data_path("LanChat", appauthor=False)


class Settings(BaseSettings):
    """What one LanChat runs with. Sizes are in bytes, and may be written `20MB`."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="LANCHAT_", env_ignore_empty=True)

    data_dir: Path = Field(default_factory=default_data_dir)
    host: str | None = None  # None: every interface, IPv4 and IPv6
    port: int = Field(8000, ge=0, le=65535)  # 0: any free one
    https_port: int = Field(8443, ge=0, le=65535)  # 0: no HTTPS
    database_url: str | None = None
    secret_key: SecretStr = SecretStr("")  # empty: the installation's own, from keys/secret.key
    debug: bool = False
    log_level: LogLevel | None = None
    language: Literal["zh-CN", "en"] = "zh-CN"  # for clients that ask for none

    name: str | None = Field(None, max_length=60)  # whose host this is, to guests; None: the computer's name
    discovery: bool = True
    limits: bool = True
    rates: dict[str, PositiveInt] = Field(default_factory=dict)  # other counts than those in SECURITY.md, by name
    sockets_per_user: int = Field(10, ge=1)
    sockets_per_address: int = Field(300, ge=1)  # a class sits behind one access point
    allow_registration: bool = True
    allow_guests: bool = True
    allowed_hosts: Names = ()  # further names that browsers may use for this server, with a port if it isn't ours
    trusted_proxies: Names = ()  # addresses whose X-Forwarded-* headers are believed

    max_image_bytes: ByteSize = ByteSize(10 * MB)
    max_file_bytes: ByteSize = ByteSize(50 * MB)
    upload_quota_bytes: ByteSize = ByteSize(2048 * MB)  # all files of one user together
    guest_quota_bytes: ByteSize = ByteSize(256 * MB)  # the same of a guest
    guests_quota_bytes: ByteSize = ByteSize(4096 * MB)  # of all guests together, who are as many as they like
    daily_backups: int = Field(7, ge=0)  # how many are kept; 0: none are made
    disk_reserve_bytes: ByteSize = ByteSize(500 * MB)  # uploads leave this much of the disk free

    @field_validator("data_dir", mode="after")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("allowed_hosts", mode="after")
    @classmethod
    def _host_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any("/" in text for text in value):
            raise ValueError("a name such as chat.example or chat.example:443, without http://")
        return value

    @field_validator("trusted_proxies", mode="after")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Addresses, or networks such as 10.0.0.0/8."""
        for text in value:
            ip_network(text, strict=False)
        return value

    @property
    def database_path(self) -> Path:
        return sqlite_path(self.database_url, self.data_dir)

    @property
    def uploads_dir(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def thumbnails_dir(self) -> Path:
        return self.data_dir / "thumbnails"

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def backups_dir(self) -> Path:
        return self.data_dir / "backups"

    @property
    def log_file(self) -> Path:
        return self.data_dir / "logs" / "app.log"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        flags = cast(InitSettingsSource, init_settings).init_kwargs
        folder = flags.get("data_dir") or env_settings().get("data_dir") or default_data_dir()
        toml = SettingsFile(settings_cls, file_in(Path(folder)))
        return init_settings, env_settings, ContractEnvironment(settings_cls), toml


class SettingsFile(TomlConfigSettingsSource):
    """lanchat.toml, as whatever editor saved it: with a byte order mark or in UTF-16, too."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        content = file_path.read_bytes()
        encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
        try:
            return tomllib.loads(content.decode(encoding))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise SettingsError("invalid_toml", reason=str(error)) from None
        except UnicodeDecodeError:
            raise SettingsError("not_text", path=file_path) from None


class ContractEnvironment(EnvSettingsSource):
    """The six variables that the contract names without a prefix."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls, env_prefix="")

    def __call__(self) -> dict[str, Any]:
        return {name: value for name, value in super().__call__().items() if name in CONTRACT_NAMES}


def load(**flags: object) -> Settings:
    """The settings in force; a flag that is None was not given. Raises SettingsError, and touches no file."""
    try:
        settings = Settings(**{name: value for name, value in flags.items() if value is not None})  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError("invalid_setting", name=name, reason=first["msg"]) from None
    except UnreadableVariable as error:
        raise SettingsError("invalid_variable", reason=str(error)) from None
    except OSError as error:
        raise SettingsError("file_unreadable", path=error.filename, reason=error.strerror) from None
    except ValueError as error:  # of a path that is none
        raise SettingsError("invalid_setting", name="data_dir", reason=str(error)) from None
    sqlite_path(settings.database_url, settings.data_dir)
    return settings


class Chosen(NamedTuple):
    """A setting in force, and who chose it."""

    name: str
    value: object
    source: Literal["flag", "environment", "file", "default"]
    place: str  # the variable or the file; empty otherwise


def explain(**flags: object) -> list[Chosen]:
    """Every setting, as `load` finds it. Raises SettingsError."""
    settings = load(**flags)
    path = file_in(settings.data_dir)
    given = {name for name, value in flags.items() if value is not None}
    variables = dict.fromkeys(EnvSettingsSource(Settings)(), "LANCHAT_")
    for name in ContractEnvironment(Settings)():
        variables.setdefault(name, "")
    in_file = SettingsFile(Settings, path)()

    def chosen(name: str) -> Chosen:
        value = getattr(settings, name)
        if name in given:
            return Chosen(name, value, "flag", "")
        if name in variables:
            return Chosen(name, value, "environment", f"{variables[name]}{name}".upper())
        return Chosen(name, value, "file", str(path)) if name in in_file else Chosen(name, value, "default", "")

    return [chosen(name) for name in Settings.model_fields]


def file_in(data_dir: Path) -> Path:
    """Where the settings of a data folder are written down, if anywhere."""
    return data_dir.expanduser() / "lanchat.toml"


def sqlite_path(url: str | None, data_dir: Path) -> Path:
    """The file that a DATABASE_URL names, within the data folder unless absolute. Raises SettingsError for others."""
    if url is None:
        return data_dir / "lanchat.db"
    kind, separator, rest = url.partition(":///")
    if not separator or kind != "sqlite" or not rest or rest == ":memory:" or "?" in rest:
        # Its password must not reach the terminal or a log: only the part before the colon is repeated.
        raise SettingsError("database_unsupported", kind=url.partition(":")[0])
    return data_dir / rest
