"""A heading and the rows below it, whoever the table is about: how far it reaches, what each column is called, what a
cell that is merged over several rows says in each of them."""

from __future__ import annotations

from collections.abc import Sequence

from desk.words.sheets.grid import EMPTY, Cell, Row, Sheet
from desk.words.sheets.headings import plain


def last_of_heading(sheet: Sheet, heading: int) -> int:
    """The last row of a heading of two or three rows: its cells are merged down."""
    return max([heading, *(last for first, _, last, _ in sheet.merged if first == heading and last - first < 4)])


def heads(heading: Row, below: Sequence[Row], sheet: Sheet) -> list[str]:
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
        over = [row.at(column).text for row in reversed(below) if row.at(column).text]
        made.append(over[0] if over else heading.at(across.get(column, column) if below else column).text)
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


def is_heading(row: Row, heads: Sequence[str]) -> bool:
    """Whether a row repeats the heading, as it does on every page of some rolls."""
    texts = [(plain(row.at(at).text), plain(head)) for at, head in enumerate(heads) if head]
    same = sum(one == other for one, other in texts if one)
    return same >= 2 and same * 2 > len(texts)


def words(row: Row) -> str:
    """What a row says, for people."""
    said = "　".join(" ".join(cell.text.split()) for cell in row.cells if cell.text)
    return said if len(said) <= 60 else said[:59] + "…"
