"""Owns the keys of this installation's HTTPS: its authority, and the certificate it renews by itself."""

import contextlib
import logging
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lanchat.core.base.private_file import write_private
from lanchat.core.security.certificates import (
    LEAF_TIME,
    RENEW_TIME,
    Authority,
    Moment,
    covers,
    is_signed_by,
    issue,
    lasts,
    make_authority,
    permitted,
)

CA_PATH = "/lanchat-ca.crt"  # every host hands out its authority's certificate here
CA_TYPE = "application/x-x509-ca-cert"

log = logging.getLogger(__name__)


class HttpsKeys:
    """`context` serves HTTPS, and takes up a renewed certificate for the connections that come after it."""

    def __init__(self, folder: Path, label: str = "", now: Moment | None = None) -> None:
        """Open or make the authority in `folder`. Takes a few milliseconds of computing and disk."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.authority = _open_authority(folder / "ca.pem", label, now or _now())
        self.context = server_context()
        self.leaf: x509.Certificate | None = None
        self._path = folder / "leaf.pem"

    @property
    def fingerprint(self) -> str:
        """What is advertised, shown and compared."""
        return self.authority.fingerprint

    def renew(self, names: Iterable[str], addresses: Iterable[str], now: Moment | None = None) -> bool:
        """See that the certificate covers these and isn't about to end. True when a new one was made."""
        now = now or _now()
        wanted = permitted(names, addresses)
        leaf = self.leaf or _read_leaf(self._path, self.authority)
        is_good = leaf is not None and covers(leaf, wanted) and lasts(leaf, now)
        if not is_good:
            key = ec.generate_private_key(ec.SECP256R1())
            leaf = issue(self.authority, key.public_key(), wanted, now)
            write_private(
                self._path, _private_pem(key) + leaf.public_bytes(serialization.Encoding.PEM) + self.authority.pem
            )
        if leaf is not self.leaf:
            self.context.load_cert_chain(self._path)
            self.leaf = leaf
        return not is_good


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Over HTTP/2 Socket.IO would stay on polling: it asks for an Upgrade header.
    context.set_alpn_protocols(["http/1.1"])
    return context


def _open_authority(path: Path, label: str, now: Moment) -> Authority:
    authority = _read_authority(path)
    if authority is not None and lasts(authority.certificate, now, LEAF_TIME + RENEW_TIME):
        return authority
    # The same key under new dates stays the same host to those who know its fingerprint.
    authority = make_authority(label, now, authority.key if authority else None)
    write_private(path, _private_pem(authority.key) + authority.pem)
    return authority


def _read_authority(path: Path) -> Authority | None:
    """A file that can't be read is put aside: its key may still be wanted."""
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return _parse_authority(pem)
    except (TypeError, ValueError):
        log.exception("the authority's file is damaged, so this host gets a new one: %s", path.name)
        path.replace(path.with_suffix(".damaged"))
        return None


def _parse_authority(pem: bytes) -> Authority:
    """Raises TypeError or ValueError unless it holds a key of our kind and the certificate of that key."""
    key = serialization.load_pem_private_key(pem, None)
    certificate = x509.load_pem_x509_certificate(pem)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise ValueError("the key and the certificate don't belong together")
    return Authority(key, certificate)


def _read_leaf(path: Path, authority: Authority) -> x509.Certificate | None:
    with contextlib.suppress(FileNotFoundError, ValueError):
        pem = path.read_bytes()
        serialization.load_pem_private_key(pem, None)
        leaf = x509.load_pem_x509_certificate(pem)
        return leaf if is_signed_by(leaf, authority.certificate) else None
    return None


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _now() -> Moment:
    return datetime.now(UTC)
