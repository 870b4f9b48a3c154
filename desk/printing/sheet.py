"""A sheet: the blocks that every document is made of, flowing down pages that number themselves.

A document is a function that draws blocks on a sheet, once; what is known only at the end (how many pages, how long a
roll gets) is filled in then. With the date fixed, the same facts give the same bytes.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.printing import pen as pens
from desk.printing import text, vertical
from desk.printing.elements.tags import FOOT, HEAD, NUMBERED
from desk.printing.facts import Scripts
from desk.printing.file import writing
from desk.printing.frames import (
    LADDERS,
    LASTING,
    LEAST,
    MM,
    PAD,
    Frame,
)
from desk.printing.pen import DOT, GREY, INK, LINE, Pen, Within

_COUNT = re.compile(r"（\d+ 项）$")  # of a heading; its label is known without
_ROLL_START = 2000 * MM


class About(msgspec.Struct, frozen=True):
    """What the file and its foot say of the document, and what every page of it needs."""

    title: str
    foot: str  # left of the page number: all of it, whatever the length of the name
    watermark: str = ""
    scripts: Scripts = Scripts()
    pictures: Mapping[str, bytes] = {}
    lasting: bool = False  # rules and foot in full ink: what is photocopied again and again stays
    copy: str = ""  # in a frame at the head of each page
    named: str = ""  # what the paper is about, before the foot; cut where there is no room
    author: str = ""  # whose paper it is: the organ, or the office that prints it
    made: str = ""  # when: the first day named in it
    catalogue: str = ""  # version of the catalogue, and when and by whom it is printed, for a foot in other words
    printed: str = ""


class Sheet:
    """Where the pen is, and the blocks it can draw. y runs down from the top margin."""

    def __init__(self, frame: Frame, about: About) -> None:
        self.pen, self.frame, self.about = Pen(0.0 if frame.height else DOT), frame, about
        self.page = 1
        self.left = frame.left
        self.room = frame.width - frame.left - frame.right
        self.face = frame.face
        self.usual_foot()
        self.tail = 0.0  # what closes the paper, in points: it stands on a page with the end of the block before it
        self._headed = ""  # a heading that waits for something to stand under it
        self._strip: list[tuple[float, vertical.Column, float]] = []  # columns down the left of each page
        self._named: frozenset[str] = frozenset()  # the Chinese that they stand for
        self._start()

    def _start(self) -> None:
        self.y = (self.frame.height or _ROLL_START) - self.frame.top

    @property
    def top(self) -> float:
        """Where the first block of a page begins."""
        return (self.frame.height or _ROLL_START) - self.frame.top

    def need(self, height: float) -> None:
        """Begin a new page when less than `height` is left; draw the heading that waited for what comes now."""
        if self._headed:
            words, self._headed = self._headed, ""
            self._heading(words, height)
        if self.frame.height and self.y - height < self.bottom - 0.01 and self.y < self.top:
            self.turn()

    def turn(self) -> None:
        """Begin a new page. A heading that nothing followed is not drawn."""
        self._headed = ""
        self.finish()
        self.pen.turn()
        self.page += 1
        self._start()
        with self.pen.artifact(HEAD):  # what each page repeats
            self._draw_columns(self._strip)

    def finish(self) -> None:
        """The foot of this page; how many pages there are is known when it is drawn."""
        if not self.frame.height:
            return
        page, pages, frame, about, feet = self.page, self.pen.pages, self.frame, self.about, self.feet
        said = self._paging
        with self.pen.artifact(FOOT):
            self.pen.later(lambda pen: _foot(pen, frame, about, feet, _number(frame, said, page, len(pages))))
        if about.copy:
            with self.pen.artifact(HEAD):
                self.pen.later(lambda pen: _copy(pen, frame, about.copy))

    def footed(self, named: str, foot: str, paging: str) -> None:
        """Another foot for this page and those after it, `paging` before their numbers."""
        self._foot_is(msgspec.structs.replace(self.about, named=named, foot=foot), paging)

    def usual_foot(self) -> None:
        """The document's own foot for this page and those after it."""
        self._foot_is(self.about, "")

    def _foot_is(self, about: About, paging: str) -> None:
        self.feet, self._paging = _feet(self.frame, about), paging
        self.bottom = self.frame.bottom + max(0, len(self.feet) - 1) * _foot_size(self.frame) * 1.25

    def words(self, x: float, y: float, words: str, size: float, *, bold: bool = False, ink: str = INK) -> float:
        """A line at a place; the x where it ends."""
        return self.pen.words(x, y, words, size, text.BOLD if bold else self.face, ink)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide `words` get, in points."""
        return text.width(words, size, text.BOLD if bold else self.face)

    def mongolian(self, words: str) -> str:
        """The reviewed Mongolian of a label of this program; "" when there is none or it stands elsewhere."""
        scripts = self.about.scripts
        return scripts.labels.get(words, "") if scripts.order else ""

    @property
    def leads(self) -> bool:
        """Whether the Mongolian of a label stands over its Chinese."""
        return self.about.scripts.order in ("above", "left")

    @property
    def beside(self) -> bool:
        """Whether the names of point and paper stand in columns down the left: there is no room for them on a roll."""
        return self.about.scripts.order == "left" and bool(self.frame.height)

    def other_size(self, size: float) -> float:
        """The size of the Mongolian of words of `size`, in points: as the office set it, never under `LEAST`."""
        return max(size * self.about.scripts.ratio, LEAST)

    # -- blocks ------------------------------------------------------------------------------------------------

    def gap(self, height: float) -> None:
        """Leave `height` points free."""
        self.y -= height

    def centred(
        self, words: str, size: float, *, bold: bool = False, heavy: bool = False, ink: str = INK, tag: str = "P",
        called: str = "",
    ) -> None:  # fmt: skip
        """A centred line, wrapped when it must be; its Mongolian above or below it. `tag`: what it is, H1 a title;
        `called`: the label under which its Mongolian stands, where the words say more."""
        if not words.strip():
            return
        face = text.BOLD if bold else text.SONG if heavy else self.face
        lines = text.wrap(words, size, self.room, face)
        other = "" if self.beside and words in self._named else self.mongolian(called or words)
        self.need(size * 1.5 * len(lines) + self._other_high(other, size))
        with self.pen.within(tag):
            if other and self.leads:
                self.mongolian_line(other, size, centred=True)
            for line in lines:
                self.y -= size * 1.35
                left = self.left + (self.room - text.width(line, size, face)) / 2
                self.pen.words(left, self.y, line, size, face, ink, heavy=heavy)
            self.y -= size * 0.25
            if other and not self.leads:
                self.mongolian_line(other, size, centred=True)

    def mongolian_line(self, words: str, size: float, *, centred: bool = False) -> None:
        """A Mongolian line, lying, as large as the office set it; more lines of words that are longer than the room."""
        size = self.other_size(size)
        for line in text.wrap(words, size, self.room, self.face):
            self.y -= size * 1.45
            inner = (self.room - self.width(line, size)) / 2 if centred else 0
            self.words(self.left + inner, self.y + size * 0.2, line, size)

    def _other_high(self, words: str, size: float) -> float:
        size = self.other_size(size)
        return size * 1.45 * len(text.wrap(words, size, self.room, self.face)) if words else 0.0

    def paragraph(self, words: str, size: float = 0, *, bold: bool = False, ink: str = INK, tag: str = "P") -> None:
        """Text over the whole width; nothing for none. `tag`: what it is, H1 a title."""
        if not words.strip():
            return
        size = size or self.frame.base
        lines, step = text.wrap(words, size, self.room, text.BOLD if bold else self.face), size * self.frame.leading
        place: Within | None = None  # opened when the heading that waits stands
        for at, line in enumerate(lines):
            self.need(step * _together(at, len(lines)) + (self.tail if at >= len(lines) - 2 else 0))
            self.y -= step
            place = place or self.pen.within(tag)
            with place:
                self.words(self.left, self.y + size * 0.25, line, size, bold=bold, ink=ink)

    def listed(self, items: Sequence[str], gap: float = 0.0) -> None:
        """A numbered list: 1. …, each over the whole width, with `gap` points under each."""
        size, step = self.frame.base, self.frame.base * self.frame.leading
        whole: Within | None = None
        for number, words in enumerate(items, 1):
            label = f"{number}. "
            lines = text.wrap(label + words, size, self.room, self.face)
            body: Within | None = None
            for at, line in enumerate(lines):
                ends = number == len(items) and at >= len(lines) - 2
                self.need(step * _together(at, len(lines)) + (self.tail if ends else 0))
                self.y -= step
                x, y = self.left, self.y + size * 0.25
                if body is None:
                    whole = whole or self.pen.within("L", NUMBERED)
                    with whole, self.pen.within("LI"):
                        with self.pen.within("Lbl"):
                            x = self.words(x, y, label, size)
                        body = self.pen.within("LBody")
                with body:
                    self.words(x, y, line if at else line.removeprefix(label.rstrip()).lstrip(), size)
            self.gap(gap)

    def heading(self, words: str) -> None:
        """A heading with a bar at its left: drawn once something comes under it, never the last thing on a page."""
        self._headed = words

    def _heading(self, words: str, follows: float) -> None:
        size = self.frame.head
        plain = words.split("、", 1)[-1] if words[:1] in "一二三四五六七八九十" else words
        other = self.mongolian(_COUNT.sub("", plain))
        high = size * 2.5 + self._other_high(other, size)
        self.need(max(size * 5, high + min(follows, (self.top - self.bottom) / 2)))
        self.y -= size * 0.5
        with self.pen.within("H2"):
            if other and self.leads:
                self.mongolian_line(other, size)
            self.y -= size * 1.4
            self.pen.box(self.left, self.y - size * 0.12, size * 0.24, size, fill=INK)
            self.words(self.left + size * 0.6, self.y, words, size, bold=True)
            if other and not self.leads:
                self.mongolian_line(other, size)
            self.y -= size * 0.55

    def boxed(self, words: str, size: float = 0) -> None:
        """A bold statement in a frame: what must not be overlooked."""
        if not words.strip():
            return
        size = size or self.frame.base * 1.1
        lines = text.wrap(words, size, self.room - 6 * PAD, text.BOLD)
        place: Within | None = None
        while lines:
            self.need(size * 1.45 * _together(0, len(lines)) + 3 * PAD + (self.tail if len(lines) < 3 else 0))
            fitting = int((self.y - self.bottom - 3 * PAD) / (size * 1.45)) if self.frame.height else len(lines)
            if fitting == len(lines) - 1:
                fitting -= 1
            place = place or self.pen.within("P")
            with place:
                self._box(lines[: max(fitting, 1)], size)
            lines = lines[max(fitting, 1) :]

    def _box(self, lines: Sequence[str], size: float) -> None:
        height = size * 1.45 * len(lines) + 3 * PAD
        self.pen.box(self.left, self.y - height, self.room, height, edge=INK, weight=1)
        y = self.y - 1.5 * PAD
        for line in lines:
            y -= size * 1.45
            wide = self.width(line, size, bold=True)
            self.words(self.left + (self.room - wide) / 2, y + size * 0.38, line, size, bold=True)
        self.y -= height

    def columns_at_left(self, names: Mapping[str, str], size: float) -> None:
        """Mongolian columns down the left side of this page and those after it, by the Chinese that they stand for,
        the first of them outermost; all other blocks go right of them. None: from here on the side is free again."""
        self.left, self.room = self.frame.left, self.frame.width - self.frame.left - self.frame.right
        self._strip, self._named = [], frozenset(names)
        if self.beside:
            self.strip(names, size)

    def strip(self, names: Mapping[str, str], size: float) -> None:
        """Columns down the left side from this page on, whatever the order of the scripts."""
        size = self.other_size(size)
        pitch, high = size * vertical.PITCH, self.top - self.bottom
        for words in filter(None, names.values()):
            made = []
            for column in vertical.columns(words, size, high, self.face):
                made.append((self.left + pitch / 2, column, size))
                self.left += pitch
                self.room -= pitch
            with self.pen.within("P"):
                self._draw_columns(made)
            self._strip += made

    def _draw_columns(self, columns: Sequence[tuple[float, vertical.Column, float]]) -> None:
        for middle, column, size in columns:
            vertical.draw(self.pen, middle, self.top, column, size, self.face)


def _copy(pen: Pen, frame: Frame, words: str) -> None:
    """The frame at the right of a page's head."""
    size = frame.title * 0.8
    wide, high = text.width(words, size, text.BOLD) + size, size * 1.5
    left, low = frame.width - frame.right - wide, frame.height - 11 * MM - high
    pen.box(left, low, wide, high, edge=INK, weight=1.2)
    pen.words(left + size / 2, low + size * 0.4, words, size, text.BOLD)


