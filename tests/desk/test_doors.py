"""Each door of the table with more than it lets in: a refusal in Chinese, before the bytes fill the memory."""

from __future__ import annotations

import functools
import http.client
import io
import os
import re
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
import zstandard
from conftest import CHEAP, PASSWORD, Served
from fastapi import UploadFile
from PIL import Image
from PySide6.QtCore import QObject

from db import vault
from db.errors import DamagedError
from db.files import UnfitError, read_bounded
from desk import doors
from desk.app import opening
from desk.centre import publish_command, unlock_command
from desk.centre.exchange import searched
from desk.centre.run import backup, guard, sealed_file, settings
from desk.centre.web import uploads
from desk.counter import code_check
from desk.counter.office import backup_notes
from desk.counter.office.memos import Memos
from desk.doors import Door
from desk.errors import DeskError
from desk.log import chain
from desk.log.keys import NodeKeys
from desk.publication import manifest
from desk.release import package_file
from desk.sync import courier, mail
from desk.sync.protocol import batch, letters, parts, wire
from desk.sync.protocol.near import guest, roster
from desk.words import search_keys
from desk.words.sheets import grid, sheet_marks, text_reader
from desk.words.sheets import opening as sheets
from desk.words.sheets.grid import Watch
from ui.devices.scans import kinds, ofd_package, taking
from ui.models.roll_table import RollTable

TABLE = {name: value for name, value in vars(doors).items() if isinstance(value, Door)}
HELD = 40 << 20  # bytes in memory at once while any of them is refused: a village PC has 4 GB
Walk = Callable[[Path, Served], Callable[[], object]]


def large(path: Path, door: Door, start: bytes = b"") -> Path:
    """A file with a byte more than is read; it takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.write(start)
        out.truncate(door.most + 1)
    os.utime(path, (1, 1))  # nobody waits for its end
    return path


def swollen(path: Path, name: str, door: Door) -> Path:
    """A zip whose part says that it unpacks to a byte too many."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(name, "x")
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, door.unpacked + 1)
    path.write_bytes(data)
    return path


def ofd(folder: Path) -> bytes:
    """One element after another."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("OFD.xml", "<a>" + "<b/>" * doors.SCAN_PART.things + "</a>")
    return out.getvalue()


def picture(path: Path) -> Path:
    """Of one pixel, which says that it has more than are decoded."""
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    data = bytearray(out.getvalue())
    struct.pack_into(">II", data, 16, doors.RECEIPT_PICTURE.things // 1000 + 1, 1000)
    struct.pack_into(">I", data, 29, zlib.crc32(data[12:29]))
    path.write_bytes(data)
    return path


def dear(folder: Path) -> Path:
    """A vault that takes all memory to be opened."""
    vault.create(folder, "suhe", "苏和", PASSWORD, CHEAP)
    known = vault.read(folder)
    assert known is not None
    slot = msgspec.structs.replace(known.slots[0], cost=vault.Cost(3, 1 << 30, 1))
    for name in (vault.FILE, vault.COPY):
        (folder / name).write_bytes(msgspec.json.encode(vault.Vault((slot,))))
    return folder


def posted(served: Served, path: str, door: Door, cookie: str = "") -> str:
    """What is said to somebody who announces more than is let in, and sends it where it is the API that counts."""
    line = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=20)
    line.putrequest("POST", path)
    line.putheader("Content-Length", str(door.most + 1))
    line.putheader("Content-Type", "application/x-www-form-urlencoded")
    line.putheader("Cookie", f"{guard.COOKIE}={cookie}")
    line.endheaders(b"x" * (door.most + 1) if path.startswith("/v1") else None)
    answer = line.getresponse()
    told = answer.read().decode()
    line.close()
    assert answer.status in (400, 413), told
    return told


def uploaded(path: Path) -> bytes:
    with path.open("rb") as file:
        return uploads.sent(UploadFile(file, filename="a.json"))


def too_large_a_backup(folder: Path) -> Path:
    path = folder / "a.copy"
    with path.open("wb") as out:
        sealed = sealed_file.Writer(out, PASSWORD)
        with tarfile.open(fileobj=cast("io.BytesIO", sealed), mode="w|") as tar:
            info = tarfile.TarInfo("manifest.json")
            info.size = doors.CENTRE_BACKUP.most + 1
            tar.addfile(info, io.BytesIO(b" " * info.size))
        sealed.close()
    return path


def passed_over(folder: Path, _served: Served) -> Callable[[], object]:
    """Courier files are not refused one by one: the exchange tells of them."""
    large(folder / courier.FOLDER / courier.UP / "A.DBS", doors.CARRIED)
    found: list[Path] = []

    def walk() -> str:
        assert list(courier.files(folder, courier.UP, found)) == []
        return f"{found[0].name}：文件太大"

    return walk


def unnoted(folder: Path, _served: Served) -> Callable[[], object]:
    """A note that is none is as none: the backup stays one, by its folder's name."""
    place = folder / "20261124T093000"
    large(place / backup_notes.NOTE, doors.BACKUP_NOTE)
    return lambda: f"没有说明 {backup_notes.note_of(place).entries}"


