"""The hashes of what was published, and who answers for them: checked with sha256sum and openssl, or by this program.

SHA256SUMS names every file but itself and its signature, as sha256sum writes it; the signature is Ed25519 over its
bytes. The key lies beside it for convenience: what counts is that it is the one that the centre makes known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desk import doors
from desk.errors import UNREADABLE, RefusedError
from desk.log.keys import signed_by
from desk.publication.listing import Listing, Signer

LIST, SIGNATURE, KEY, MANIFEST = "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem", "manifest.json"
VERIFY = f"openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {LIST} -sigfile {SIGNATURE}"
SUMS = f"sha256sum -c {LIST}"
_WITHOUT = (LIST, SIGNATURE)
_NOT = "不要当作发布的原件使用。"
_GROUP = 8


class File(msgspec.Struct, frozen=True):
    """A file of the publication."""

    path: str
    sha256: str
    bytes: int


class Manifest(msgspec.Struct, frozen=True):
    """manifest.json: who published what when. `key` is the hex of the Ed25519 key."""

    format: str
    name: str
    node: str
    key: str
    made: str
    catalogue: str
    items: int
    sample: bool
    files: tuple[File, ...]
    powers: int = 0  # of the power list; publications of before had none


FORMAT = "daiban-publication-1"


def seal(folder: Path, listing: Listing, signer: Signer, hashes: Mapping[str, tuple[str, int]]) -> None:
    """Write manifest, list of hashes, key and signature into `folder`; `hashes` are SHA-256 and size by path."""
    files = tuple(File(path, *hashes[path]) for path in sorted(hashes))
    made = Manifest(
        FORMAT,
        listing.name,
        signer.node,
        signer.public.hex(),
        listing.day.isoformat(),
        listing.catalogue.version,
        len(listing.items),
        listing.is_sample,
        files,
        len(listing.powers),
    )
    told = msgspec.json.format(msgspec.json.encode(made), indent=1)
    key = pem(signer.public)
    sums = {one.path: one.sha256 for one in files} | {MANIFEST: _digest(told), KEY: _digest(key)}
    listed = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()
    for name, data in ((MANIFEST, told), (KEY, key), (LIST, listed), (SIGNATURE, signer.sign(listed))):
        (folder / name).write_bytes(data)


def check(folder: Path, key: bytes = b"") -> Manifest:
    """What lies in `folder`, as its publisher signed it; with `key` by that very key. Raises RefusedError for anything
    that is missing, changed or put there by somebody else."""
    try:
        listed, signature, told = (doors.read_file(folder / name, doors.SITE) for name in (LIST, SIGNATURE, MANIFEST))
        made = msgspec.json.decode(told, type=Manifest)
        public = bytes.fromhex(made.key)
    except (OSError, ValueError, *UNREADABLE) as error:
        raise RefusedError("这个文件夹里没有完整的发布清单。", "", _NOT) from error
    if (key and public != key) or not signed_by(public, signature, listed):
        raise RefusedError("签名不是发布者的。", "", _NOT)
    _must_be_whole(folder, _sums(listed))
    return made


def _must_be_whole(folder: Path, sums: Mapping[str, str]) -> None:
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()} - set(_WITHOUT)
    wrong = [f"缺 {path}" for path in sums if path not in there]
    wrong += [f"多出 {path}" for path in sorted(there) if path not in sums]
    wrong += [f"改过 {path}" for path in sums if path in there and _digest_of(folder / path) != sums[path]]
    if wrong:
        raise RefusedError(f"有 {len(wrong)} 个文件不是发布的原样：{'，'.join(wrong[:3])}。", "", _NOT)


def _sums(listed: bytes) -> dict[str, str]:
    lines = (line.partition("  ") for line in listed.decode("utf-8", "replace").splitlines())
    return {path: digest for digest, _, path in lines}


def is_ours(folder: Path) -> bool:
    """Whether `folder` holds a publication, which another may take the place of."""
    try:
        told = doors.read_file(folder / MANIFEST, doors.SITE)
        return msgspec.json.decode(told, type=Manifest).format == FORMAT
    except (OSError, RefusedError, *UNREADABLE):
        return False


def pem(public: bytes) -> bytes:
    """The key as openssl reads it."""
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return Ed25519PublicKey.from_public_bytes(public).public_bytes(encoding, form)


def spaced(digits: str) -> str:
    """Hexadecimal digits in groups, for the eye and for the telephone."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def _digest_of(path: Path) -> str:
    """Read piece by piece, for a publication may hold large papers; "" for what is no file of those it was told of."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