def _together(at: int, lines: int) -> int:
    """How many lines of a paragraph stand together from this one on: none is alone at the end or the head of a page."""
    return min(2 if lines > 3 else lines, lines - at) if at in (0, lines - 2) else 1


def _foot_size(frame: Frame) -> float:
    return max(LEAST, min(frame.base * 0.8, 8.4))


def _feet(frame: Frame, about: About) -> list[str]:
    """The lines of a foot: what is cut when there is no room is the name alone."""
    size, face = _foot_size(frame), frame.face
    room = frame.width - frame.left - frame.right - text.width("第 888 页 / 共 888 页", size, face) - 4 * MM
    whole = "  ".join(one for one in (about.named, about.foot) if one)
    if not frame.height or text.width(whole, size, face) <= room:
        return [whole]
    lines = _by_parts(about.foot, size, room, face) if about.foot else []
    if len(together := _by_parts(whole, size, room, face)) <= max(2, len(lines)):
        return together
    return [_cut(about.named, size, room, face), *lines] if about.named else lines


def _by_parts(words: str, size: float, room: float, face: str) -> list[str]:
    """Lines that end between the parts of a foot, where that takes no line more; else wherever they are full."""
    usual, lines = text.wrap(words, size, room, face), [""]
    for part in words.split("  "):
        line = f"{lines[-1]}  {part}".strip()
        if text.width(line, size, face) <= room:
            lines[-1] = line
        else:
            lines += text.wrap(part, size, room, face)
    lines = [one for one in lines if one]
    return lines if len(lines) <= len(usual) else usual


