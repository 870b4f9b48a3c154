"""Writing a publication: aside first, then in the place of the one before; given up, it leaves nothing behind."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

import resources
from db.files import take_place
from desk.errors import CancelledError, RefusedError, SurroundingsError
from desk.law.bodies.body import Body
from desk.law.item_tables import export
from desk.printing import guide
from desk.publication import board, list_pages, manifest, power_pages, search_data, side_by_side
from desk.publication.flow_svg import flow_chart
from desk.publication.item_page import item_page
from desk.publication.listing import Listing, Signer, file_name
from desk.sync.outcome import Cancelled, Report, SyncProgress

_KEPT = "原来发布的没有动。"
_FONT = "fonts/NotoSansMongolian-Regular.ttf"
_STOPPED = ("发布已停下。", "没有留下不完整的文件，原来发布的没有动。")
_SHEETS = "boards"
_Given = tuple[Listing, Path, list[str]]  # the list, the folder to write into, the divisions that have a sheet


class _Piece(msgspec.Struct, frozen=True):
    """What is drawn at a stroke: the pages or the paper of one item, the sheet of one place, the book; `at` is which
    of these."""

    step: str
    at: int = 0


class _File(NamedTuple):
    path: str
    sha256: str
    size: int


_PAGE, _GUIDE, _BOARD, _BOOK = "写网页", "写每个事项的打印版", "写公示栏张贴页", "排印汇编"
_AT_ONCE = {_PAGE: 60, _GUIDE: 20}  # how many a second process is asked for at a time; of the others one
_MANY = 300  # items: for fewer, a second process takes longer to begin than to help


class _Pile:
    """Files as they are written, with their hashes."""

    def __init__(self, folder: Path, report: Report, cancelled: Cancelled) -> None:
        self.folder, self.hashes = folder, dict[str, tuple[str, int]]()
        self._report, self._cancelled = report, cancelled

    def put(self, path: str, data: bytes | str) -> None:
        """Write a file, where nobody gave it up."""
        if self._cancelled():
            raise CancelledError(*_STOPPED)
        self.has(_write_file(self.folder, path, data))

    def has(self, *files: _File) -> None:
        """These were written."""
        self.hashes.update((one.path, (one.sha256, one.size)) for one in files)

    def step(self, words: str, done: int, total: int) -> None:
        """Tell how far it is; raises CancelledError."""
        if self._cancelled():
            raise CancelledError(*_STOPPED)
        self._report(SyncProgress(words, done, total))


def _write_file(folder: Path, path: str, data: bytes | str) -> _File:
    data = data.encode() if isinstance(data, str) else data
    (folder / path).write_bytes(data)
    return _File(path, hashlib.sha256(data).hexdigest(), len(data))


def publish(listing: Listing, folder: Path, signer: Signer, report: Report, cancelled: Cancelled) -> None:
    """Write the whole list into `folder`, which is new, empty or holds a publication of before. Raises RefusedError for
    another folder, CancelledError, SurroundingsError where the disk does not take it; `folder` is as before then."""
    if not listing.items and not listing.powers:
        raise RefusedError("没有可以公布的事项。", _KEPT, "请先发布核定备案、已经实施的事项。")
    _must_be_free(folder)
    aside = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside.mkdir()
        _write(listing, _Pile(aside, report, cancelled), signer)
        _take_place(aside, folder)
    except OSError as error:
        words = f"写不进去（{error.strerror or error}）。"
        raise SurroundingsError(words, _KEPT, "请看磁盘或U盘是否满了、是否写保护，再试一次。") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _must_be_free(folder: Path) -> None:
    if folder.is_mount() or folder == folder.parent:
        raise RefusedError("不能直接发布到盘的根目录。", "没有写。", "请写一个新文件夹，如 盘上的“办事指南”。")
    if folder.exists() and not (folder.is_dir() and (manifest.is_ours(folder) or not any(folder.iterdir()))):
        raise RefusedError("这个文件夹里有别的文件。", "没有写。", "请写一个新文件夹，或原来发布过的文件夹。")


def _take_place(aside: Path, folder: Path) -> None:
    """Put the new one where the old one is; the old one comes back where that fails."""
    before = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.old")
    stood = folder.exists()
    if stood:
        take_place(folder, before)
    try:
        take_place(aside, folder)
    except OSError:
        if stood:
            take_place(before, folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _write(listing: Listing, pile: _Pile, signer: Signer) -> None:
    for name in ("items", "flow", "guides", power_pages.FOLDER, _SHEETS):
        (pile.folder / name).mkdir()
    places = board.places(listing) if listing.items else []
    _pieces(listing, pile, places)
    _powers(listing, pile)
    _data(listing, pile)
    sheets = [(_sheet(body.division), body.name) for body in places]
    pile.put("index.html", list_pages.index(listing))
    pile.put("bodies.html", list_pages.bodies_page(listing))
    pile.put("download.html", list_pages.download_page(listing, signer.public, sheets))
    pile.step("写清单、签名", 1, 1)
    manifest.seal(pile.folder, listing, signer, pile.hashes)


def _pieces(listing: Listing, pile: _Pile, places: Sequence[Body]) -> None:
    """Pages and papers, by two processes where that helps."""
    count = len(listing.items)
    pieces = [_Piece(step, at) for step in (_PAGE, _GUIDE) for at in range(count)]
    pieces += [_Piece(_BOARD, at) for at in range(len(places))]
    pieces += [_Piece(_BOOK)] if count else []
    whole = Counter(one.step for one in pieces) | {_BOOK: count}
    done = Counter[str]()

    def told(piece: _Piece, at: int) -> None:
        pile.step(piece.step, done[piece.step] + at, whole[piece.step])

    given = listing, pile.folder, [one.division for one in places]
    if count < _MANY or side_by_side.cores() < 2:
        made = side_by_side.alone(_draw, given, pieces, told)
    else:
        made = side_by_side.together(_draw, given, pieces, told, lambda piece: _AT_ONCE.get(piece.step, 1))
    with contextlib.closing(made):
        for piece, files in made:
            pile.has(*files)
            done[piece.step] += 1


def _powers(listing: Listing, pile: _Pile) -> None:
    pile.put(power_pages.LIST, power_pages.index(listing))
    pile.put("powers.csv", power_pages.as_csv(listing))
    pile.put("powers.json", power_pages.as_json(listing))
    for at, item in enumerate(listing.powers):
        pile.step("写权力清单", at, len(listing.powers))
        pile.put(f"{power_pages.FOLDER}/{file_name(item.task_code)}.html", power_pages.power_page(listing, item))


def _draw(given: _Given, piece: _Piece, told: side_by_side.Told[_Piece]) -> list[_File]:
    """Write a piece; the book tells how far it is, another piece that it begins."""
    listing, folder, divisions = given
    told(piece, 0)
    if piece.step == _BOARD:
        division = divisions[piece.at]
        return [_write_file(folder, _sheet(division), board.sheet(listing, division))]
    if piece.step == _BOOK:
        return [_write_file(folder, "book.pdf", book(listing, lambda at: told(piece, at)))]
    item = listing.items[piece.at]
    name = file_name(item.task_code)
    if piece.step == _GUIDE:
        pdf = guide.guide(listing.chosen(item), listing.catalogue, listing.office())
        return [_write_file(folder, f"guides/{name}.pdf", pdf)]
    made = [_write_file(folder, f"items/{name}.html", item_page(listing, item))]
    if item.steps:
        made.append(_write_file(folder, f"flow/{name}.svg", flow_chart(item)))
    return made


def _sheet(division: str) -> str:
    return f"{_SHEETS}/{division}.pdf"


def book(listing: Listing, before: Callable[[int], None] = lambda _at: None) -> bytes:
    """All guides as a book with contents, by theme; `before` as in `guide.booklet`."""
    chosen = [listing.chosen(one) for one in list_pages.in_order(listing)]
    return guide.booklet(chosen, listing.catalogue, listing.office(), before)


def _data(listing: Listing, pile: _Pile) -> None:
    whole = msgspec.structs.replace(listing.catalogue, items=listing.items)
    pile.put("catalogue.json", export.as_json(whole))
    pile.put("catalogue.schema.json", msgspec.json.format(msgspec.json.encode(export.schema()), indent=1))
    pile.put("items.csv", export.as_csv(listing.items))
    pile.put("words.json", msgspec.json.format(msgspec.json.encode(list_pages.words_json(listing)), indent=1))
    pile.put("search-data.js", search_data.script(listing))
    for name in ("site.css", "site.js", "icon.svg"):
        pile.put(name, resources.read(f"site/{name}"))
    if listing.has_mongolian:
        pile.put("mongolian.css", _mongolian())
        pile.put("mongolian-OFL.txt", resources.read("fonts/NotoSansMongolian-OFL.txt"))


def _mongolian() -> bytes:
    """The face within the style sheet: opened from a disk, some browsers load no font that lies beside a page."""
    face = base64.b64encode(resources.read(_FONT))
    return resources.read("site/mongolian.css").replace(b"FACE", face)
