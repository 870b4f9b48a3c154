"""A document as data: a head, blocks, a foot. A new paper is a function that names its blocks; here they are drawn."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.printing import text
from desk.printing.blocks import edge, endings, tables
from desk.printing.elements.tags import HEAD_OF_ROW
from desk.printing.facts import OfficeFacts
from desk.printing.frames import A4, A4_LARGE, A4_ORGAN, A4_WEAK_EYES, A4_WIDE, A5, LEAST, MM, ROLL_58, ROLL_80
from desk.printing.pen import ACCENT, GREY, INK, PALE, Within
from desk.printing.sheet import About, Sheet, best

BLANK = "　"  # the value of a field that is written by hand; a field with "" is left out
FRAMES = {
    "A4": A4,
    "A4-large": A4_LARGE,
    "A4-organ": A4_ORGAN,
    "A4-weak-eyes": A4_WEAK_EYES,
    "A5": A5,
    "A4-wide": A4_WIDE,
    "80mm": ROLL_80,
    "58mm": ROLL_58,
}


class Fields(msgspec.Struct, frozen=True):
    """A ruled table of names and values, one or two pairs a row."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


class Table(msgspec.Struct, frozen=True):
    """A ruled table: columns are heading and share of the width. `empty` stands for no rows; with "" it is left out."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "（没有）"


class Heading(msgspec.Struct, frozen=True):
    """A heading with a bar."""

    words: str


class Text(msgspec.Struct, frozen=True):
    """A paragraph; `strong` in a frame, `quiet` small and grey."""

    words: str
    strong: bool = False
    quiet: bool = False


class Listed(msgspec.Struct, frozen=True):
    """A numbered list: 1. …"""

    lines: tuple[str, ...]


class Signatures(msgspec.Struct, frozen=True):
    """Two places to sign."""

    left: str
    right: str


class Seal(msgspec.Struct, frozen=True):
    """The place of the organ's seal, with the date under it; "" leaves a blank for it."""

    words: str = "（行政机关印章）"
    day: str = ""


class Closed(msgspec.Struct, frozen=True):
    """How a paper of an organ ends 落款: at the right its full name and the day; `seal` where there is room for one."""

    organ: str
    day: str
    seal: str = ""


class Copied(msgspec.Struct, frozen=True):
    """To whom a paper of an organ is copied, between two rules, a character free at each side."""

    words: str


class Bars(msgspec.Struct, frozen=True):
    """A chart of horizontal bars: names, numbers, and what is written after each number."""

    title: str
    lines: tuple[tuple[str, float, str], ...]


class Code(msgspec.Struct, frozen=True):
    """A QR at the right of what comes next; `beside` are the lines at its left."""

    code: str
    beside: tuple[str, ...]


class Edge(msgspec.Struct, frozen=True):
    """Frames at the edge of what a printer reaches; `margins` as it tells them, None where that is not known."""

    margins: edge.Margins | None = None


Block = Fields | Table | Heading | Text | Listed | Signatures | Seal | Closed | Copied | Bars | Code | Edge


class Document(msgspec.Struct, frozen=True):
    """All that is drawn. `number` is the document's own; `printed` says when and by whom; `mark` is the watermark.
    `organ`: whose paper it is, over its title in the place of the office that prints it; `copy` on each page of one
    that is no original. A paper of an organ is copied and copied again: all of it is in full ink."""

    title: str
    office: OfficeFacts
    blocks: tuple[Block, ...]
    paper: str = "A4"
    number: str = ""
    printed: str = ""
    mark: str = ""
    version: str = ""  # of the item that it is about
    organ: str = ""
    copy: str = ""
    kind: str = ""  # what papers are called whose title says more: 公示, 办件结果公示; "" for the title

    @property
    def called(self) -> str:
        """The label by which the reviewed Mongolian of its title is found."""
        return self.kind or self.title


def signed_by(who: str, name: str) -> str:
    """Where somebody signs: 代办员（苏和）签字, without brackets where no name is known."""
    return f"{who}（{name}）签字：" if name.strip() else f"{who}签字："


def told(parts: Iterable[tuple[str, str]], between: str = "　") -> str:
    """What is known of `parts` (what it is, its words), one after another: 咨询 0479-0000000　监督投诉 12345."""
    return between.join(f"{what} {words}".strip() for what, words in parts if words.strip())


