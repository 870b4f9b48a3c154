"""The centre's own certificate authority: for a banner whose server has no name that a public one would certify.

Desks get the authority's certificate with their enrolment, proved by the centre's key, and trust nothing else.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from db.files import write_whole
from desk.centre.node.centre_node import AUTHORITY
from desk.errors import RefusedError

SERVER = "server.pem"
ROOT = "authority.key"  # by which other hosts of the centre get certificates of their own
_YEARS = 20
_BEFORE = dt.timedelta(days=3650)  # a village PC whose clock stands in the past must still get through


def make(folder: Path, hosts: list[str], now: dt.datetime) -> None:
    """A certificate for `hosts` (names or addresses) by the authority in `folder`, which is made where there is none.
    Raises RefusedError when there is a certificate already, or an authority without its key: desks that know it would
    be cut off by another."""
    if (folder / SERVER).exists() or ((folder / AUTHORITY).exists() and not (folder / ROOT).exists()):
        raise RefusedError("这个中心已经有自己的证书。", "没有改动。")
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Daiban centre")])
    root_key = _root(folder, root_name, now)
    server_key = ec.generate_private_key(ec.SECP256R1())
    server_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:60])])
    server = (
        _begun(server_name, root_name, server_key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_root=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_host(one) for one in hosts]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    write_whole(folder / SERVER, _pem(server_key) + server.public_bytes(Encoding.PEM))


def _root(folder: Path, name: x509.Name, now: dt.datetime) -> ec.EllipticCurvePrivateKey:
    """The authority's key; with a new one its certificate."""
    if (folder / ROOT).is_file():
        kept = load_pem_private_key((folder / ROOT).read_bytes(), None)
        if not isinstance(kept, ec.EllipticCurvePrivateKey):
            raise RefusedError(f"{ROOT} 不能识读。", "没有改动。")
        return kept
    key = ec.generate_private_key(ec.SECP256R1())
    root = (
        _begun(name, name, key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_root=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_whole(folder / ROOT, _pem(key))
    write_whole(folder / AUTHORITY, root.public_bytes(Encoding.PEM))
    return key


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + dt.timedelta(days=365 * _YEARS))
    )


def _usage(*, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
