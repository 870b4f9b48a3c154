"""Giving a neighbour the papers and pictures that it asks for: only what an entry of the point names."""

from __future__ import annotations

from db.desk import picture_rows
from desk.store.store import Store
from desk.sync.protocol.near import pieces
from desk.sync.protocol.near.pieces import Given, Told


def answer(store: Store, body: bytes) -> bytes:
    """The body of the answer to a question: as much as one answer holds, in the order in which it is wanted; the last
    one may be a part. Raises BatchError."""
    given, absent, parts, room = list[Given](), list[str](), list[bytes](), pieces.MOST
    with store.read() as db:
        for one in pieces.unpack_ask(body).wanted:
            data = picture_rows.may_be_given(db, one.sha256)
            if data is None or one.at > len(data) or len(data) > pieces.LARGEST:
                absent.append(one.sha256)
                continue
            part = data[one.at : one.at + room]
            given.append(Given(one.sha256, one.at, len(data)))
            parts.append(part)
            room -= len(part)
            if room <= 0:
                break
    return pieces.pack(Told(tuple(given), tuple(absent)), parts)