def contacts(office: OfficeFacts, between: str = "　") -> str:
    """By which telephones an office is reached; "" where none is known."""
    return told((("咨询", office.phone), ("监督投诉", office.supervision_phone)), between)


def draw(document: Document) -> bytes:
    """The PDF. Equal documents give equal bytes."""
    frame = FRAMES[document.paper]
    foot = "  ".join(one for one in (document.number, document.version, document.printed) if one)
    office = document.office
    mark, lasting = marks(office, document.mark), bool(document.organ)
    about = About(
        document.title, foot, mark, office.scripts, office.pictures, lasting, document.copy, document.title,
        document.organ or named(office), document.printed,
    )  # fmt: skip
    return best(frame, about, lambda sheet: _draw(sheet, document))


def named(office: OfficeFacts) -> str:
    """The office by its full name."""
    return f"{office.banner}{office.township}{office.point_name}"


def office_mark(office: OfficeFacts) -> str:
    """The watermark of an office that is not a real one."""
    return "练习" if office.practice else "演示" if office.demonstration else ""


def marks(office: OfficeFacts, *own: str) -> str:
    """The watermark of a paper: that of an office that is not a real one, and the paper's own (副本, 示例)."""
    return "·".join(one for one in (office_mark(office), *own) if one)


def _draw(sheet: Sheet, document: Document) -> None:
    office, base = document.office, sheet.frame.base
    title = office.scripts.labels.get(document.called, "")
    if document.organ:
        _organ_head(sheet, document, title)
        return
    sheet.columns_at_left({office.point_name: office.point_name_mn, document.title: title}, sheet.frame.head)
    if sheet.leads and not sheet.beside and office.point_name_mn:
        sheet.mongolian_line(office.point_name_mn, base * 1.05, centred=True)
    sheet.centred(named(office), base * 1.05, ink=GREY)
    if office.scripts.order == "below" and office.point_name_mn:
        sheet.mongolian_line(office.point_name_mn, base * 1.05, centred=True)
    sheet.gap(base * 0.4)
    sheet.centred(document.title, sheet.frame.title, bold=True, tag="H1", called=document.called)
    if (mark := marks(office, document.mark)) and not sheet.frame.height:  # a roll has no watermark
        sheet.centred(f"—— {mark} ——", base)
    if document.number:
        number(sheet, document.number, base)
    sheet.gap(base * 0.9)
    _draw_blocks(sheet, document.blocks)


def number(sheet: Sheet, words: str, size: float) -> None:
    """A centred number, bold: it never parts, so on a narrow roll it gives way in size, not under `LEAST`."""
    wide = sheet.width(words, size, bold=True)
    sheet.centred(words, max(LEAST, size * sheet.room / wide * 0.999) if wide > sheet.room else size, bold=True)


def _organ_head(sheet: Sheet, document: Document, title: str) -> None:
    """The organ's full name, the title, its number."""
    base = sheet.frame.base
    sheet.columns_at_left({document.title: title}, sheet.frame.head)
    sheet.centred(document.organ, base * 1.25, heavy=True)
    sheet.gap(base * 0.3)
    sheet.centred(document.title, sheet.frame.title, heavy=True, tag="H1")
    if document.number:
        number(sheet, document.number, base)
    sheet.gap(base * 0.9)
    _draw_blocks(sheet, document.blocks)


def _draw_blocks(sheet: Sheet, blocks: tuple[Block, ...]) -> None:
    """The blocks, one under another; what closes the paper takes the end of the block before it along."""
    begins = next((at for at in range(len(blocks)) if _closes(sheet, blocks[at:])), len(blocks))
    for at, block in enumerate(blocks):
        is_last = begins - 1 <= at < len(blocks) - 1
        sheet.tail = _gap(sheet, block) + _height(sheet, blocks[at + 1 :]) if is_last else 0.0
        draw_block(sheet, block)
    sheet.tail = 0.0


def _closes(sheet: Sheet, blocks: tuple[Block, ...]) -> bool:
    """Whether these are only the end of a paper: seals, names, signatures, and a few lines with them."""
    ends = any(isinstance(one, Signatures | Seal | Closed) for one in blocks)
    return ends and all(isinstance(one, Signatures | Seal | Closed | Copied | Text) for one in blocks) and (
        _height(sheet, blocks) < (sheet.top - sheet.bottom) * 0.6
    )  # fmt: skip


def _height(sheet: Sheet, blocks: tuple[Block, ...]) -> float:
    """How high the end of a paper is, in points."""
    return sum(_high(sheet, one) for one in blocks)


