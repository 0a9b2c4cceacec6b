"""Owns the settings (flags, then environment, then lanchat.toml, then defaults) and the data folder they name."""

import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, cast

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
        toml = TomlConfigSettingsSource(settings_cls, Path(folder).expanduser() / "lanchat.toml")
        return init_settings, env_settings, ContractEnvironment(settings_cls), toml


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
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("invalid_toml", reason=str(error)) from None
    except OSError as error:
        raise SettingsError("file_unreadable", path=error.filename, reason=error.strerror) from None
    sqlite_path(settings.database_url, settings.data_dir)
    return settings


def sqlite_path(url: str | None, data_dir: Path) -> Path:
    """The file that a DATABASE_URL names, within the data folder unless absolute. Raises SettingsError for others."""
    if url is None:
        return data_dir / "lanchat.db"
    kind, separator, rest = url.partition(":///")
    if not separator or kind != "sqlite" or not rest or rest == ":memory:" or "?" in rest:
        # Its password must not reach the terminal or a log: only the part before the colon is repeated.
        raise SettingsError("database_unsupported", kind=url.partition(":")[0])
    return data_dir / rest
