import asyncio
import ipaddress
import shutil
import ssl
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lanchat.core.security.certificates import Authority, certificate_fingerprint, issue, make_authority, permitted
from lanchat.core.security.tls import HttpsKeys

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = ["lanchat.local"]
IPS = ["192.168.1.5", "fd00::5"]


def renewed(folder: Path, now: datetime = NOW) -> HttpsKeys:
    https_keys = HttpsKeys(folder, "Anna's laptop", now)
    https_keys.renew(NAMES, IPS, now)
    return https_keys


def sans(https_keys: HttpsKeys) -> tuple[list[str], list[str]]:
    assert https_keys.leaf is not None
    names = https_keys.leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return names.get_values_for_type(x509.DNSName), [str(ip) for ip in names.get_values_for_type(x509.IPAddress)]


def test_the_first_start_makes_an_authority_and_a_certificate_for_names_and_addresses(tmp_path: Path) -> None:
    https_keys = renewed(tmp_path / "keys")
    assert sans(https_keys) == (["lanchat.local", "localhost"], ["127.0.0.1", "192.168.1.5", "::1", "fd00::5"])


def test_the_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    renewed(tmp_path / "keys")
    files = list((tmp_path / "keys").iterdir())
    assert {path.name for path in files} == {"ca.pem", "leaf.pem"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_next_start_finds_the_same_authority_and_keeps_the_certificate(tmp_path: Path) -> None:
    first, second = renewed(tmp_path), HttpsKeys(tmp_path)
    assert second.fingerprint == first.fingerprint
    assert second.renew(NAMES, IPS, NOW) is False
    assert second.leaf == first.leaf


def test_a_new_address_gets_a_new_certificate_and_a_lost_one_does_not(tmp_path: Path) -> None:
    https_keys = renewed(tmp_path)
    assert https_keys.renew(NAMES, IPS[:1], NOW) is False
    assert https_keys.renew(NAMES, ["10.0.0.9"], NOW) is True
    assert "10.0.0.9" in sans(https_keys)[1]


@pytest.mark.parametrize("days", [-5, 397 - 20, 397 + 400])
def test_a_certificate_outside_its_time_is_renewed(tmp_path: Path, days: int) -> None:
    https_keys = renewed(tmp_path)
    later = NOW + timedelta(days=days)
    assert https_keys.renew(NAMES, IPS, later) is True
    assert https_keys.leaf is not None
    assert https_keys.leaf.not_valid_before_utc <= later - timedelta(hours=23)


def test_no_certificate_lives_longer_than_browsers_allow(tmp_path: Path) -> None:
    leaf = renewed(tmp_path).leaf
    assert leaf is not None
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)


@pytest.mark.parametrize("years", [-3, 9, 30])
def test_an_authority_outside_its_time_is_renewed_under_the_same_fingerprint(tmp_path: Path, years: int) -> None:
    first = renewed(tmp_path)
    later = NOW + timedelta(days=365 * years)
    second = renewed(tmp_path, later)
    assert second.fingerprint == first.fingerprint
    assert second.authority.certificate.not_valid_before_utc <= later
    assert second.leaf is not None
    second.leaf.verify_directly_issued_by(second.authority.certificate)


@pytest.mark.parametrize("name", ["ca.pem", "leaf.pem"])
@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_damaged_file_never_prevents_a_start(tmp_path: Path, name: str, content: bytes) -> None:
    renewed(tmp_path)
    (tmp_path / name).write_bytes(content)
    https_keys = renewed(tmp_path)
    assert https_keys.leaf is not None
    https_keys.leaf.verify_directly_issued_by(https_keys.authority.certificate)


def test_a_key_without_its_own_certificate_is_no_authority(tmp_path: Path) -> None:
    renewed(tmp_path / "one")
    renewed(tmp_path / "two")
    key, _, _ = (tmp_path / "one" / "ca.pem").read_text().partition("-----BEGIN CERTIFICATE")
    _, _, certificate = (tmp_path / "two" / "ca.pem").read_text().partition("-----BEGIN CERTIFICATE")
    (tmp_path / "one" / "ca.pem").write_text(f"{key}-----BEGIN CERTIFICATE{certificate}")
    renewed(tmp_path / "one")
    assert (tmp_path / "one" / "ca.damaged").exists()


def test_a_damaged_authority_is_put_aside_and_not_lost(tmp_path: Path) -> None:
    renewed(tmp_path)
    (tmp_path / "ca.pem").write_bytes(b"nonsense")
    renewed(tmp_path)
    assert (tmp_path / "ca.damaged").read_bytes() == b"nonsense"


def test_names_and_addresses_of_the_internet_never_get_into_a_certificate() -> None:
    wanted = permitted(
        ["evil.example", "lanchat.local", "名字.local", "bank.com"], ["8.8.8.8", "192.168.1.5", "2600::1"]
    )
    assert [str(one.value) for one in wanted] == ["lanchat.local", "localhost", "127.0.0.1", "192.168.1.5", "::1"]


def test_the_fingerprint_is_that_of_the_key_in_the_handed_out_certificate(tmp_path: Path) -> None:
    https_keys = renewed(tmp_path)
    assert certificate_fingerprint(https_keys.authority.pem) == https_keys.fingerprint
    assert b"PRIVATE" not in https_keys.authority.pem


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
@pytest.mark.parametrize(
    ("name", "is_accepted"),
    [
        ("DNS:lanchat.local", True),
        ("IP:192.168.1.5", True),
        ("IP:fd00::5", True),
        ("DNS:bank.example", False),
        ("IP:8.8.8.8", False),
        ("IP:2600::1", False),
    ],
)
def test_openssl_refuses_what_a_thief_of_the_key_would_sign(tmp_path: Path, name: str, is_accepted: bool) -> None:
    authority = make_authority("test", datetime.now(UTC))
    leaf = stolen(authority, name)
    (tmp_path / "ca").write_bytes(authority.pem)
    (tmp_path / "leaf").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    done = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-CAfile", tmp_path / "ca", tmp_path / "leaf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) is is_accepted, done.stdout + done.stderr
    if not is_accepted:
        assert "permitted subtree violation" in done.stdout + done.stderr


def stolen(authority: Authority, name: str) -> x509.Certificate:
    kind, _, value = name.partition(":")
    general = x509.DNSName(value) if kind == "DNS" else x509.IPAddress(ipaddress.ip_address(value))
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return issue(authority, key, [general], datetime.now(UTC))


async def test_new_connections_get_the_renewed_certificate_while_old_ones_go_on(tmp_path: Path) -> None:
    https_keys = HttpsKeys(tmp_path)
    https_keys.renew(NAMES, IPS)

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=https_keys.context)
    port = server.sockets[0].getsockname()[1]
    client = ssl.create_default_context(cadata=https_keys.authority.pem.decode())

    old_reader, old_writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=client, server_hostname="lanchat.local"
    )
    assert https_keys.renew(["lanchat-2.local"], IPS) is True
    old_writer.write(b"still here\n")
    assert await old_reader.readline() == b"still here\n"

    _, new_writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="lanchat-2.local")
    assert new_writer.get_extra_info("ssl_object").version() == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="lanchat.local")

    for writer in (old_writer, new_writer):
        writer.close()
        await writer.wait_closed()
    server.close()
    await server.wait_closed()
