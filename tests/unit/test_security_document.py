"""SECURITY.md tells the truth about the limits, and the pinned releases are none of those with known holes."""

import re
import tomllib

import pytest

from lanchat.app import App
from lanchat.config import Settings, SettingsError, load
from lanchat.core.storage.data_folder import prepare
from lanchat.features import FEATURES
from tests.server import ROOT

# Older ones have known holes, or are not what we build on.
FLOORS = {
    "aiohttp": "3.12.14",
    "cryptography": "44.0.1",
    "h11": "0.16.0",
    "h2": "4.3.0",
    "hypercorn": "0.18.0",
    "jinja2": "3.1.6",
    "pillow": "11.3.0",
    "python-engineio": "4.13.2",
    "python-socketio": "5.16.2",
    "quart": "0.20.0",
    "requests": "2.32.4",
    "urllib3": "2.6.0",
    "werkzeug": "3.1.4",
    "zeroconf": "0.154.0",
}


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


@pytest.mark.parametrize("name", FLOORS)
def test_no_pinned_release_is_older_than_its_floor(name: str) -> None:
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    versions = [package["version"] for package in locked if package["name"] == name]
    assert versions, f"{name} is not used any more: take it out of the floors"
    assert min(map(numbers, versions)) >= numbers(FLOORS[name])


def documented() -> dict[str, tuple[int, float]]:
    """Name, count and period of every rate in SECURITY.md's table."""
    rows = re.findall(r"^\| `(\w+)` \| (\d+) in (\d+) s \|", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
    return {name: (int(count), float(period)) for name, count, period in rows}


def test_every_rate_is_documented_as_it_is() -> None:
    assert documented() == {rate.name: (rate.count, rate.period) for rate in FEATURES.rates}


SETTINGS = [
    "sockets_per_user",
    "sockets_per_address",
    "max_image_bytes",
    "max_file_bytes",
    "upload_quota_bytes",
    "guest_quota_bytes",
    "guests_quota_bytes",
]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_other_limits_are_documented_as_they_are(name: str) -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    (value,) = re.findall(rf"^\| `{name}` \| ([\d ]+)", text, re.MULTILINE)
    assert int(value.replace(" ", "")) == Settings.model_fields[name].default


def test_a_rate_that_does_not_exist_is_refused(tmp_path) -> None:
    with pytest.raises(SettingsError) as refusal:
        App(prepare(load(data_dir=tmp_path, rates={"failed_login": 3})))
    assert "failed_logins" in str(refusal.value.details)
    with pytest.raises(SettingsError):
        load(data_dir=tmp_path, rates={"failed_logins": 0})
