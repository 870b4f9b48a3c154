"""大厅: the day of a hall for whoever runs it, in lists that are searched, sorted and written to a sheet alike. Each is
worked out from the tables that every window has; what a window says of itself it says when windows meet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from sqlite_utils import Database

from db.desk import figure_rows
from desk import clock
from desk.counter.hall.drafts import DraftHere, PassedDrafts
from desk.counter.hall.mending import Mending, key_of
from desk.counter.hall.passing import Passing, WindowName, windows_in
from desk.counter.hall.switch import HallStatus
from desk.counter.session import Session
from desk.counter.today import LATE, NEAR, RESULTS
from desk.counter.township.villages import Villages
from desk.folds.hall.clashes import NAMES, Clash, Sort, Written
from desk.law import deadline
from desk.log import history_words
from desk.store import lists
from desk.store.snapshots import CaseQuery, CaseRow, PersonRow
from desk.words.spreadsheet import save, workbook

if TYPE_CHECKING:
    from desk.counter.township.relay import Waits  # with all of sync: the page of a case, which comes here, wants none

_MOST = 500  # lines of a list
Cell = str | int


class BoardLine(msgspec.Struct, frozen=True):
    """A line: its cells, and what it stands for (a desk, an intake number, an item's code, a record, a village, as
    `Mending.settle` reads it). `opens`: the page where it is seen. `came`: a draft that this window can take up or send
    back; `both`: of two papers both may count."""

    cells: tuple[Cell, ...]
    key: str = ""
    wants: bool = False  # somebody
    opens: str = ""
    came: bool = False
    both: bool = False


class BoardList(msgspec.Struct, frozen=True):
    """One list: `key` names it, `none` says what an empty one means."""

    key: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[BoardLine, ...]
    none: str


class Board(msgspec.Struct, frozen=True):
    """All lists, in the order of the page; what stands behind the lines that can be acted upon."""

    lists: tuple[BoardList, ...]
    windows: tuple[WindowName, ...] = ()
    taken_over: dict[str, str] = {}  # by desk, the takeover of its cases that can be undone

    def of(self, key: str) -> BoardList | None:
        """That list."""
        return next((one for one in self.lists if one.key == key), None)


class HallBoard:
    """The page of the hall."""

    def __init__(
        self, session: Session, status: Callable[[], HallStatus], waits: Callable[[], tuple[Waits, ...]]
    ) -> None:
        self._session, self._status, self._waits = session, status, waits
        self._passing, self._drafts = Passing(session), PassedDrafts(session)
        self._mending, self._villages = Mending(session), Villages(session)

    def view(self) -> Board:
        """Everything, as it is now. Reads the tables and what windows said; asks nobody."""
        session, status, overs = self._session, self._status(), self._passing.takeovers()
        with session.store.read() as db:
            seen = session.seen(db)
            names = windows_in(db, session.store.identity_in(db))
            taken = figure_rows.day_at_windows(db, session.today().isoformat())
            found = [
                _windows(db, names, status, taken, {one.made.window: len(one.made.cases) for one in overs}),
                _today(names, taken),
                _cases(db, seen, "due", "要到期的", (LATE, NEAR), "今天没有临近或超期的办件。"),
                _cases(db, seen, "ready", "可以交件的", (RESULTS,), "没有等着交给申请人的结果。"),
            ]
        found += [self._new(), self._passed_drafts(), self._apart()]
        if self._villages.has_any:
            found.append(self._of_villages())
        found.append(self._sticks(status))
        return Board(tuple(found), names, {one.made.window: one.id for one in reversed(overs)})

    def to(self, path: Path, board: Board) -> None:
        """Write every list to a sheet of its own. Raises SurroundingsError."""
        save(path, workbook([(one.title, one.columns, [line.cells for line in one.lines]) for one in board.lists]))

    def _new(self) -> BoardList:
        lines = tuple(
            BoardLine((one.applicant_name, one.item_name, one.by, one.officer, clock.minute(one.at), one.reasons),
                      one.intake_no, wants=True, opens="case")
            for one in self._passing.arrived()
        )  # fmt: skip
        columns = ("申请人", "事项", "从哪里转来", "谁转的", "时间", "说明")
        return BoardList("passed", "转给本窗口的", columns, lines, "没有别的窗口转来的办件。")

    def _passed_drafts(self) -> BoardList:
        lines = tuple(self._draft(one) for one in self._drafts.here())
        columns = ("姓名", "事项", "从哪里来", "谁转的", "时间", "说明")
        return BoardList("drafts", "转来的草稿", columns, lines, "没有转来的草稿。")

    def _draft(self, one: DraftHere) -> BoardLine:
        item = self._session.find(one.task_code) if one.task_code else None
        where = one.other if one.came else f"{one.other}退回" if one.state == "returned" else f"在{one.other}，还没接"
        what = (one.title or "（未填姓名）", item.item_name if item else "（未选事项）")
        wants = one.came or one.state == "returned"
        cells = (*what, where, one.officer, clock.minute(one.at), one.reasons)
        return BoardLine(cells, one.id, wants=wants, came=one.came)

    def _apart(self) -> BoardList:
        cases = [
            BoardLine(_clash(name, one), key_of(one), wants=True, opens="case", both=one.sort is Sort.PAPERS)
            for name, one in self._mending.all()
        ]
        people = [
            BoardLine(
                ("同一个人登记了两次", one.kept.name, *(_of_person(one.kept, one.windows[0])),
                 *(_of_person(one.gone, one.windows[1]))), f"person {one.gone.id}", wants=True, opens="people",
            )
            for one in self._mending.people()
        ]  # fmt: skip
        envelopes = [
            BoardLine(
                ("信封移交了两次", one.bundle.sealed.number, one.stands, "", one.other, ""),
                f"bundle {one.bundle.id}", wants=True, opens="trips",
            )
            for one in self._mending.envelopes()
        ]  # fmt: skip
        columns = ("什么事", "谁的", "现在算数的", "怎么写的", "另一个", "怎么写的")
        none = "两个窗口记的没有对不上的。"
        return BoardList("apart", "两边不一致的", columns, (*cases, *people, *envelopes), none)

    def _of_villages(self) -> BoardList:
        view = self._villages.view()
        lines = tuple(
            BoardLine(
                (one.name, one.going, one.near, one.late, one.supplements, one.results, one.waiting,
                 clock.minute(one.last_seen) if one.last_seen else "从未联系"),
                one.point, wants=one.is_silent or bool(one.late),
            )
            for one in view.lines
        )  # fmt: skip
        columns = ("嘎查村", "在办", "临近", "超期", "待补正", "待交件", "没送出", "最近联系")
        return BoardList("villages", "下属村", columns, lines, "还没有收到下属村的办件。")

    def _sticks(self, status: HallStatus) -> BoardList:
        here = [
            BoardLine(
                (one.name or "忘记密码的申请", status.title or "本窗口", one.up, one.down,
                 clock.minute(one.note.taken_at) if one.note.taken_at else ""), one.point,
                wants=bool(one.up), opens="villages",
            )
            for one in self._waits()
        ]  # fmt: skip
        there = [
            BoardLine(("村里的U盘", one.title, one.sticks, "", ""), one.node) for one in status.windows if one.sticks
        ]
        columns = ("谁的", "在哪个窗口", "等送中心", "等写回盘上", "收下时间")
        none = "没有U盘带来、还没送到的文件。"
        return BoardList("sticks", "U盘带来的", columns, (*here, *there), none)


def _of_person(row: PersonRow, node: str) -> tuple[str, str]:
    return _title(node), "，".join(one for one in (row.id_masked, row.phone_masked) if one)


def _title(node: str) -> str:
    return history_words.window(node)


def _windows(
    db: Database,
    names: tuple[WindowName, ...],
    status: HallStatus,
    today: list[dict[str, Any]],
    overs: dict[str, int],
) -> BoardList:
    held, taken = figure_rows.at_windows(db), Counter[str]()
    for row in today:
        taken[row["node"]] += row["n"]
    told = {one.node: one for one in status.windows}
    mine = status.own
    lines = []
    for name in names:
        one = mine if name.is_own else told.get(name.node)
        at = held.get(name.node, {})
        how = "本窗口" if name.is_own else "已停用" if name.is_off else "在线" if one and one.is_here else "不在线"
        how = f"{how}，由别的窗口接手 {overs[name.node]} 件" if name.node in overs else how
        cells: tuple[Cell, ...] = (
            name.title,
            one.agent if one else "",
            one.since if one else "",
            how,
            "" if name.is_own else one.met if one else "",
            int(at.get("open") or 0),
            int(at.get("new") or 0),
            taken[name.node],
            one.waiting if one else "",
            one.heard if one else "",
        )
        lines.append(BoardLine(cells, name.node, wants=not name.is_own and not (one and one.is_here)))
    columns = ("窗口", "谁在", "自", "怎样", "上次互通", "在办", "新转来", "今天收", "等送中心", "上次连上中心")
    return BoardList("windows", "各窗口", columns, tuple(lines), "中心给的名单里，本点还没有别的电脑。")


def _today(names: tuple[WindowName, ...], taken: list[dict[str, Any]]) -> BoardList:
    """Today's cases, an item a line, a window a column."""
    counts, items = Counter[tuple[str, str]](), dict[str, str]()
    for row in taken:
        counts[row["task_code"], row["node"]] += row["n"]
        items[row["task_code"]] = row["item_name"]
    nodes = list(dict.fromkeys((*(one.node for one in names), *(node for _, node in sorted(counts)))))
    lines = [
        BoardLine((name, *(counts[code, node] for node in nodes), sum(counts[code, node] for node in nodes)), code)
        for code, name in items.items()
    ]
    lines.sort(key=lambda one: (-int(one.cells[-1]), str(one.cells[0])))
    columns = ("事项", *(_title(node) for node in nodes), "合计")
    return BoardList("today", "今天收的", columns, tuple(lines), "今天大厅还没有收件。")


