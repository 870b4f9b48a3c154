"""A whole file: each sheet is a list, a guide or neither; what becomes of every row, before anything is kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desk.errors import RefusedError
from desk.law.item_tables import columns, guides, lists
from desk.law.item_tables.drafts import Draft, Known, Maker
from desk.words.sheets.docx_reader import TEXT
from desk.words.sheets.findings import Aside
from desk.words.sheets.grid import KEPT, Book, Sheet
from desk.words.sheets.headings import Heading, plain

LIST, GUIDE, NONE = "清单", "指南", ""
_MOST = 10_000  # rows of a file
_CLEAR = 4  # fields of a guide that are more than a chance


class Part(msgspec.Struct, frozen=True):
    """One sheet: what it is taken for, its heading, what it says beside items."""

    sheet: str
    what: str
    heading_row: int = 0
    headings: tuple[Heading, ...] = ()
    asides: tuple[Aside, ...] = ()
    count: int = 0


class Reading(msgspec.Struct, frozen=True):
    """What a file would become: its parts, the drafts, and what concerns the whole of it, in words."""

    file: str
    parts: tuple[Part, ...]
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...]

    @property
    def unknown(self) -> tuple[Heading, ...]:
        """Headings that are taken for nothing, each once."""
        found = {plain(one.text): one for part in self.parts for one in part.headings if one.text and not one.target}
        return tuple(found.values())

    @property
    def recognised(self) -> tuple[Heading, ...]:
        """Headings that are taken for something, each once."""
        found = {plain(one.text): one for part in self.parts for one in part.headings if one.text and one.target}
        return tuple(found.values())


def read(book: Book, known: Known, general: Mapping[str, str], taught: Mapping[str, str]) -> Reading:
    """Every item of the file as a draft. `general`: what somebody says for all of it; `taught`: what headings were
    taken for by hand (by `headings.plain`). Raises RefusedError for a file that is too long."""
    count = sum(len(sheet.rows) for sheet in book.sheets)
    if count > _MOST:
        raise RefusedError(f"文件里有 {count} 行，一次最多读 {_MOST} 行。", KEPT, "请分成几个文件再导入。")
    maker = Maker(known, general)
    parts, drafts = list[Part](), list[Draft]()
    for sheet in book.sheets:
        if sheet.rows and (sheet.name != TEXT or not drafts):
            part, made = _sheet(sheet, maker, taught)
            parts.append(part)
            drafts += made
    hidden = [f"工作表“{one.name}”是隐藏的。" for one in book.sheets if one.hidden and one.rows]
    return Reading(book.name, tuple(parts), tuple(drafts), (*book.notes, *hidden, *_missing(drafts, parts)))


def _sheet(sheet: Sheet, maker: Maker, taught: Mapping[str, str]) -> tuple[Part, list[Draft]]:
    _, columns_known = lists.heading_of(sheet, taught)
    told = guides.in_text(sheet, taught) if sheet.name == TEXT else guides.at_left(sheet, taught)
    fields = max((len(one.told) for one in told), default=0)
    is_guide = fields > columns_known or (fields >= _CLEAR and columns_known < _CLEAR - 1)
    if told and (is_guide or guides.is_whole(sheet.rows, taught)):
        made = [maker.draft(one.told, sheet.name, one.row) for one in told]
        names = [Heading(at, name, "") for at, name in enumerate(guides.unknown_of(told))]
        return Part(sheet.name, GUIDE, told[0].row, tuple(names), count=len(made)), made
    found = lists.found(sheet, taught)
    if found is None:
        return Part(sheet.name, NONE), []
    made = [maker.draft(told_of, sheet.name, row) for row, told_of in found.rows]
    return Part(sheet.name, LIST, found.heading_row, found.headings, found.asides, len(made)), made


def _missing(drafts: list[Draft], parts: list[Part]) -> list[str]:
    """What no column says and the program took for all rows of a list alike."""
    said = {one.target for part in parts if part.what == LIST for one in part.headings}
    if not any(part.what == LIST for part in parts) or not drafts:
        return []
    made = []
    if "task_code" not in said and any(one.before == 0 for one in drafts):
        made.append("表里没有实施编码，新事项由程序编了临时编码，有正式编码后请改。")
    if "exercise_level" not in said:
        made.append("表里没有行使层级，按实施主体的名称定；定不了的空着。")
    if columns.LIMIT in said:
        made.append("“办理时限”没有说是法定还是承诺的，按承诺时限取。")
    return made


def place(draft: Draft) -> str:
    """Where a draft comes from, for people."""
    return f"{draft.sheet} 第 {draft.row} 行" if draft.row else draft.sheet
