"""Cases and figures as tables of a spreadsheet. Numbers that identify people are masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desk import clock
from desk.counter.figures import FiguresView
from desk.errors import CancelledError
from desk.law.deadline import Warn
from desk.log import history_words
from desk.store.snapshots import CaseRow
from desk.sync.outcome import SyncProgress
from desk.words.spreadsheet import save, workbook

_PAGE = 1000
_WARN = {Warn.NONE: "", Warn.YELLOW: "临近", Warn.RED: "超期"}
CASE_COLUMNS = (
    "收件号",
    "办件编号",
    "申请人",
    "事项",
    "状态",
    "收件时间",
    "承诺日期",
    "预警",
    "代办员",
    "窗口",
    "送中心",
)


def case_line(row: CaseRow) -> tuple[str, ...]:
    """One case as the table has it."""
    due = row.due_on + ("（暂定）" if row.due_provisional else "")
    return (
        row.intake_no,
        row.case_no,
        row.applicant_name,
        row.item_name,
        row.state_name,
        clock.minute(row.collected_at),
        due,
        _WARN[row.warning],
        row.agent,
        history_words.window(row.window) if row.window else row.village,
        "已到" if row.at_centre else "待送",
    )


def cases_to(
    path: Path,
    total: int,
    page_behind: Callable[[str, int], Sequence[CaseRow]],
    report: Callable[[SyncProgress], None],
    cancelled: Callable[[], bool],
) -> int:
    """Write the `total` cases that `page_behind(intake number of the last one, limit)` gives to `path`; how many.
    Raises CancelledError; then nothing is half written."""
    done, last = 0, ""

    def lines() -> Iterable[tuple[str, ...]]:
        nonlocal done, last
        while page := page_behind(last, _PAGE):
            if cancelled():
                raise CancelledError("导出已停下。", "没有写出文件。")
            yield from map(case_line, page)
            done, last = done + len(page), page[-1].intake_no
            report(SyncProgress("导出", done, total))

    save(path, workbook([("办件", CASE_COLUMNS, lines())]))
    return done


def figures_to(path: Path, view: FiguresView) -> None:
    """Write the tables behind the figures."""
    windows = [("按窗口", ("窗口", "件数"), [(one.name, one.number) for one in view.windows])]
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
                *(windows if view.windows else []),
            ]
        ),
    )