def name_of_a_page(_folder: Path, _served: Served) -> Callable[[], object]:
    """A name is cut, not refused: whoever has one is found by its beginning."""
    made = "重行长乐" * 1000

    def walk() -> str:
        keys = search_keys.name_keys(made)
        assert max(len(one) for one in search_keys.readings(made)) < 7 * doors.NAME.things
        return f"名字的读音 {len(keys)}"

    return walk


def log_in(served: Served) -> str:
    return guard.log_in(served.centre, "wulan", PASSWORD)


def packed(header: batch.Header) -> bytes:
    return batch.BATCHES.pack(header, b"", NodeKeys.make())


def update_file(folder: Path, _served: Served) -> Callable[[], object]:
    """An update file that says that its list is longer than any."""
    path = large(folder / "a.DBU", doors.UPDATE)
    with path.open("r+b") as file:
        file.write(package_file.MAGIC + (doors.UPDATE.most + 1).to_bytes(4, "big"))
    return lambda: package_file.read(path, (bytes(32),))


WALKS: dict[str, Walk] = {
    "SHEET": lambda folder, _: lambda: sheets.read(swollen(folder / "a.xlsx", "xl/a.xml", doors.SHEET), Watch()),
    "OLD_SHEET": lambda folder, _: (
        lambda: sheets.read(large(folder / "a.xls", doors.OLD_SHEET, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Watch())
    ),
    "WEB_SHEET": lambda folder, _: lambda: sheets.read(large(folder / "a.xls", doors.WEB_SHEET, b"<html>"), Watch()),
    "ZIP": lambda _folder, _: lambda: doors.open_zip(b"PK\1\2" * (doors.ZIP.things + 1), "a.zip"),
    "DOCUMENT": lambda folder, _: (
        lambda: sheets.read_any(swollen(folder / "a.docx", "word/document.xml", doors.DOCUMENT), Watch())
    ),
    "SCAN": lambda folder, _: (
        lambda: list(
            taking.from_file(None, large(folder / "a.jpg", doors.SCAN, b"\xff\xd8\xff\xff\xd9"), lambda _words: None)  # type: ignore[arg-type]
        )
    ),
    "SCAN_PART": lambda folder, _: lambda: _in_words(ofd(folder)),
    "RECEIPT_PICTURE": lambda folder, _: functools.partial(code_check.read_picture, picture(folder / "a.png")),
    "PASTED": lambda _folder, _: lambda: RollTable(QObject()).paste(0, 0, "张三\n" * doors.PASTED.most),
    "ATTACHED": lambda folder, _: functools.partial(
        Memos(None, None).attach,  # type: ignore[arg-type]
        large(folder / "a.jpg", doors.ATTACHED),
    ),
    "NAME": name_of_a_page,
    "SITE": lambda folder, _: lambda: manifest.check(large(folder / "s" / manifest.LIST, doors.SITE).parent),
    "CARRIED": passed_over,
    "CARD": lambda folder, _: (
        lambda: mail.begin_enrolment(
            None,  # type: ignore[arg-type]
            None,  # type: ignore[arg-type]
            large(folder / mail.CARD, doors.CARD).parent,
            "ABCD-EFGH-0123-4567",
        )
    ),
    "UPDATE": update_file,
    "UNLOCK": lambda folder, _: lambda: unlock_command._read(large(folder / "a.DBQ", doors.UNLOCK)),
    "VAULT": lambda folder, _: lambda: opening.open_desk(dear(folder), "suhe", PASSWORD),
    "BACKUP_NOTE": unnoted,
    "ENVELOPE": lambda _folder, _: (
        lambda: batch.BATCHES.peek(
            packed(batch.Header("log", "152523202202-01", 1, 1, 1, seen="x" * doors.ENVELOPE.most))
        )
    ),
    "BATCH": lambda _folder, _: functools.partial(
        batch.entries_of, zstandard.compress(bytes(doors.BATCH.unpacked + 1))
    ),
    "PART": lambda _folder, _: functools.partial(parts.PARTS.peek, bytes(doors.PART.most + 1)),
    "ENTRY": lambda _folder, _: lambda: chain.read(bytes(doors.ENTRY.most + 1), chain.GENESIS),
    "MISSED": lambda _folder, _: too_many_words,
    "RELAYED": lambda _folder, served: lambda: posted(served, wire.RELAY, doors.RELAYED),
    "ROSTER": lambda _folder, _: lambda: roster.unpack(bytes(doors.ROSTER.most + 1), "152523000000-00", b""),
    "GUEST": lambda _folder, _: lambda: guest.read_ask(bytes(doors.GUEST.most + 1)),
    "HALL": lambda _folder, _: lambda: letters.LETTERS.peek(bytes(doors.HALL.most + 1)),
    "ANSWER": lambda _folder, _: lambda: letters.LETTERS.peek(bytes(doors.ANSWER.most + 1)),
    "ASKED": lambda _folder, served: lambda: posted(served, "/v1/batches", doors.ASKED),
    "ENROL": lambda _folder, served: lambda: posted(served, "/v1/enrol", doors.ENROL),
    "FORM": lambda _folder, served: lambda: posted(served, "/complain", doors.FORM),
    "STAFF_FORM": lambda _folder, served: lambda: posted(served, "/catalogue/x", doors.STAFF_FORM, log_in(served)),
    "UPLOAD": lambda folder, _: functools.partial(uploaded, large(folder / "a", doors.UPLOAD)),
    "PUBLISHED": lambda folder, _: lambda: publish_command._file(large(folder / "a.json", doors.PUBLISHED)),
    "SETTINGS": lambda folder, _: lambda: settings.read(large(folder / "a.toml", doors.SETTINGS)),
    "CENTRE_BACKUP": lambda folder, _: functools.partial(backup._unpack, too_large_a_backup(folder), PASSWORD, None),
}


def too_many_words() -> str:
    """A desk's entry of them has no effect; the centre says why."""
    found = searched.read(bytes(doors.MISSED.most + 1))
    assert isinstance(found, doors.Refusal)
    return found.words


def _in_words(data: bytes) -> str:
    with pytest.raises(ofd_package.BrokenError):
        ofd_package.Package(data)
    return "不是能打开的 OFD"


def test_every_door_is_walked() -> None:
    assert set(WALKS) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_too_much_is_refused_in_words(name: str, tmp_path: Path, served: Served) -> None:
    walk = WALKS[name](tmp_path, served)
    tracemalloc.start()
    try:
        try:
            told = str(walk())
        except DeskError as error:
            told = error.sentences()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert re.search("[\u4e00-\u9fff]{2}", told), told
    assert peak < HELD, peak >> 20


# -- what is no file ---------------------------------------------------------------------------------------------

READERS: dict[str, Callable[[Path], object]] = {
    "sheet": lambda path: sheets.read(path, Watch()),
    "document": lambda path: sheets.read_any(path, Watch()),
    "receipt": code_check.read_picture,
    "scan": kinds.settled,
    "catalogue": publish_command._file,
    "settings": settings.read,
    "request": unlock_command._read,
}


@pytest.mark.skipif(os.name != "posix", reason="pipes lie among the files on POSIX alone")
@pytest.mark.parametrize("name", READERS)
def test_a_pipe_is_refused_and_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    with pytest.raises(DeskError, match=r"[\u4e00-\u9fff]{2}"):
        READERS[name](tmp_path / "a.xlsx")


@pytest.mark.skipif(os.name != "posix", reason="pipes lie among the files on POSIX alone")
def test_pipes_in_the_place_of_files_are_told_as_damage(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / vault.FILE)
    with pytest.raises(DamagedError):
        vault.read(tmp_path)
    with pytest.raises(UnfitError):
        read_bounded(Path("/dev/zero"), 10)


def test_a_file_that_grows_while_it_is_read_is_no_larger_than_its_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    whole = os.fstat

    def small(descriptor: int) -> os.stat_result:
        found = list(whole(descriptor))
        found[6] = 3
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", small)
    assert read_bounded(path, 10) == b"x" * 10
    with pytest.raises(UnfitError):
        read_bounded(path, 9)


# -- what unfolds ------------------------------------------------------------------------------------------------


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(DeskError) as told:
        sheets.read(path, Watch())
    return told.value.happened


def test_lines_and_cells_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_reader, "MOST_LINES", 1000)
    monkeypatch.setattr(grid, "MOST_CELLS", 1000)
    monkeypatch.setattr(text_reader, "_LONGEST", 3000)
    assert "1000 行以上" in refusal(tmp_path / "a.csv", b"a" + b"\n" * 1001)
    assert "1000 格以上" in refusal(tmp_path / "a.csv", b"a,b\n" * 600)
    assert "第 2 行没有尽头" in refusal(tmp_path / "a.csv", b"a\n" + b"b" * 3001)


