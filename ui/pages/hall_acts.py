"""What can be done with a line of the hall's lists: open, pass on, give back, stand in for a window, mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from desk.app.open_desk import Desk
from desk.counter.hall.board import Board, BoardLine
from desk.counter.hall.drafts import TakenUp
from desk.counter.hall.mending import BOTH, OTHER, STANDS
from desk.counter.hall.passing import WindowName
from desk.counter.today import collected
from desk.folds.hall.windows import Takeover
from desk.store.snapshots import CaseQuery, Draft
from ui import tasks
from ui.changes import Changes
from ui.look.i18n import tr
from ui.operations import Operation
from ui.widgets.ask import Ask
from ui.widgets.page import Page, Shell

_ENTRIES = Changes.CASES | Changes.SYNC
_DRAFTS = Changes.DRAFTS | Changes.SYNC
_LINE = "给那个窗口的话（会记入办件经过）(&R)"


class Act(NamedTuple):
    """A button: in which lists it stands, with which words, and for which of their lines."""

    name: str
    words: str
    on: dict[str, str]
    icon: str = ""
    may: Callable[[Board, str, BoardLine], bool] = lambda _board, _chosen, _line: True


def _other_window(board: Board, _chosen: str, line: BoardLine) -> bool:
    return any(one.node == line.key and not one.is_own for one in board.windows)


def _several(board: Board, _chosen: str, _line: BoardLine) -> bool:
    return sum(not one.is_off for one in board.windows) > 1


def _taken_over(board: Board, _chosen: str, line: BoardLine) -> bool:
    return line.key in board.taken_over


def _held(board: Board, chosen: str, line: BoardLine) -> bool:
    return _other_window(board, chosen, line) and not _taken_over(board, chosen, line)


def _came(_board: Board, chosen: str, line: BoardLine) -> bool:
    return chosen != "drafts" or line.came


def _papers(_board: Board, _chosen: str, line: BoardLine) -> bool:
    return line.both


ACTS = (
    Act(
        "go",
        "打开(&L)",
        {
            "windows": "看它的办件(&L)",
            "today": "看办件(&L)",
            "due": "打开(&L)",
            "ready": "打开(&L)",
            "passed": "打开(&L)",
            "drafts": "接着填(&L)",
            "apart": "打开(&L)",
            "villages": "看办件(&L)",
            "sticks": "看下属村(&L)",
        },
        "chevron-right",
        lambda _board, chosen, line: chosen not in ("apart", "sticks") or bool(line.opens),
    ),
    Act("pass", "转给窗口(&D)", dict.fromkeys(("due", "ready", "passed"), "转给窗口(&D)"), may=_several),
    Act("back", "退回(&B)", {"passed": "退回(&B)", "drafts": "退回(&B)"}, may=_came),
    Act("take-over", "接手它的办件(&T)", {"windows": "接手它的办件(&T)"}, may=_held),
    Act("give-back", "交还(&H)", {"windows": "交还(&H)"}, may=_taken_over),
    Act("stands", "就按现在的(&K)", {"apart": "就按现在的(&K)"}),
    Act("other", "改按另一个(&M)", {"apart": "改按另一个(&M)"}),
    Act("both", "两份都算(&A)", {"apart": "两份都算(&A)"}, may=_papers),
)


class HallActs:
    """Asks what each needs, and does it beside the window."""

    def __init__(self, page: Page, desk: Desk, shell: Shell) -> None:
        self._page, self._desk, self._shell = page, desk, shell

    def do(self, name: str, chosen: str, line: BoardLine, board: Board) -> None:
        """The act `name` with a line of the list `chosen`."""
        match name:
            case "go":
                self._go(chosen, line, board)
            case "pass":
                self.pass_on(line.key)
            case "back":
                self._back(chosen, line)
            case "take-over":
                self._take_over(line)
            case "give-back":
                self._give_back(board.taken_over[line.key])
            case _:
                self.mend(line.key, {"stands": STANDS, "other": OTHER, "both": BOTH}[name])

    def _go(self, chosen: str, line: BoardLine, board: Board) -> None:
        match chosen:
            case "windows":
                own = any(one.is_own and one.node == line.key for one in board.windows)
                self._shell.open("cases", query=CaseQuery(whose="window" if own else line.key))
            case "today":
                since = collected(self._desk.today_date()).since
                self._shell.open("cases", query=CaseQuery(task_code=line.key, since=since))
            case "villages":
                self._shell.open("cases", query=CaseQuery(whose=line.key))
            case "sticks":
                self._shell.open("villages")
            case "drafts":
                self._draft(line)
            case _:
                facts = {"case": "intake_no", "people": "person_id"}.get(line.opens, "")
                sort, _, rest = line.key.partition(" ")
                self._shell.open(line.opens, **({facts: rest if facts == "person_id" else sort} if facts else {}))

    # -- cases ----------------------------------------------------------------------------------------------------

    def pass_on(self, intake_no: str) -> None:
        """Ask which window goes on with a case, and with which words."""
        tasks.read(self._page, self._desk.passing.windows, lambda found: self._ask_window(intake_no, found))

    def _ask_window(self, intake_no: str, windows: tuple[WindowName, ...]) -> None:
        choices = [(one.title, one.node) for one in windows if not one.is_off]
        choices.sort(key=lambda one: any(other.is_own and other.node == one[1] for other in windows))
        ask = Ask(self._page, "转给别的窗口", ok="转过去", intro=_ON, name="hall-pass")
        ask.choice("to", "哪个窗口 *(&W)", choices)
        ask.text("why", _LINE, lines=2)
        pass_on = self._desk.passing.pass_on
        ask.go(
            lambda typed: pass_on(intake_no, typed["to"], typed["why"]),
            lambda _none: self._shell.toast("已转过去，那个窗口会看到。"),
            _ENTRIES,
        )

    def give_back(self, intake_no: str) -> None:
        """Ask why a case goes back to the window that it came from."""
        ask = Ask(self._page, "退回给转来的窗口", ok="退回", name="hall-back")
        ask.text("why", "退回的原因（会记入办件经过）(&R)", lines=2)
        back = self._desk.passing.give_back
        ask.go(
            lambda typed: back(intake_no, typed["why"]),
            lambda title: self._shell.toast(f"已退回 {title}。"),
            _ENTRIES,
        )

    def _take_over(self, line: BoardLine) -> None:
        title = str(line.cells[0])
        ask = Ask(self._page, f"接手 {title}的办件", ok="全部接手", intro=_STANDS_IN, name="hall-take-over")
        ask.text("why", "为什么接手 *(&R)", lines=2)
        take = self._desk.passing.take_over
        ask.go(lambda typed: take(line.key, typed["why"]), self._taken_over, _ENTRIES)

    def _taken_over(self, made: Takeover) -> None:
        count = len(made.made.cases)
        self._shell.toast(f"已接手 {count} 件。", ("撤销", lambda: self._give_back(made.id)))

    def _give_back(self, takeover_id: str) -> None:
        undo = self._desk.passing.undo
        work = Operation(self._page, lambda: undo(takeover_id), _ENTRIES)
        work.success(lambda count: self._shell.toast(f"已交还 {count} 件。")).run()

    # -- drafts ---------------------------------------------------------------------------------------------------

    def _draft(self, line: BoardLine) -> None:
        drafts = self._desk.passed_drafts
        if line.came:
            work = Operation(self._page, lambda: drafts.take_up(line.key), _DRAFTS)
            work.success(self._taken_up).run()
        else:
            back = Operation(self._page, lambda: drafts.take_back(line.key), _DRAFTS)
            back.success(self._open_draft).run()

    def _taken_up(self, taken: TakenUp) -> None:
        self._open_draft(taken.draft)
        if taken.coming:
            self._shell.toast(f"还有 {taken.coming} 张图片在原来的窗口，两台电脑互通时就到；等不及的请重新拍。")

    def _open_draft(self, draft: Draft) -> None:
        self._shell.open("register", draft=draft)

    def _back(self, chosen: str, line: BoardLine) -> None:
        if chosen == "passed":
            self.give_back(line.key)
            return
        ask = Ask(self._page, "退回草稿", ok="退回", name="hall-draft-back")
        ask.text("why", "退回的原因(&R)", lines=2)
        back = self._desk.passed_drafts.send_back
        ask.go(
            lambda typed: back(line.key, typed["why"]),
            lambda _none: self._shell.toast("草稿已退回。"),
            _DRAFTS,
        )

    # -- two that cannot both be true -----------------------------------------------------------------------------

    def mend(self, key: str, way: str) -> None:
        """Say which of two counts."""
        settle = self._desk.mending.settle
        work = Operation(self._page, lambda: settle(key, way), Changes.ENTRIES | Changes.SYNC)
        work.success(lambda words: self._shell.toast(tr(words))).run()


_ON = "那个窗口接着办，它的“大厅”和“今日”页上会看到，也可以退回来。"
_STANDS_IN = "那个窗口坏了、没人时用：它手里在办的办件一次全部转到本窗口，别的窗口都看得到；它好了再一次交还。"