def _cut(words: str, size: float, room: float, face: str) -> str:
    first, *more = text.wrap(words, size, room - size, face)
    return f"{first}…" if more else first


def _number(frame: Frame, paging: str, page: int, pages: int) -> str:
    if paging:
        return f"{paging} {page} / {pages}"
    return f"—{page}—" if frame.closing else f"第 {page} 页 / 共 {pages} 页"


def _foot(pen: Pen, frame: Frame, about: About, feet: Sequence[str], number: str) -> None:
    size, face = _foot_size(frame), frame.face
    step, edge = size * 1.25, frame.width - frame.right
    y = frame.bottom - 6 * MM + step * max(0, len(feet) - 1)
    ink, line, rule = (INK, INK, LASTING) if about.lasting else (GREY, LINE, 0.4)
    pen.line(frame.left, y + 3.6 * MM, edge, y + 3.6 * MM, rule, line)
    for words in feet:
        pen.words(frame.left, y, words, size, face, ink)
        y -= step
    pen.words(edge - text.width(number, size, face), y + step, number, size, face, ink)


def render(frame: Frame, about: About, document: Callable[[Sheet], None], *, feet: bool = True) -> bytes:
    """The PDF of `document` on `frame`."""
    return writing.pdf(*drawn(frame, about, document, feet=feet))