def test_the_lines_of_a_text_end_with_their_number() -> None:
    seen = 0

    def counted(text: str) -> object:
        nonlocal seen
        for one in text_reader._physical(text):
            seen += 1
            yield one

    with pytest.raises(DeskError, match="行以上"):
        list(counted("a" + "\n" * 1_100_000))
    assert seen == grid.MOST_LINES


def test_spans_tables_and_marks_without_end_in_a_web_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 10_000)
    assert "格以上" in refusal(tmp_path / "a.xls", b"<html><table><tr><td rowspan=1000 colspan=200>a")
    assert "格以上" in refusal(tmp_path / "a.xls", b"<html><table>" + b"<tr><td rowspan=100 colspan=50>a" * 3)
    assert "张以上的表" in refusal(tmp_path / "a.xls", b"<html>" + b"<table>" * 1001)
    assert "网页坏了" in refusal(tmp_path / "a.xls", b"<html><!--" + b"<!-- " * 100_000)


def test_a_table_that_opens_within_a_cell(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"<html><table><tr><td>a<table>b</table></table>")
    assert sheets.read(tmp_path / "a.xls", Watch()).sheets[0].rows[0].at(0).text == "a"


def test_styles_without_end_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a workbook says of fonts and borders is passed by; of styles there are no more than a program can have."""
    sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"

    def styled(inner: str) -> Path:
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("xl/worksheets/sheet1.xml", sheet)
            out.writestr("xl/styles.xml", f"<styleSheet>{inner}</styleSheet>")
        return tmp_path / "a.xlsx"

    monkeypatch.setattr(sheet_marks, "_MOST_MARKS", 100)
    passed = styled("<fonts>" + "<font x='1'/>" * 1000 + "</fonts>")
    assert sheets.read(passed, Watch()).sheets[0].rows[0].at(0).text == "1"
    with pytest.raises(DeskError, match="内容太多"):
        sheets.read(styled("<cellXfs>" + "<xf/>" * 101 + "</cellXfs>"), Watch())


def test_readings_of_a_long_name_are_made_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0

    def counted(choices: tuple[tuple[str, ...], ...]) -> object:
        nonlocal made
        for one in whole(choices):
            made += 1
            yield one

    whole = search_keys._by_difference
    monkeypatch.setattr(search_keys, "_by_difference", counted)
    assert len(search_keys.readings("重行长乐" * 200)) == 48
    assert made <= 8 * 48


# -- bodies that do not say how large they are -------------------------------------------------------------------


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_a_body_that_hides_its_size_is_counted(served: Served) -> None:
    def endless() -> object:
        for _ in range(40):
            yield b"x" * (64 << 10)

    answer = httpx.post(f"{served.address}/complain", content=endless(), headers=FORM, timeout=20)  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert "太大" in answer.text


def test_a_form_of_a_stranger_is_smaller_than_a_file_of_staff(served: Served) -> None:
    assert "太大（最多 1 MB）" in posted(served, "/catalogue/x", doors.FORM)
    assert "太大（最多 1 MB）" in posted(served, "/catalogue/x", doors.FORM, "no session")


def test_a_body_that_drips_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "FORM", msgspec.structs.replace(doors.FORM, seconds=0.2))
    line = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=20)
    line.putrequest("POST", "/complain")
    line.putheader("Content-Length", "100")
    line.putheader("Content-Type", "application/x-www-form-urlencoded")
    line.endheaders(b"a=")
    answer = line.getresponse()
    assert answer.status == 408
    assert "提交得太慢" in answer.read().decode()
    line.close()


# -- one of many -------------------------------------------------------------------------------------------------


def test_the_reader_of_one_of_many_raises_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def faulty(_data: bytes) -> int:
        raise ZeroDivisionError

    def refusing(_data: bytes) -> int:
        raise DeskError("不认得。")

    assert doors.taken(len, b"abc", doors.CARD) == 3
    assert doors.taken(refusing, b"", doors.CARD) == doors.Refusal("不认得。")
    assert doors.taken(faulty, b"", doors.CARD) == doors.Refusal("中心的名片读不出来，没有接收。")
    assert doors.taken(len, bytes(doors.CARD.most + 1), doors.CARD) == doors.Refusal("中心的名片超过 64 KB，没有读。")
    assert len(caplog.records) == 1
