"""Owns making the data folder ready: its folders, closed to others, and the secret that signs what is given out."""

import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from lanchat.config import Settings, SettingsError
from lanchat.core.base.private_file import write_private


def prepare(settings: Settings) -> Settings:
    """Make the data folder ready and return the settings with the installation's secret. Raises SettingsError."""
    try:
        _make_private(settings.data_dir)
        for folder in (settings.uploads_dir, settings.thumbnails_dir, settings.keys_dir, settings.log_file.parent):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
        settings.database_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(settings.data_dir, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13), str(settings.data_dir))
        if settings.secret_key.get_secret_value():
            return settings
        return settings.model_copy(update={"secret_key": SecretStr(_installation_secret(settings.keys_dir))})
    except OSError as error:
        raise SettingsError("folder_not_writable", path=settings.data_dir, reason=error.strerror) from None


def _make_private(folder: Path) -> None:
    """Close our own folder to others, but never one that somebody already used for something else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        folder.chmod(0o700)


def _installation_secret(keys_dir: Path) -> str:
    path = keys_dir / "secret.key"
    if path.exists() and (kept := path.read_text("ascii").strip()):
        path.chmod(0o600)
        return kept
    secret = secrets.token_urlsafe(48)
    write_private(path, secret.encode("ascii"))
    return secret
