"""Where in a sheet the heading stands, which rows are people, and which are titles, totals and notes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desk.counter.importing import spellings
from desk.counter.importing.findings import Aside
from desk.words import tidying
from desk.words.sheets.grid import Book, Row, Sheet
from desk.words.sheets.heading_rows import filled, heads, is_heading, last_of_heading, words
from desk.words.sheets.headings import Target, matched, plain

_SEARCHED = 40  # rows in which a heading is looked for


class Layout(msgspec.Struct, frozen=True):
    """A sheet taken apart. `heads` are the headings by column (from 0); `rows` the people; `asides` the rest."""

    heads: tuple[str, ...]
    heading_row: int
    rows: tuple[Row, ...]
    asides: tuple[Aside, ...]


def best_sheet(book: Book, targets: Sequence[Target]) -> str:
    """The sheet that a roll most likely stands in: seen before hidden, more columns known, more rows; "" for none."""
    marks = [
        (not sheet.hidden, known, len(sheet.rows), -at, sheet.name)
        for at, sheet in enumerate(book.sheets)
        if (known := heading_of(sheet, targets)[1])
    ]
    return max(marks)[-1] if marks else ""


def heading_of(sheet: Sheet, targets: Sequence[Target]) -> tuple[int, int]:
    """The place (index within the rows) of the heading and how many of its columns are known; (-1, 0) for none."""
    best, found = 0, -1
    for at, row in enumerate(sheet.rows[:_SEARCHED]):
        known = matched([cell.text for cell in row.cells], targets)
        named = "name" in known.values() or "id_number" in known.values()
        if named and len(known) > best:
            best, found = len(known), at
    return found, best


def apart(sheet: Sheet, targets: Sequence[Target]) -> Layout | None:
    """The sheet taken apart; None when no row of it is a heading."""
    at, _ = heading_of(sheet, targets)
    if at < 0:
        return None
    heading = sheet.rows[at]
    last = last_of_heading(sheet, heading.number)
    below = [row for row in sheet.rows if heading.number < row.number <= last]
    names = heads(heading, below, sheet)
    known = matched(names, targets)
    titles = [Aside(row.number, words(row), "表头上面的标题") for row in sheet.rows[:at]]
    people, rest = [], []
    for row in filled(sheet, last):
        why = _why_aside(row, names, known)
        if why:
            rest.append(Aside(row.number, words(row), why))
        else:
            people.append(row)
    return Layout(tuple(names), heading.number, tuple(people), (*titles, *rest))


def _why_aside(row: Row, names: Sequence[str], known: dict[int, str]) -> str:
    """Why a row is no person; "" for one that is."""
    texts = [cell.text for cell in row.cells if cell.text]
    first = plain(texts[0]) if texts else ""
    values = {key: tidying.visible(row.at(column).text) for column, key in known.items()}
    name, number = "".join(values.get("name", "").split()), values.get("id_number", "")
    if is_heading(row, names):
        return "重复的表头"
    if spellings.TOTALS.match(plain(name) or first) and not number:
        return "合计行"
    if not name and not number:
        return "合计行" if spellings.TOTALS.search(first) else "没有姓名和号码"
    noted = any(spellings.NOTES.match(words) for words in (plain(name), first))
    if not number and (noted or spellings.SIGNED.match(texts[0])):
        return "制表说明"
    if not number and len(name) > 15 and len(texts) == 1:
        return "说明文字"
    return ""