def _high(sheet: Sheet, block: Block) -> float:
    base = sheet.frame.base
    match block:
        case Text(strong=True):
            return base * 1.6 * len(text.wrap(block.words, base * 1.1, sheet.room, text.BOLD)) + 2 * base
        case Text():
            lines = text.wrap(block.words, base, sheet.room, sheet.face)
            return base * sheet.frame.leading * len(lines) + _gap(sheet, block)
        case Signatures():
            return endings.signing_height(sheet, block.left, block.right)
        case Seal():
            return endings.SEAL
        case Closed():
            return endings.closed_height(sheet, block.organ, block.seal)
        case Copied():
            return endings.copied_height(sheet, block.words)
    return 0.0


def _gap(sheet: Sheet, block: Block) -> float:
    """What is left free under a block, in points."""
    match block:
        case Fields() | Table() | Text(strong=True):
            return sheet.frame.base * 0.7
        case Text():
            return sheet.frame.base * 0.3
    return 0.0


def draw_block(sheet: Sheet, block: Block) -> None:
    """One block from the pen downwards."""
    base = sheet.frame.base
    match block:
        case Fields():
            tables.fields(sheet, block.rows)
            sheet.gap(_gap(sheet, block))
        case Table(rows=(), empty="") | Text(words="") | Bars(lines=()):
            pass
        case Table():
            rows = block.rows or ((block.empty, *[""] * (len(block.columns) - 1)),)
            tables.table(sheet, block.columns, rows)
            sheet.gap(_gap(sheet, block))
        case Heading():
            sheet.heading(block.words)
        case Text(strong=True):
            sheet.boxed(block.words)
            sheet.gap(_gap(sheet, block))
        case Text():
            size = base * 0.9 if block.quiet else base
            sheet.paragraph(block.words, size, ink=GREY if block.quiet else INK)
            sheet.gap(_gap(sheet, block))
        case Listed():
            sheet.listed(block.lines, base * 0.3)
        case Signatures() | Seal() | Closed() | Copied():
            _end(sheet, block)
        case Edge():
            edge.frames(sheet, block.margins)
        case Bars():
            _bars(sheet, block)
        case Code():
            _code(sheet, block)


def _end(sheet: Sheet, block: Signatures | Seal | Closed | Copied) -> None:
    match block:
        case Signatures():
            endings.signatures(sheet, block.left, block.right)
        case Seal():
            endings.seal(sheet, block.words, block.day)
        case Closed():
            endings.closed(sheet, block.organ, block.day, block.seal)
        case Copied():
            endings.copied(sheet, block.words)


def _bars(sheet: Sheet, block: Bars) -> None:
    base = sheet.frame.base
    sheet.heading(block.title)
    label, most = sheet.room * 0.32, max((number for _, number, _ in block.lines), default=0) or 1
    whole: Within | None = None
    for name, number, words in block.lines:
        lines = text.wrap(name, base, label - 2 * MM, sheet.face)
        height = base * (0.5 + 1.2 * len(lines))
        sheet.need(height)
        sheet.y -= height
        left, room = sheet.left + label, sheet.room * 0.52
        sheet.pen.box(left, sheet.y + base * 0.25, room, base * 1.05, fill=PALE)
        sheet.pen.box(left, sheet.y + base * 0.25, room * number / most, base * 1.05, fill=ACCENT)
        whole = whole or sheet.pen.within("Table")
        with whole, sheet.pen.within("TR"):
            with sheet.pen.within("TH", HEAD_OF_ROW):
                for at, line in enumerate(lines):
                    sheet.words(sheet.left, sheet.y + base * (0.5 + 1.2 * (len(lines) - 1 - at)), line, base)
            with sheet.pen.within("TD"):
                sheet.words(left + room + 2 * MM, sheet.y + base * 0.5, words, base)
    sheet.gap(base * 0.8)


def _code(sheet: Sheet, block: Code) -> None:
    base, side = sheet.frame.base, min(32 * MM, sheet.room * 0.55)
    sheet.need(side)
    top, whole = sheet.y, sheet.room
    code = sheet.pen.qr(block.code, sheet.left + whole - side, top, side)
    sheet.room = whole - side - 4 * MM
    for words in block.beside:
        sheet.paragraph(words, base * 1.05)
    sheet.pen.last(code)
    sheet.room = whole
    sheet.y = min(sheet.y, top - side) - base * 0.5
