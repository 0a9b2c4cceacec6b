"""The whole of LanChat on a local network: `lanchat serve` on one computer, guests on others."""

import json
import logging
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.lan.avahi import Avahi
from tests.lan.network import Computer, Network, wait_for
from tests.lan.serving import LANCHAT, Serving
from tests.patience import patience

HOST = "192.168.77.1"
log = logging.getLogger(__name__)


pytestmark = pytest.mark.side_by_side


def serve(lan: Network) -> Serving:
    return Serving(lan.computer("anna", f"{HOST}/24", "fd77::1/64"))


def discovered(guest: Computer) -> list[dict[str, Any]]:
    return json.loads(guest.run(*LANCHAT, "discover", "--json", "--data-dir", str(guest.folder), seconds=30))


def fetch(guest: Computer, *options: str) -> str:
    return guest.run("curl", "-s", "--max-time", "5", *options)


def info(guest: Computer, place: str = f"http://{HOST}:8000", *options: str) -> dict[str, Any]:
    return json.loads(fetch(guest, *options, f"{place}/api/info"))


def test_a_guest_finds_the_host_and_reaches_it_by_name_and_by_address(lan: Network, needs_avahi: None) -> None:
    serving = serve(lan)
    guest = lan.computer("guest", "192.168.77.2/24", "fd77::2/64")
    avahi = Avahi(guest, "guest")
    (found,) = wait_for(lambda: discovered(guest), 20)
    assert found["name"] == "Anna's class"
    assert found["host_name"] == "lanchat.local"
    assert found["urls"][0] == "http://lanchat.local:8000"
    assert found["https_port"] == 8443

    said = info(guest)
    assert (said["discoverable"], said["fingerprint"]) == (True, found["fingerprint"])
    assert avahi.resolve("lanchat.local", "-4") == HOST
    for place, connect_to in (("lanchat.local", HOST), ("lanchat.local", "[fd77::1]")):
        by_name = info(guest, f"http://{place}:8000", "--resolve", f"{place}:8000:{connect_to}")
        assert by_name["installation_id"] == found["id"], "the gate knows the advertised name"
    assert "By name:           http://lanchat.local:8000" in serving.output

    foreign = fetch(
        guest, "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: evil.example:8000", f"http://{HOST}:8000/"
    )
    assert foreign == "421"


def test_a_host_that_is_renamed_while_it_runs_is_found_under_its_new_name(lan: Network) -> None:
    serving = serve(lan)
    guest = lan.computer("guest", "192.168.77.2/24", "fd77::2/64")
    create = [*LANCHAT, "admin", "create", "boss", "--admin", "--data-dir", str(serving.data_dir)]
    subprocess.run(create, input="correct horse", text=True, check=True, capture_output=True, timeout=patience(30))
    url = f"http://{HOST}:8000"
    login = json.loads(fetch(guest, "-d", "username=boss", "-d", "password=correct horse", f"{url}/api/auth/login"))
    renaming = ("-X", "PUT", "--json", '{"name": "Class 4b"}', "-H", f"Authorization: Bearer {login['access_token']}")
    assert json.loads(fetch(guest, *renaming, f"{url}/api/admin/host"))["name"] == "Class 4b"
    wait_for(lambda: [found["name"] for found in discovered(guest)] == ["Class 4b"], 20)


def test_a_guest_sees_who_else_hosts_and_who_may_only_pose_as_one(lan: Network) -> None:
    known = {"id": "id-of-bert", "name": "Bert", "fingerprint": "ab" * 32, "port": 8000}
    anna = lan.computer("anna", f"{HOST}/24")
    (anna.folder / "data").mkdir()
    (anna.folder / "data" / "favourites.json").write_text(json.dumps([known]))
    Serving(anna)
    guest = lan.computer("guest", "192.168.77.2/24")
    form = {"username": "guest"}
    token = json.loads(fetch(guest, "--json", json.dumps(form), f"http://{HOST}:8000/api/auth/guest"))["access_token"]

    def nearby() -> dict[str, tuple[bool, bool]]:
        told = fetch(guest, "-H", f"Authorization: Bearer {token}", f"http://{HOST}:8000/api/nearby")
        hosts = json.loads(told)["hosts"]
        return {host["name"]: (host["is_doubtful"], host["urls"][-1].startswith("http://192.168.")) for host in hosts}

    assert nearby() == {}
    assert "Bearer" in fetch(guest, "-i", f"http://{HOST}:8000/api/nearby"), "only for those who are in"
    Serving(lan.computer("bert", "192.168.77.3/24"), name="Bert")
    carla = Serving(lan.computer("carla", "192.168.77.4/24"), name="Carla")
    wait_for(lambda: nearby() == {"Bert": (True, True), "Carla": (False, True)}, 20)
    assert carla.stop() == 0
    wait_for(lambda: nearby() == {"Bert": (True, True)}, 10, "Carla is still listed")


