"""A guide in Mongolian: every section in columns from the left, its tables turned, its foot; what nobody reviewed in
Mongolian stands in Chinese among it and is said to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desk.printing import vertical
from desk.printing.elements.tags import HEAD_OF_COLUMN, HEAD_OF_ROW
from desk.printing.frames import SI_HAO, XIAO_SI
from desk.printing.guides.sections import Listing, Numbered, Pairs, Part, Section
from desk.printing.pen import INK, LINE, Within
from desk.printing.sheet import Sheet

CHINESE = "本节用汉文，还没有审定的蒙古文"
_NAME, _PAD, _LABEL_SHARE = 24.0, 4.0, 0.28
_SECTION = 1.1  # sizes left free before a section
# Part of the Mongolian text, its Chinese label, size in points: as a proof of the texts alone has them.
_PARTS = (
    ("name", "", _NAME), ("basis", "设定依据", SI_HAO), ("conditions", "受理条件", SI_HAO),
    ("materials", "申请材料", SI_HAO), ("times", "办理时限", SI_HAO), ("fees", "收费", SI_HAO),
    ("result", "办理结果", SI_HAO), ("place", "办理地点", SI_HAO), ("rights", "权利和救济", SI_HAO),
    ("faq", "常见问题", SI_HAO), ("flow", "运行流程图", SI_HAO),
)  # fmt: skip


class Columns:
    """Where the next column begins on the pages of `sheet`; the page turns when it is full."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.x = sheet, sheet.left
        self.high = sheet.top - sheet.bottom
        self.size = max(XIAO_SI, sheet.frame.base)

    def label(self, chinese: str) -> str:
        """The reviewed Mongolian of a label, else the label."""
        return self.sheet.about.scripts.labels.get(chinese, chinese)

    def room(self, wide: float) -> bool:
        """Turn the page unless `wide` points are left; whether it was turned."""
        edge = self.sheet.left + self.sheet.room
        if self.x + wide <= edge + 0.01 or self.x <= self.sheet.left:
            return False
        self.sheet.turn()
        self.x = self.sheet.left
        return True

    def words(self, words: str, size: float, tag: str = "P") -> None:
        """Columns of `words`; a line feed begins a new one. `tag`: what they are, H1 a title."""
        pitch = size * vertical.PITCH
        with self.sheet.pen.within(tag):
            for column in vertical.columns(words, size, self.high, self.sheet.face):
                self.room(pitch)
                vertical.draw(self.sheet.pen, self.x + pitch / 2, self.sheet.top, column, size, self.sheet.face)
                self.x += pitch

    def heading(self, chinese: str) -> None:
        """The name of a section, with a rule before it; never in the last columns of a page."""
        size = self.size * 1.2
        self.x += self.size * _SECTION if self.x > self.sheet.left else 0
        self.room(size * vertical.PITCH * 4)
        top, middle = self.sheet.top, self.x + size * 0.1
        self.sheet.pen.line(middle, top, middle, top - self.high * 0.35, size * 0.2, INK)
        self.x += size * 0.3
        self.words(self.label(chinese), size, "H2")

    def table(self, heads: Sequence[str], records: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """A table turned: each record a block of columns, its cells one under another, `shares` of the height; the
        names of the cells come first, and again on each page. No heads: the first cell of each record is its name."""
        whole = sum(shares)
        highs = [self.high * share / whole for share in shares]
        head = [self._cell(one, high) for one, high in zip(heads, highs, strict=True)] if heads else []
        self.x += self.size * 0.4
        table = self.sheet.pen.within("Table")
        if head and records:
            first = [self._cell(one, high) for one, high in zip(records[0], highs, strict=True)]
            self.room(_wide(head, self.size) + _wide(first, self.size))
            with table:
                places = self._places(len(head), HEAD_OF_COLUMN, len(head))
            self._block(head, highs, places)
        for record in records:
            with table:
                places = self._places(len(record), HEAD_OF_ROW, 0 if head else 1)
            cells = [self._cell(one, high) for one, high in zip(record, highs, strict=True)]
            most = int((self.sheet.room - _wide(head, self.size) - 2 * _PAD) / (self.size * vertical.PITCH))
            for at in range(0, max(map(len, cells), default=0), most):
                part = [one[at : at + most] for one in cells]
                if self.room(_wide(part, self.size)) and head:
                    with self.sheet.pen.artifact():
                        self._block(head, highs)
                self._block(part, highs, places)
        self.x += self.size * 0.4

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names over their values, those that have one."""
        named = [(self.label(name), value) for name, value in pairs if value]
        self.table((), named, (_LABEL_SHARE, 1 - _LABEL_SHARE))

    def _cell(self, words: str, high: float) -> list[vertical.Column]:
        return vertical.columns(words, self.size, high - 2 * _PAD, self.sheet.face)

    def _places(self, count: int, head: str, heads: int) -> list[Within]:
        """The elements of a record: `heads` of its cells are heads."""
        pen = self.sheet.pen
        with pen.within("TR"):
            return [pen.within("TH", head) if at < heads else pen.within("TD") for at in range(count)]

    def _block(
        self, cells: Sequence[Sequence[vertical.Column]], highs: Sequence[float], places: Sequence[Within] = ()
    ) -> None:
        wide, top, pitch = _wide(cells, self.size), self.sheet.top, self.size * vertical.PITCH
        for number, (columns, high) in enumerate(zip(cells, highs, strict=True)):
            self.sheet.pen.box(self.x, top - high, wide, high, edge=LINE)
            with places[number] if places else self.sheet.pen.artifact():
                for at, column in enumerate(columns):
                    middle = self.x + _PAD + pitch * (at + 0.5)
                    vertical.draw(self.sheet.pen, middle, top - _PAD, column, self.size, self.sheet.face)
            top -= high
        self.x += wide


def _wide(cells: Sequence[Sequence[object]], size: float) -> float:
    return max(map(len, cells), default=0) * size * vertical.PITCH + 2 * _PAD if cells else 0.0


def guide(
    sheet: Sheet,
    texts: Mapping[str, str],
    names: Sequence[str],
    proxy: Sequence[tuple[str, str]],
    sections: Sequence[Section],
) -> Columns:
    """The pages of a whole guide but its flow chart: `names` are whose it is and what it is called in Chinese, `proxy`
    whether somebody else may come."""
    sheet.columns_at_left({}, SI_HAO)
    made = Columns(sheet)
    for one in names[:-1]:
        made.words(one, SI_HAO)
    made.words(texts.get("name") or names[-1], _NAME, "H1")
    made.words(made.label("服务指南"), SI_HAO)
    made.pairs(proxy)
    for told in sections:
        section(made, told, texts)
    return made


def section(made: Columns, one: Section, texts: Mapping[str, str]) -> None:
    """A section: what was written of it in Mongolian, and in Chinese what was not; tables in any case."""
    made.heading(one.title)
    written = [texts[part] for part in one.texts if texts.get(part)]
    for words in written:
        made.words(words, made.size)
    if len(written) < max(1, len(one.texts)):
        made.words(made.label(CHINESE), made.size)
    for part in one.parts:
        _part(made, part, is_written=bool(written) and len(written) == len(one.texts))


def _part(made: Columns, part: Part, *, is_written: bool) -> None:
    match part:
        case Pairs():
            made.pairs([pair for row in part.rows for pair in row])
        case Listing():
            made.table([made.label(name) for name, _ in part.columns], part.rows, [share for _, share in part.columns])
        case Numbered() if not is_written:
            for number, words in enumerate(part.lines, 1):
                made.words(f"{number}. {words}", made.size)
        case str() if not is_written:
            made.words(part, made.size)


def page(sheet: Sheet, texts: Mapping[str, str]) -> None:
    """What was written alone: the name large, then each part, after its label if that has a Mongolian."""
    labels = sheet.about.scripts.labels
    sheet.columns_at_left({}, SI_HAO)
    made = Columns(sheet)
    for part, label, size in _PARTS:
        if not (words := texts.get(part, "")):
            continue
        if label in labels:
            made.words(labels[label], size * 1.1, "H2")
        made.words(words, size, "P" if label else "H1")
        made.x += size * 0.8
    sheet.y = sheet.bottom + 1
