"""Workbooks of the centre: every row carries the mark of its batch and when it was made, as rows that machines take
over do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desk.words.spreadsheet import Table, workbook

MARKS = ("批次标记", "制表时间")
Cell = str | int | float


def book(tables: Iterable[Table], made: tuple[str, str]) -> bytes:
    """The bytes of a workbook; `made`: the batch and the time of making."""
    return workbook((name, (*heads, *MARKS), _marked(rows, made)) for name, heads, rows in tables)


def _marked(rows: Iterable[Sequence[Cell]], made: tuple[str, str]) -> Iterator[tuple[Cell, ...]]:
    return ((*row, *made) for row in rows)
