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
        self._plain: dict[int, str] = {}
        self._streams: dict[int, bytes] = {}
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
        self._plain[number] = body
        return number

    def stream(self, entries: str, data: bytes, number: int = 0, *, plain: bool = False) -> int:
        """A stream with its dictionary's further `entries`; `plain` leaves it readable for tools that know no PDF."""
        number = number or self.number()
        if not plain:
            data, entries = squeezed(data), f"{entries}/Filter/FlateDecode"
        self._streams[number] = b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode("latin-1"), len(data), data)
        return number

    def written(self, root: int, info: int) -> bytes:
        """The file, with the catalog and the information dictionary of these numbers."""
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self._pack(places)
        parts, at = [_HEAD], len(_HEAD)
        for number, body in self._streams.items():
            places[number] = (1, at, 0)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            at += len(parts[-1])
        digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32].upper()
        own = self.number()
        places[own] = (1, at, 0)
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, place, index in (places.get(one, (0, 0, 65535)) for one in range(own + 1))
        )
        data = squeezed(table)
        entries = (
            f"<</Type/XRef/Size {own + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
            f"/Filter/FlateDecode/Length {len(data)}>>stream\n"
        )
        end = f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n"
        return b"".join([*parts, b"%d 0 obj\n" % own, entries.encode(), data, end.encode()])

    def _pack(self, places: dict[int, tuple[int, int, int]]) -> None:
        """Objects without a stream into object streams (ISO 32000-1 §7.5.7)."""
        every = sorted(self._plain.items())
        for start in range(0, len(every), _PACKED):
            part, holder = every[start : start + _PACKED], self.number()
            at, heads = 0, list[str]()
            for index, (number, body) in enumerate(part):
                heads.append(f"{number} {at}")
                places[number] = (2, holder, index)
                at += len(body) + 1
            head = " ".join(heads) + "\n"
            data = head + "\n".join(body for _, body in part)
            self.stream(f"/Type/ObjStm/N {len(part)}/First {len(head)}", data.encode("latin-1"), holder)
