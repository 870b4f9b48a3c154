"""The objects of a PDF 1.7 and how they become a file: those without a stream lie packed in object streams."""

from __future__ import annotations

import hashlib
import zlib

_PACKED = 400  # objects in one object stream
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def squeezed(data: bytes) -> bytes:
    """Fast rather than small: a receipt gets 4 % larger and is there a quarter sooner."""
    return zlib.compress(data, 1)


def text(words: str) -> str:
    """`words` as a text string of PDF: UTF-16 in hexadecimal."""
    return f"<FEFF{words.encode('utf-16-be', 'replace').hex().upper()}>"


class Objects:
    """Numbered objects. Equal objects in equal order give equal bytes."""

    def __init__(self) -> None:
        self._plain: list[tuple[int, str]] = []  # those that are not packed yet
        self._parts, self._at = [_HEAD], len(_HEAD)
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self._last = 0

    def number(self) -> int:
        """A number for an object that is put later."""
        self._last += 1
        return self._last

    def numbers(self, count: int) -> int:
        """The first of `count` numbers in a row."""
        first, self._last = self._last + 1, self._last + count
        return first

    def put(self, body: str, number: int = 0) -> int:
        """An object without a stream; its number."""
        number = number or self.number()
        self._plain.append((number, body))
        if len(self._plain) == _PACKED:
            self._pack()
        return number

    def stream(self, entries: str, data: bytes, number: int = 0, *, plain: bool = False) -> int:
        """A stream with its dictionary's further `entries`; `plain` leaves it readable for tools that know no PDF."""
        number = number or self.number()
        if not plain:
            data, entries = squeezed(data), f"{entries}/Filter/FlateDecode"
        said = entries.encode("latin-1")
        body = b"%d 0 obj\n<<%s/Length %d>>stream\n%s\nendstream\nendobj\n" % (number, said, len(data), data)
        self._places[number] = (1, self._at, 0)
        self._parts.append(body)
        self._at += len(body)
        return number

    def written(self, root: int, info: int) -> bytes:
        """The file, with the catalog and the information dictionary of these numbers."""
        self._pack()
        own, places = self.number(), self._places
        places[own] = (1, self._at, 0)
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, place, index in (places.get(one, (0, 0, 65535)) for one in range(own + 1))
        )
        seen = hashlib.sha256()
        for part in self._parts:
            seen.update(part)
        digest = seen.hexdigest()[:32].upper()
        data = squeezed(table)
        entries = (
            f"<</Type/XRef/Size {own + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
            f"/Filter/FlateDecode/Length {len(data)}>>stream\n"
        )
        end = f"\nendstream\nendobj\nstartxref\n{self._at}\n%%EOF\n"
        return b"".join([*self._parts, b"%d 0 obj\n" % own, entries.encode(), data, end.encode()])

    def _pack(self) -> None:
        """What has no stream into an object stream (ISO 32000-1 §7.5.7)."""
        part, self._plain = self._plain, []
        if not part:
            return
        holder, at, heads = self.number(), 0, list[str]()
        for index, (number, body) in enumerate(part):
            heads.append(f"{number} {at}")
            self._places[number] = (2, holder, index)
            at += len(body) + 1
        head = " ".join(heads) + "\n"
        data = head + "\n".join(body for _, body in part)
        self.stream(f"/Type/ObjStm/N {len(part)}/First {len(head)}", data.encode("latin-1"), holder)
