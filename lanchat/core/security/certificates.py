"""Makes and judges X.509 certificates: a name-constrained authority, and leaves for one host's names and addresses."""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_TIME = timedelta(days=3650)
LEAF_TIME = timedelta(days=397)  # browsers refuse more than 398 days
RENEW_TIME = timedelta(days=30)
CLOCK_SLACK = timedelta(days=1)  # guests' clocks are off, and often behind

# All that the authority can ever vouch for: whoever steals its key still can't pose as a site of
# the internet to those who trust it.
PERMITTED_NAMES = ("local", "localhost")
PERMITTED_NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)

Moment = datetime


@dataclass(frozen=True, slots=True)
class Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, in hex: it outlives the certificate."""
        return key_fingerprint(self.certificate)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def certificate_fingerprint(pem: bytes) -> str:
    """Raises ValueError for what is no certificate."""
    return key_fingerprint(x509.load_pem_x509_certificate(pem))


def key_fingerprint(certificate: x509.Certificate) -> str:
    encoded = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(encoded).hexdigest()


def make_authority(label: str, now: Moment, key: ec.EllipticCurvePrivateKey | None = None) -> Authority:
    """With an old `key`, the same authority under new dates."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    # The end of the name tells the authorities of two hosts apart in a phone's settings.
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"LanChat {label[:40]} {identifier.digest.hex()[:8]}".strip())]
    )
    permitted = [x509.DNSName(text) for text in PERMITTED_NAMES]
    permitted += [x509.IPAddress(network) for network in PERMITTED_NETWORKS]
    builder = (
        _builder(name, name, key.public_key(), now, AUTHORITY_TIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(identifier, critical=False)
    )
    return Authority(key, builder.sign(key, hashes.SHA256()))


def issue(
    authority: Authority, key: ec.EllipticCurvePublicKey, wanted: list[x509.GeneralName], now: Moment
) -> x509.Certificate:
    """A certificate for `wanted`, which `permitted()` has sifted."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LanChat")])
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _builder(name, authority.certificate.subject, key, now, LEAF_TIME)
        .add_extension(x509.SubjectAlternativeName(wanted), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signer, critical=False)
    )
    return builder.sign(authority.key, hashes.SHA256())


def permitted(names: Iterable[str], addresses: Iterable[str]) -> list[x509.GeneralName]:
    """What a leaf may carry: one name outside the constraints would make browsers refuse all of it."""
    hosts = {"localhost"} | {name for name in names if name.endswith(".local") and name.isascii()}
    ips = {ipaddress.ip_address(text) for text in ("127.0.0.1", "::1", *addresses) if is_permitted(text)}
    ordered = sorted(ips, key=lambda ip: (ip.version, int(ip)))
    return [*(x509.DNSName(name) for name in sorted(hosts)), *(x509.IPAddress(ip) for ip in ordered)]


def is_permitted(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return any(ip in network for network in PERMITTED_NETWORKS if network.version == ip.version)


def covers(leaf: x509.Certificate, wanted: Iterable[x509.GeneralName]) -> bool:
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(wanted) <= set(names)


def is_signed_by(leaf: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        leaf.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def lasts(certificate: x509.Certificate, now: Moment, at_least: timedelta = RENEW_TIME) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc - at_least


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: Moment,
    time: timedelta,
) -> x509.CertificateBuilder:
    begin = now - CLOCK_SLACK
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + time)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