def test_https_is_trusted_with_the_authority_that_the_host_hands_out(lan: Network) -> None:
    serving = serve(lan)
    guest = lan.computer("guest", "192.168.77.2/24", "fd77::2/64")
    authority = guest.folder / "ca.crt"
    wait_for(lambda: "By name:" in serving.output, 20, "no name")
    fetch(guest, "-o", str(authority), f"http://{HOST}:8000/lanchat-ca.crt")
    assert "BEGIN CERTIFICATE" in authority.read_text()
    trusting = ("--cacert", str(authority), "--resolve", f"lanchat.local:8443:{HOST}")
    for place in (f"https://{HOST}:8443", "https://[fd77::1]:8443", "https://lanchat.local:8443"):
        assert info(guest, place, *trusting)["https_port"] == 8443
    assert fetch(guest, f"https://{HOST}:8443/api/info") == "", "not without it"


def test_a_new_address_is_in_the_certificate_and_opens_within_five_seconds(lan: Network) -> None:
    serving = serve(lan)
    guest = lan.computer("guest", "192.168.77.2/24", "192.168.78.2/24")
    authority = guest.folder / "ca.crt"
    fetch(guest, "-o", str(authority), f"http://{HOST}:8000/lanchat-ca.crt")
    serving.computer.add("192.168.78.1/24")
    started = time.monotonic()

    def is_open() -> bool:
        return fetch(guest, "--cacert", str(authority), "https://192.168.78.1:8443/health") != ""

    wait_for(is_open, 15, "the certificate does not cover the new address")
    log.info("a new address was served over HTTPS after %.1f s", time.monotonic() - started)
    assert [host for host in discovered(guest) if "192.168.78.1" in host["addresses"]]


def test_a_stop_says_goodbye(lan: Network) -> None:
    serving = serve(lan)
    guest = lan.computer("guest", "192.168.77.2/24")
    wait_for(lambda: discovered(guest), 20)
    assert serving.stop() == 0
    assert discovered(guest) == []
    assert "Traceback" not in serving.output + _log(serving.data_dir)


def test_without_discovery_nothing_is_announced(lan: Network) -> None:
    anna = lan.computer("anna", f"{HOST}/24")
    guest = lan.computer("guest", "192.168.77.2/24")
    output = anna.folder / "output"
    anna.count_mdns()
    command = (*LANCHAT, "serve", "--no-discovery", "--data-dir", str(anna.folder / "data"))
    with output.open("w") as file:
        anna.start("env", "PYTHONUNBUFFERED=1", "LC_ALL=C.UTF-8", *command, stdout=file, stderr=subprocess.STDOUT)
    wait_for(lambda: "Ctrl+C" in output.read_text(), 30)
    heard = guest.start(*LANCHAT, "discover", "--json", "--data-dir", str(guest.folder), stdout=subprocess.PIPE)
    found = json.loads(heard.communicate(timeout=40)[0])
    # Nobody announces themselves, so the neighbours are asked, and one of them answers.
    assert [host["found_by"] for host in found] == ["probe"]
    assert info(guest)["discoverable"] is False
    # Who examines such a host from the same computer doesn't break its silence, told or not.
    assert json.loads(anna.run(*LANCHAT, "doctor", "--json", "--data-dir", str(anna.folder / "data"))) == []
    quietly = ("doctor", "192.168.77.2", "--no-discovery", "--json", "--data-dir", str(anna.folder / "data"))
    assert [finding["code"] for finding in json.loads(anna.run(*LANCHAT, *quietly))] == ["nothing_listens"]
    assert anna.mdns_sent == 0


def test_the_doctor_finds_nothing_wrong_with_a_host_in_order(lan: Network) -> None:
    serving = serve(lan)
    guest = lan.computer("guest", "192.168.77.2/24")
    wait_for(lambda: "By name:" in serving.output, 20, "no name")
    serving.computer.count_mdns()
    said = serving.computer.run(*LANCHAT, "doctor", "--json", "--data-dir", str(serving.data_dir), seconds=30)
    assert json.loads(said) == []
    assert serving.computer.mdns_sent > 0
    for place in (f"http://{HOST}:8000/", "lanchat.local:8000"):  # as people copy it
        found = guest.run(*LANCHAT, "doctor", place, "--json", "--data-dir", str(guest.folder), seconds=30)
        assert json.loads(found) == [], place
    assert guest.run(*LANCHAT, "doctor", "ftp://elsewhere").startswith("lanchat: ")


def _log(data_dir: Path) -> str:
    return (data_dir / "logs" / "app.log").read_text("utf-8")
