"""Pictures in an S3-compatible store, through obstore, which is loaded when the first one is asked for. The store
checks what came against its SHA-256, and is asked afterwards whether all of it is there."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import importlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from db.centre.pictures.places import MARK, MOST, NAMES, S3, Found, PlaceError, is_name, must_be_ours, path_of

_PATIENCE = {"timeout": "20s", "connect_timeout": "5s"}
_AGAIN = {"max_retries": 2, "retry_timeout": dt.timedelta(seconds=20)}
# What a store says of itself, and what is said of a line to it: the rest may name keys.
_TOLD = tuple(map(re.compile, (r"<Code>(\w+)</Code>", r"(\d{3} [A-Z][\w ]+?):", r"(timed out|error sending request)")))
_MD5 = re.compile(r'"?([0-9a-f]{32})"?')


class Bucket:
    """A bucket, or what lies below a prefix in one, that bears this centre's mark."""

    kind = S3

    def __init__(self, address: str, region: str, key_id: str, secret: str, *, in_host: bool) -> None:
        """`address` is `https://HOST/BUCKET/PREFIX`; with `in_host` the bucket is the first label of the host's name.
        Raises PlaceError where the library is missing."""
        try:
            obstore: Any = importlib.import_module("obstore")
            faults: Any = importlib.import_module("obstore.exceptions")
            stores: Any = importlib.import_module("obstore.store")
        except ImportError as error:
            raise PlaceError("这台机器没有装 obstore，用不了 S3 存储。") from error
        self._s3, self._faults = obstore, (faults.BaseError, OSError)
        parts = urlsplit(address)
        below = [one for one in parts.path.split("/") if one]
        bucket = parts.netloc.partition(".")[0] if in_host else below.pop(0)
        with self._in_words():
            self._store: Any = stores.S3Store(
                bucket,
                prefix="/".join(below) or None,
                endpoint=f"{parts.scheme}://{parts.netloc}",
                region=region or "us-east-1",
                virtual_hosted_style_request=in_host,
                access_key_id=key_id,
                secret_access_key=secret,
                checksum_algorithm="SHA256",
                client_options={"allow_http": parts.scheme == "http", **_PATIENCE},
                retry_config=_AGAIN,
            )

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        """What it answers, without what it says of the request."""
        try:
            yield
        except self._faults as error:
            if isinstance(error, PlaceError):
                raise
            told = next(filter(None, (one.search(str(error)) for one in _TOLD)), None)
            raise PlaceError(f"{NAMES[S3]}没有办成：{told[1] if told else type(error).__name__}") from error

    def own(self, owner: str, *, is_new: bool) -> None:
        """As `Place.own`."""
        if must_be_ours(S3, self._get(MARK), owner, is_new=is_new):
            with self._in_words():
                self._s3.put(self._store, MARK, owner.encode(), use_multipart=False)

    def put(self, name: str, sealed: bytes) -> None:
        """As `Place.put`: sent with its checksum, then asked after."""
        path = path_of(name)
        with self._in_words():
            self._s3.put(self._store, path, sealed, use_multipart=False)
            found = self._s3.head(self._store, path)
        mark = _MD5.fullmatch(str(found["e_tag"]))
        is_same = mark is not None and mark[1] == hashlib.md5(sealed, usedforsecurity=False).hexdigest()
        if found["size"] != len(sealed) or not (is_same or self._get(path) == sealed):  # keys of its own: another mark
            raise PlaceError(f"{NAMES[S3]}收下的与送去的不同。")

    def get(self, name: str) -> bytes | None:
        """As `Place.get`."""
        return self._get(path_of(name))

    def _get(self, path: str) -> bytes | None:
        with self._in_words():
            try:
                found = self._s3.get(self._store, path)
                return bytes(found.bytes()) if found.meta["size"] <= MOST else b""
            except FileNotFoundError:
                return None

    def size(self, name: str) -> int | None:
        """As `Place.size`."""
        with self._in_words():
            try:
                return int(self._s3.head(self._store, path_of(name))["size"])
            except FileNotFoundError:
                return None

    def drop(self, name: str) -> None:
        """As `Place.drop`."""
        with self._in_words(), contextlib.suppress(FileNotFoundError):
            self._s3.delete(self._store, path_of(name))

    def listed(self, prefix: str) -> Iterator[Found]:
        """As `Place.listed`."""
        pages = iter(self._s3.list(self._store, prefix or None, chunk_size=500))
        while True:
            with self._in_words():
                page = next(pages, None)
            if page is None:
                return
            for one in page:
                name = str(one["path"]).rpartition("/")[2]
                if is_name(name) and name.startswith(prefix):
                    yield Found(name, int(one["size"]), one["last_modified"].timestamp())

    def tidy(self, before: float) -> int:
        """As `Place.tidy`: nothing is there before it is whole."""
        del before
        return 0

    def room(self) -> int | None:
        """As `Place.room`."""
        return None
