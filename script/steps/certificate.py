"""How does a venue without a public name get https? An authority of its own, and a certificate that it signs.

The authority's key can vouch for any name to whoever trusts it: its certificate is limited to the names asked for,
and the key may be kept off the server.
"""

import argparse
import ipaddress
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIVES: Final = timedelta(days=10 * 365)
CERTIFICATE_LIVES: Final = timedelta(days=397)
"""Longer ones are refused by browsers of one big maker."""
_BACKDATED: Final = timedelta(days=1)
_KEY_MODE: Final = 0o600


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_authority(names: Sequence[x509.GeneralName], now: datetime) -> Pair:
    """Return an authority that may vouch for `names` alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _called("Givefirst door authority")
    builder = (
        _begun(subject, subject, key, now, AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints([_subtree(one) for one in names], None), critical=True)
    )
    return Pair(certificate=builder.sign(key, hashes.SHA256()), key=key)


def make_certificate(authority: Pair, names: Sequence[x509.GeneralName], now: datetime) -> Pair:
    """Return a server's certificate for `names`, signed by the authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    lives = min(CERTIFICATE_LIVES, authority.certificate.not_valid_after_utc - now)
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _begun(_called("Givefirst door"), authority.certificate.subject, key, now, lives)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signer, critical=False)
    )
    return Pair(certificate=builder.sign(authority.key, hashes.SHA256()), key=key)


def read_name(text: str) -> x509.GeneralName:
    """Return a host name or an address as a certificate names it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write `authority.pem`, `door.pem` and their keys; an authority that is there already signs again."""
    parser = argparse.ArgumentParser(prog="script/certificate", description=__doc__)
    parser.add_argument(
        "names", nargs="+", help="host names and addresses by which the tablet reaches the server"
    )
    parser.add_argument("--into", type=Path, default=Path("instance/tls"), help="the folder (instance/tls)")
    wanted = parser.parse_args(arguments)
    names = [read_name(text) for text in wanted.names]
    now = datetime.now(UTC)  # a command of its own: no clock of the house is there to be asked
    wanted.into.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority = _kept(wanted.into) or make_authority(names, now)
    _write(wanted.into, "authority", authority)
    _write(wanted.into, "door", make_certificate(authority, names, now))
    print(f"Install {wanted.into}/authority.pem on the tablet as a trusted authority.")
    print(f"Start the server with --certfile {wanted.into}/door.pem --keyfile {wanted.into}/door.key")
    return 0


def _kept(folder: Path) -> Pair | None:
    """Return the authority of an earlier run, so that tablets that trust it go on doing so."""
    certificate, key = folder / "authority.pem", folder / "authority.key"
    if not certificate.exists():
        return None
    read = serialization.load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(read, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{key} was not made by script/certificate; move it away.")
    return Pair(certificate=x509.load_pem_x509_certificate(certificate.read_bytes()), key=read)


def _write(folder: Path, name: str, pair: Pair) -> None:
    (folder / f"{name}.pem").write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))
    key = folder / f"{name}.key"
    key.touch(mode=_KEY_MODE)
    key.write_bytes(
        pair.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, lives: timedelta
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now - _BACKDATED + lives)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _subtree(name: x509.GeneralName) -> x509.GeneralName:
    """Return what the authority may vouch for: this name, or this one address."""
    if isinstance(name, x509.IPAddress):
        return x509.IPAddress(ipaddress.ip_network(str(name.value)))
    return name


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


if __name__ == "__main__":
    sys.exit(main())
