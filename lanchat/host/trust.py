"""Owns what a guest compares with the host's own screen before trusting its HTTPS."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from pydantic import ConfigDict
from quart import Blueprint

from lanchat.core.base.errors import NotFound
from lanchat.core.base.host_state import HostState
from lanchat.core.base.schemas import Payload
from lanchat.core.edge.rest import answers, current_chat, current_language, public
from lanchat.core.security.fingerprints import in_groups, in_words

routes = Blueprint("trust", __name__)


class TrustPayload(Payload):
    """The authority of this host's HTTPS, as people and their systems show it.

    The certificate comes over plain HTTP: only its own numbers, as the system shows them before it
    installs it, tell the right file from another.
    """

    model_config = ConfigDict(title="Trust")

    name: str
    """Of the authority, as systems list it."""
    words: str
    """Eight words of its key, in the reader's language; they outlive its certificate."""
    key: str
    """Fingerprint of its key, in hex; outlives its certificate."""
    sha256: str
    """Of the certificate, in pairs of hex digits."""
    sha1: str
    """Of the certificate, in pairs of hex digits; Windows shows no other."""


@routes.get("/api/trust")
@public
@answers(TrustPayload)
async def trust() -> TrustPayload:
    """The fingerprints of this host's HTTPS; 404 where it has none."""
    shown = shown_by(current_chat().host, current_language())
    if shown is None:
        raise NotFound
    return shown


def shown_by(host: HostState, language: str) -> TrustPayload | None:
    """What this host shows of itself, on its own screen and to its guests; None without HTTPS."""
    if not host.authority:
        return None
    certificate = x509.load_pem_x509_certificate(host.authority)
    (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return TrustPayload(
        name=str(name.value),
        words=in_words(host.fingerprint, language),
        key=in_groups(host.fingerprint),
        sha256=_in_pairs(certificate.fingerprint(hashes.SHA256())),
        sha1=_in_pairs(certificate.fingerprint(hashes.SHA1())),  # noqa: S303, what Windows shows
    )


def _in_pairs(digest: bytes) -> str:
    return digest.hex(" ").upper()