def best(frame: Frame, about: About, document: Callable[[Sheet], None]) -> bytes:
    """The PDF of `document`, drawn more than once, in the largest type that takes no page more than the least: what
    would leave three lines on a page of their own is set closer, half a page is filled."""
    return writing.pdf(*well_set(frame, about, document))


def well_set(frame: Frame, about: About, document: Callable[[Sheet], None]) -> tuple[Pen, pens.File]:
    """What is drawn for `best`, and what its file says."""
    largest, *smaller = LADDERS.get(frame, (frame,))
    first = drawn(largest, about, document)
    if len(first[0].pages) == 1 or not smaller:
        return first
    least = drawn(smaller.pop(), about, document)
    tried = itertools.chain([first], (drawn(one, about, document) for one in smaller))
    return next((one for one in tried if len(one[0].pages) <= len(least[0].pages)), least)


def drawn(frame: Frame, about: About, document: Callable[[Sheet], None], *, feet: bool = True) -> tuple[Pen, pens.File]:
    """What is drawn of `document` on `frame`, and what its file says."""
    sheet = Sheet(frame, about)
    document(sheet)
    if feet:
        sheet.finish()
    height = frame.height or math.ceil((_ROLL_START - sheet.y + frame.bottom) / DOT) * DOT
    rise = 0.0 if frame.height else height - _ROLL_START
    mark = about.watermark if frame.height else ""
    return sheet.pen, pens.File(
        about.title, frame.width, height, rise, mark, about.pictures, author=about.author, made=about.made
    )  # fmt: skip