def _cases(db: Database, seen: lists.Seen, key: str, title: str, asked: tuple[CaseQuery, ...], none: str) -> BoardList:
    found = [row for one in asked for row in lists.case_page(db, one, 0, _MOST, seen)]
    lines = tuple(
        BoardLine(tuple(_cells(row, seen)), row.intake_no, wants=key == "due", opens="case") for row in found[:_MOST]
    )
    columns = ("申请人", "事项", "状态", "承诺日期", "还剩", "窗口", "代办员")
    return BoardList(key, title, columns, lines, none)


def _cells(row: CaseRow, seen: lists.Seen) -> Iterator[Cell]:
    yield from (row.applicant_name, row.item_name, row.state_name)
    due = dt.date.fromisoformat(row.due_on) if row.due_on else None
    yield row.due_on + ("（暂定）" if row.due_provisional else "")
    yield deadline.far_off(due, seen.today, seen.holidays) if due else ""
    yield from (history_words.window(f"-{row.window}"), row.agent)


def _clash(name: str, one: Clash) -> tuple[Cell, ...]:
    stands, other = one.stands, one.other
    return (NAMES[one.sort], name, _title(stands.node), _written(stands), _title(other.node), _written(other))


def _written(one: Written) -> str:
    return "　".join(part for part in (one.note or one.name, one.officer, clock.minute(one.time)) if part)
