"""Every reader of bytes that others made, by name, with bytes that it takes: what the tests and the fuzzer feed.

Each gives a value or refuses with a `DeskError`; whatever else it raises is a fault.
"""

from __future__ import annotations

import functools
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import zstandard

from desk.errors import DeskError
from desk.law import holidays
from desk.law.catalogue import load
from desk.log import chain, events, receipt_code
from desk.log.keys import NodeKeys
from desk.sync import feed
from desk.sync.protocol import batch, kin, letters, parts, unlock, village_logs, wire
from desk.sync.protocol.envelope import Envelope
from desk.sync.protocol.near import guest, parcel, pieces, roster
from desk.sync.protocol.seal import seal, unseal_any
from desk.words import as_written, search_keys
from desk.words.sheets import opening, text_reader
from desk.words.sheets.grid import Watch

CORPUS = Path(__file__).parent / "corpus"
KEYS = NodeKeys(bytes(range(32)), bytes(range(1, 33)))
NODE = "152523202202-01"
_PUBLIC = KEYS.public()
_TEXT = wire.to_text(_PUBLIC.sign)
_HEADERS: dict[str, tuple[Envelope, msgspec.Struct]] = {
    "batch": (batch.BATCHES, batch.Header("log", NODE, 1, 1, 1, chain.GENESIS.hex(), seen="1.ab")),
    "letter": (letters.LETTERS, letters.Head(letters.LOG, NODE, "0123456789abcdef")),
    "part": (parts.PARTS, parts.Head("part", NODE, "ab" * 32, 0)),
}
_TOLD: dict[str, msgspec.Struct] = {
    "enrolled": wire.EnrolAnswer(NODE, NODE[:12], "01", "点", "152523000000-00", "中心", _TEXT, _TEXT, "t"),
    "hello": wire.HelloAnswer("152523000000-00", "中心", _TEXT, _TEXT, "t"),
    "problem": wire.problem("gap", 3),
    "files": wire.FileStateAnswer({"ab" * 32: 5}, "t"),
    "taken": wire.BatchAnswer(NODE, 5, "t"),
    "log": letters.LogAsk(NODE, 3),
    "agreed": letters.Agreed(1, 2, 3, 4),
}


class Reader(msgspec.Struct, frozen=True):
    """`read` takes `good`, and refuses anything else in words. `slow`: it wants a file, or many readings of a word."""

    good: bytes
    read: Callable[[bytes], object]
    slow: bool = False


def _enrol(data: bytes) -> object:
    asked = letters.read(data, wire.EnrolRequest)
    try:
        return wire.from_text(asked.sign_key), wire.from_text(asked.seal_key)
    except ValueError:
        return None


def _proved(data: bytes) -> object:
    return letters.proved(NODE, letters.read(data, letters.NewKeys))


def _foreign(data: bytes) -> object:
    kept = feed.foreign(data, NODE)
    return events.decode(kept.entry.kind, kept.entry.data)


def _event(data: bytes) -> object:
    kind, _, body = data.partition(b"\n")
    return events.decode(kind.decode("ascii", "replace"), msgspec.Raw(body))


def _judged(data: bytes) -> object:
    return receipt_code.judge(data.decode("utf-8", "surrogateescape"), lambda _node: (_PUBLIC.sign,))


