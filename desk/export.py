"""Tables for a spreadsheet (XLSX). Numbers that identify people are masked; no cell can become a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from db.files import write_whole
from desk.app.open_desk import Desk
from desk.counter.figures import FiguresView
from desk.errors import CancelledError, SurroundingsError
from desk.store.snapshots import CaseQuery, CaseRow, SyncProgress, Warn

_PAGE = 1000
_WARN = {Warn.NONE: "", Warn.YELLOW: "临近", Warn.RED: "超期"}
CASE_COLUMNS = ("收件号", "办件编号", "申请人", "事项", "状态", "收件时间", "承诺日期", "预警", "代办员", "送中心")
Table = tuple[str, Sequence[str], Iterable[Sequence[str | int | float]]]


def workbook(tables: Iterable[Table]) -> bytes:
    """The bytes of a workbook: (sheet name, headings, rows) each. Text stays text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for name, headings, lines in tables:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for at, heading in enumerate(headings, 1):
            sheet.column_dimensions[get_column_letter(at)].width = max(10, 3 * len(heading) + 4)
        head = [WriteOnlyCell(sheet, one) for one in headings]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        try:
            for line in lines:
                cells = [WriteOnlyCell(sheet, _plain(value)) for value in line]
                for cell, value in zip(cells, line, strict=True):
                    if isinstance(value, str):
                        cell.data_type = "s"
                sheet.append(cells)
        except CancelledError:
            sheet.close()  # openpyxl holds a file for every sheet that is being written
            raise
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(value: str | float) -> str | int | float:
    """Without the control characters that a spreadsheet cannot hold."""
    if not isinstance(value, str):
        return value
    return "".join(char if char >= " " or char in "\n\t" else " " for char in value)


def case_line(row: CaseRow) -> tuple[str, ...]:
    """One case as the table has it."""
    due = row.due_on + ("（暂定）" if row.due_provisional else "")
    return (
        row.intake_no,
        row.case_no,
        row.applicant_name,
        row.item_name,
        row.state_name,
        row.collected_at[:16].replace("T", " "),
        due,
        _WARN[row.warning],
        row.agent,
        "已到" if row.at_centre else "待送",
    )


def cases_to(
    path: Path, desk: Desk, query: CaseQuery, report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]
) -> int:
    """Write all cases that answer `query` to `path`; how many. Raises CancelledError; nothing is half written."""
    total, done = desk.count_cases(query), 0

    def lines() -> Iterable[tuple[str, ...]]:
        nonlocal done
        while page := desk.cases(query, done, _PAGE):
            if cancelled():
                raise CancelledError("导出已停下。", "没有写出文件。")
            yield from map(case_line, page)
            done += len(page)
            report(SyncProgress("导出", done, total))

    save(path, workbook([("办件", CASE_COLUMNS, lines())]))
    return done


def figures_to(path: Path, view: FiguresView) -> None:
    """Write the tables behind the figures."""
    save(
        path,
        workbook(
            [
                ("按月", ("月份", "件数"), [(one.name, one.number) for one in view.months]),
                ("按事项", ("事项", "件数"), [(one.name, one.number) for one in view.items]),
                ("按状态", ("状态", "件数"), [(one.name, one.number) for one in view.states]),
                (
                    "用时",
                    ("事项", "办结件数", "平均用时（天）", "最长（天）", "按期办结"),
                    [(one.item_name, one.ended, one.mean_days, one.longest_days, one.on_time) for one in view.times],
                ),
                ("评价", ("评价", "件数"), [(one.name, one.number) for one in view.ratings]),
            ]
        ),
    )


def save(path: Path, data: bytes) -> None:
    """Put bytes where a person asked for them. Raises SurroundingsError in words."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise SurroundingsError(
            f"文件没有写成：{path.name}。", "数据都在，没有改动。", "请看磁盘是否已满、写保护，或文件正被别的程序打开。"
        ) from error
