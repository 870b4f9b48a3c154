"""Where in a sheet the heading stands, which rows are people, and which are titles, totals and notes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desk.counter.importing import spellings
from desk.counter.importing.findings import Aside
from desk.counter.importing.targets import Target, matched, plain
from desk.words import tidying
from desk.words.sheets.grid import EMPTY, Book, Cell, Row, Sheet

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
    last = _last_of_heading(sheet, heading.number)
    below = [row for row in sheet.rows if heading.number < row.number <= last]
    heads = _heads(heading, below, sheet)
    known = matched(heads, targets)
    titles = [Aside(row.number, _words(row), "表头上面的标题") for row in sheet.rows[:at]]
    people, rest = [], []
    for row in filled(sheet, last):
        why = _why_aside(row, heads, known)
        if why:
            rest.append(Aside(row.number, _words(row), why))
        else:
            people.append(row)
    return Layout(tuple(heads), heading.number, tuple(people), (*titles, *rest))


def _last_of_heading(sheet: Sheet, heading: int) -> int:
    """The last row of a heading of two or three rows: its cells are merged down."""
    return max([heading, *(last for first, _, last, _ in sheet.merged if first == heading and last - first < 4)])


def _heads(heading: Row, below: Sequence[Row], sheet: Sheet) -> list[str]:
    """What each column is called: the lowest words over it, or those above where it has none of its own."""
    across = {
        column: left
        for first, left, last, right in sheet.merged
        if first == last == heading.number
        for column in range(left, right + 1)
    }
    width = max(len(row.cells) for row in (heading, *below))
    made = []
    for column in range(width):
        words = [row.at(column).text for row in reversed(below) if row.at(column).text]
        made.append(words[0] if words else heading.at(across.get(column, column) if below else column).text)
    return made


def filled(sheet: Sheet, after: int) -> list[Row]:
    """Rows behind row `after`; a cell merged down stands in every row that it covers."""
    rows = {row.number: list(row.cells) for row in sheet.rows if row.number > after}
    hidden = {row.number: row.hidden for row in sheet.rows}
    for first, left, last, right in sheet.merged:
        top = rows.get(first)
        if last == first or left != right or top is None or left >= len(top) or not top[left].text:
            continue
        for number in range(first + 1, last + 1):
            if number in rows:
                _set(rows[number], left, top[left])
    return [Row(number, tuple(cells), hidden[number]) for number, cells in rows.items()]


def _set(cells: list[Cell], column: int, cell: Cell) -> None:
    cells += [EMPTY] * (column + 1 - len(cells))
    if not cells[column].text:
        cells[column] = cell


def _why_aside(row: Row, heads: Sequence[str], known: dict[int, str]) -> str:
    """Why a row is no person; "" for one that is."""
    texts = [cell.text for cell in row.cells if cell.text]
    first = plain(texts[0]) if texts else ""
    values = {key: tidying.visible(row.at(column).text) for column, key in known.items()}
    name, number = "".join(values.get("name", "").split()), values.get("id_number", "")
    if _is_heading(row, heads):
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


def _is_heading(row: Row, heads: Sequence[str]) -> bool:
    """Whether a row repeats the heading, as it does on every page of some rolls."""
    texts = [(plain(row.at(at).text), plain(head)) for at, head in enumerate(heads) if head]
    same = sum(one == other for one, other in texts if one)
    return same >= 2 and same * 2 > len(texts)


def _words(row: Row) -> str:
    """What a row says, for people."""
    words = "　".join(" ".join(cell.text.split()) for cell in row.cells if cell.text)
    return words if len(words) <= 60 else words[:59] + "…"