def _words(data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    read = as_written.name(text), as_written.phone(text), as_written.day(text), as_written.number(text, "亩")
    return read, search_keys.question(text), search_keys.name_keys(text)


def _digits(data: bytes) -> object:
    return unlock.read_digits(data.decode("utf-8", "replace"), unlock.SECRET, "答复码")


@functools.cache
def _room() -> Path:
    return Path(tempfile.mkdtemp(prefix="outside-"))


def _file(data: bytes) -> object:
    place = _room() / "brought.xls"
    place.write_bytes(data)
    return opening.read_any(place, Watch())


def _part_of(name: str) -> Callable[[bytes], object]:
    """A packed file with one part."""

    def read(data: bytes) -> object:
        place = _room() / "packed.xlsx"
        with zipfile.ZipFile(place, "w") as out:
            out.writestr(name, data)
            if name != _SHEET:
                out.writestr(
                    _SHEET, '<worksheet><sheetData><row><c t="s" s="0"><v>0</v></c></row></sheetData></worksheet>'
                )
        return opening.read_any(place, Watch())

    return read


_SHEET = "xl/worksheets/sheet1.xml"
_PARTS = {
    _SHEET: '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_</t></is></c><c s="1"><f>1</f>'
    '<v>45000</v></c></row></sheetData><autoFilter/><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs>'
    '<xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/workbook.xml": '<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
    "xl/sharedStrings.xml": "<sst><si><t>a</t><rPh><t>b</t></rPh></si></sst>",
    "word/document.xml": '<w:document><w:p><w:t>a</w:t></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/>'
    "<w:vMerge/></w:tcPr><w:p><w:t>b</w:t></w:p></w:tc></w:tr></w:tbl></w:document>",
}


def _entry() -> bytes:
    return chain.make(
        node=NODE, seq=1, prev=chain.GENESIS, time="t", author="a", kind="case.archived", subject="s", rank=1,
        data=events.Act("乌兰"),
    ).encoded  # fmt: skip


def _catalogue() -> bytes:
    whole = load.seed()
    return msgspec.json.encode(msgspec.structs.replace(whole, regimes=whole.regimes[:1], items=whole.items[:1]))


def _readers() -> dict[str, Reader]:
    one, entry = struct.Struct(">I"), _entry()
    found = {name: Reader(form.pack(head, b"body", KEYS), form.peek) for name, (form, head) in _HEADERS.items()}
    found |= {
        name: Reader(msgspec.json.encode(told), functools.partial(letters.read, kind=type(told)))
        for name, told in _TOLD.items()
    }
    enrol = wire.EnrolRequest("CODE", _TEXT, _TEXT, "pc", NODE)
    ask = unlock.Ask(b"sealed", b"r" * 32, "suhe", "苏和", "t")
    part = village_logs.Part(NODE, NODE[:12], 1, 1)
    villages = village_logs.pack(village_logs.Told((), (part,), more=False, epoch=1, time="t"), batch.body_of([entry]))
    return found | {
        "entries": Reader(batch.body_of([entry]), batch.entries_of),
        "unpacked": Reader(one.pack(len(entry)) + entry, lambda data: batch.entries_of(zstandard.compress(data))),
        "enrol": Reader(msgspec.json.encode(enrol), _enrol),
        "new keys": Reader(msgspec.json.encode(letters.new_keys(NODE, KEYS)), _proved),
        "kin ask": Reader(msgspec.json.encode(kin.Ask({NODE: ("1.ab",)})), kin.read_ask),
        "kin": Reader(kin.pack(kin.Told((), more=False, epoch=1), [b"x"]), kin.unpack),
        "villages": Reader(villages, village_logs.unpack),
        "mark": Reader(b"12.abcd", lambda data: kin.marked(data.decode("utf-8", "surrogateescape"))),
        "unlock": Reader(msgspec.json.encode(ask), unlock.read_ask),
        "digits": Reader(unlock.spelt("1234" * 8).encode(), _digits),
        "sealed": Reader(seal(b"plain", _PUBLIC.seal), lambda data: unseal_any(data, (KEYS,))),
        "entry": Reader(entry, lambda data: chain.read(data, chain.GENESIS)),
        "foreign": Reader(entry, _foreign),
        "event": Reader(b"case.archived\n" + msgspec.json.encode(events.Act("乌兰", reasons="x")), _event),
        "catalogue": Reader(_catalogue(), load.load),
        "holidays": Reader(msgspec.json.encode(holidays.seed()), holidays.load),
        "receipt": Reader(receipt_code.make(KEYS, "152523202202012611240015").encode(), _judged),
        "words": Reader("阿拉坦·其其格 ２０２６年１１月２４日 139-0000-0001".encode(), _words, slow=True),
        "text": Reader("姓名,电话\n乌兰,139\n".encode(), lambda data: text_reader.lines(text_reader.decoded(data)[0])),
        **_near(),
        "file": Reader(b"<html><table><tr><td rowspan=2>a<td colspan=3>b</table></html>", _file, slow=True),
        **{f"part {name}": Reader(text.encode(), _part_of(name), slow=True) for name, text in _PARTS.items()},
    }


def _near() -> dict[str, Reader]:
    """What is said in a hall."""
    mine = parcel.Parcel({NODE: "1.ab"}, 1, 2, "t", (1, 2), window=parcel.Window("苏和", open=("1",)))
    listed = roster.Listed(NODE, (_TEXT,), _TEXT)
    signed = roster.pack(roster.Head(NODE, NODE[:12], 1, 2, "ab"), (listed,), KEYS)
    wanted, given = pieces.Ask((pieces.Wanted("ab" * 32, 5),)), pieces.Given("ab" * 32, 5, 6)
    asked = guest.Ask(NODE, letters.new_keys(NODE, KEYS, "pc"))
    told = guest.Told(NODE, _TEXT, _TEXT, guest.YES)
    return {
        "parcel": Reader(parcel.pack(mine, parcel.Parts(logs=(b"x",))), parcel.unpack),
        "roster": Reader(signed, lambda data: roster.unpack(data, NODE, _PUBLIC.sign)),
        "pieces ask": Reader(pieces.pack_ask(wanted), pieces.unpack_ask),
        "pieces": Reader(pieces.pack(pieces.Told((given,), ("cd" * 32,)), [b"x"]), pieces.unpack),
        "guest": Reader(msgspec.json.encode(asked), guest.read_ask),
        "guest told": Reader(guest.pack(told, signed), _guest_told),
    }


def _guest_told(data: bytes) -> object:
    told, _ = guest.unpack(data)
    return told.keys(), told.centre() if told.centre_sign else None


READERS = _readers()


NAMES = {
    "wire": [name for name, one in READERS.items() if not one.slow],
    "files": [name for name, one in READERS.items() if one.slow],
}


def one(sort: str, data: bytes) -> None:
    """Give bytes to the reader that the first one names. Raises what is a fault."""
    if not data:
        return
    names = NAMES[sort]
    try:
        READERS[names[data[0] % len(names)]].read(data[1:])
    except DeskError as error:
        if not error.happened:
            raise AssertionError("a refusal without words") from error


def corpus(sort: str) -> Iterator[bytes]:
    """What each reader takes, and what was found to reach something new."""
    for at, name in enumerate(NAMES[sort]):
        yield bytes([at]) + READERS[name].good
    kept = CORPUS / f"{sort}.zip"
    if kept.is_file():
        with zipfile.ZipFile(kept) as packed:
            for name in packed.namelist():
                yield packed.read(name)
