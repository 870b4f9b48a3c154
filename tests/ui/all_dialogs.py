"""Every dialog of the program, and how a person comes to it. What is not in the table fails `test_dialogs`."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import pkgutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import shiboken6
from conftest import HERDER, full_draft
from pressing import dialogs
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ui
from desk.app.open_desk import Desk
from desk.counter.asking.sense import Unmet
from desk.counter.hall.board import Board, BoardLine
from desk.counter.office.agents import Found
from desk.counter.restoring.restore import Restored
from desk.counter.rolls import Before, RollDraft, RollLine
from desk.counter.township.adjustments import AdjustView
from desk.counter.township.lodgings import Arriving
from desk.counter.township.relay import Relayed, VillageTold
from desk.errors import SurroundingsError
from desk.folds.records import Roll
from desk.law.catalogue.adjusting import Adjustment
from desk.law.catalogue.item import Fact, Line, LineTest
from desk.law.conditions import Answer, Verdict
from desk.log.files import FileRef
from desk.log.point_events import RollTaken
from desk.release import installing
from desk.release.package_file import Release
from desk.store.account import Account
from desk.store.salvage import Saved
from desk.store.snapshots import CaseQuery, CaseView
from desk.sync.hall.new_pc import guests
from desk.sync.outcome import DoubtLine
from desk.sync.protocol.helping import Request, Told
from desk.sync.protocol.relayed import Line as RelayLine
from desk.words.guide_texts import GuideTexts
from ui.devices import print_queue
from ui.dialogs import import_dialog
from ui.dialogs.forgotten_dialog import ForgottenDialog
from ui.dialogs.mongolian_dialog import LabelsDialog, TextsDialog
from ui.dialogs.picture_dialog import PictureDialog, PictureViewer
from ui.dialogs.prints_dialog import PrintsDialog
from ui.dialogs.show_paper import show_paper
from ui.dialogs.township.counter_prints import CounterPrintsDialog
from ui.dialogs.township.hall import HallDialog
from ui.dialogs.township.local_adjustment import adjust
from ui.dialogs.township.memos import MemosDialog
from ui.dialogs.township.new_pc import FetchBackDialog, LetInDialog
from ui.keeping import told_at_login
from ui.keeping.locked_data import LockedData
from ui.keeping.restore_dialog import RestoredDialog
from ui.keeping.safekeeping import Safekeeping
from ui.login import LoginPage
from ui.pages import hall_drafts, register_ahead, register_asked, roll_asked
from ui.pages.case_acts import CaseActs
from ui.pages.case_amending import CaseAmending
from ui.pages.settings.agents import AgentsCard
from ui.pages.settings.centre import CentreCard
from ui.pages.settings.program import ProgramCard
from ui.pages.today_drafts import DraftsDialog
from ui.pages.trips_lodged import VillageEnvelopes
from ui.pages.villages_relay import RelayedDialog
from ui.pages.villages_unlock import UnlocksDialog
from ui.widgets.dialog import Dialog
from ui.widgets.progress import Progress
from ui.window import MainWindow

FOLDER = Path(ui.__file__).parent
BASES = {"Dialog", "Ask"}


def classes() -> set[str]:
    """Names of all our dialogs."""
    for module in pkgutil.walk_packages([str(FOLDER)], "ui."):
        importlib.import_module(module.name)
    found: set[str] = set()
    rest = [QDialog]
    while rest:
        below = rest.pop().__subclasses__()
        rest += below
        found |= {one.__name__ for one in below if one.__module__.startswith("ui.")}
    return found - BASES


def questions() -> set[str]:
    """Names of all questions that are put together from fields."""
    return {name for path in FOLDER.rglob("*.py") for name in _asked(ast.parse(path.read_text("utf-8")))}


def foreign() -> list[str]:
    """Windows that Qt itself would make, with another rule for Enter."""
    kinds = ("QMessageBox(", "QMessageBox.", "QInputDialog.", "QDialog(")
    return [f"{path.name}: {kind}" for path in FOLDER.rglob("*.py") for kind in kinds
            if kind in path.read_text("utf-8").replace("class Dialog(QDialog)", "")]  # fmt: skip


def _asked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Ask":
            yield next((ast.unparse(one.value).strip("'\"") for one in node.keywords if one.arg == "name"), "ask")


class Office(NamedTuple):
    """What there must be for every dialog to have something in it."""

    window: MainWindow
    view: CaseView
    files: tuple[FileRef, ...]
    settle: Callable[[], None]

    @property
    def desk(self) -> Desk:
        return self.window.desk

    def page(self, key: str) -> object:
        return self.window.page(key)


def office(window: MainWindow, settle: Callable[[], None], picture: bytes) -> Office:
    """Cases, an envelope, a visit, a roll, two alike people, a backup."""
    desk = window.desk
    numbers = [desk.register(full_draft(desk, at)).intake_no for at in range(3)]
    desk.trips.seal("苏尼特左旗政务服务中心", tuple(numbers[:1]), "1")
    code = full_draft(desk).task_code
    desk.visits.book(HERDER.name, HERDER.phone, code, desk.today_date() + dt.timedelta(1), "上午")
    desk.save_draft(full_draft(desk, 9))
    desk.backups.make()
    ref = desk.pictures.keep(picture, "户口簿.jpg")
    return Office(window, desk.case(numbers[0]), (ref,), settle)


def _unlocks(made: Office) -> None:
    """Requests of villages, one of which may be read out."""
    dialog = UnlocksDialog(made.page("cases"), made.desk)
    dialog.open()
    made.settle()
    asked = Request(
        "unlock:1", "152523202202", "乌日尼勒图嘎查便民代办点", "苏和", "待核实", "2026-11-24T09:30:00", "stick"
    )
    ready = msgspec.structs.replace(asked, subject="unlock:2", state_name="已同意", is_ready=True)
    dialog.show_told(Told((ready, asked)))


def _relayed() -> Relayed:
    """A village's stick as a township's desk tells of it, a bad file on it, without a line."""
    lines = (RelayLine("152523202202-01", "152523202202-01：记录收到第 42 条。", good=True),)
    villages = (
        VillageTold("152523202202", "乌日尼勒图嘎查", 3, 0, 2, lines),
        VillageTold("152523202203", "巴彦塔拉嘎查", 2, 2),
    )
    return Relayed(
        villages, ("notes.DBS：不是代办台写的文件，没有收。",), "连不上中心：没有网络、地址不对或中心没有开机。"
    )


def _acts(made: Office) -> CaseActs:
    return CaseActs(made.page("case"), made.desk, made.window)


def _people(made: Office) -> list[object]:
    return list(made.desk.people.search("", 2)) * 2


def _roll(made: Office) -> None:
    made.window.open("roll")
    code = next(row.item.task_code for row in made.desk.items() if row.item.item_name == "最低生活保障审核确认")
    line = RollLine(HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address, {})
    assert RollDraft(code, "名册", (line,))
    made.page("roll").past()


def _import(made: Office) -> None:
    made.window.open("people")
    page = made.page("people")
    place = Path(__file__).parent.parent / "desk" / "counter" / "office_files" / "duplicate_ids.xlsx"
    import_dialog.read(page, made.desk, place, page.imports.of_roster)


def _progress(made: Office) -> None:
    stop = threading.Event()

    def work(_report: object, cancelled: Callable[[], bool]) -> None:
        while not cancelled() and not stop.wait(0.02):
            pass

    dialog = Progress(made.page("today"), "正在做一件要很久的事")
    dialog.go(work, lambda _none: None, lambda _error: None)
    dialog.open()


def _question(made: Office) -> None:
    made.page("cases").fill_form("complaint")
    ask = dialogs()[-1]
    ask.editor("what").setPlainText("窗口没人")
    ask.reject()


def _restored() -> Restored:
    saved = Saved(12, 2, 3, 4, 1, (815, 816), (("152523202202012611240012", HERDER.name),))
    return Restored("/var/lib/desk/set-aside-2026-11-28T103000", "2026-11-27T17:30", 812, saved)


def _damaged(made: Office) -> None:
    """Over a part of the window, which then closes in the place of all of it."""
    part = QWidget(made.window)
    part.show()
    Safekeeping(made.desk, part).offer_way_back()


_held: list[QWidget] = []  # pages without a window: nobody else keeps them


def _anew(made: Office) -> None:
    locked = LockedData(made.desk.folder.parent / "locked")
    _held.append(locked)
    locked.show()
    locked.begin_anew()


def _restore(made: Office) -> None:
    login = LoginPage(made.desk.folder, (Account("suhe", "苏和"),))
    _held.append(login)
    login.show()
    login.restore()


def _card(made: Office, kind: type) -> object:
    made.window.open("settings")
    made.settle()
    while not made.page("settings")._inner.updatesEnabled():  # its cards come one by one
        made.settle()
    return next(one for one in made.page("settings")._cards if isinstance(one, kind))


def _bundle(made: Office) -> object:
    return made.desk.trips.bundles()[0]


def _lasting(text: str) -> Exception:
    return SurroundingsError(text, "办件都在本机，没有丢失。", "请腾出空间，再试一次；还不行，请把这一页告诉旗中心。")


def _prints(made: Office) -> PrintsDialog:
    """A paper that a printer did not take, in the queue."""
    queue = print_queue.queue()
    queue.jobs.clear()
    queue.jobs[1] = print_queue.Job(
        1, "代办收件回执", "/dev/usb/lp0", lambda _where: lambda: None, lambda _error: None, print_queue.State.FAILED,
        _lasting("小票机（/dev/usb/lp0）没有接上。").sentences(),
    )  # fmt: skip
    dialog = PrintsDialog(made.window)
    dialog.open()
    return dialog


def _found() -> Found:
    """Everything at once that may be wrong with the way in."""
    return Found("苏和 5 次、巴特尔 3 次，最近一次 2026-11-28 07:12", 8, ("巴特尔",), broken=True, held_up=("萨拉",))


def _unmet() -> list[object]:
    """A condition that is not met, and one of which nobody knows."""
    line = Line("h1", Fact.AGE, LineTest.AT_LEAST, "80", "年满 80 周岁", "老年人权益保障法", "§33")
    known = "到 2026-11-24 是 70 周岁，2036 年满 80 周岁。"
    asks = Answer(line, Verdict.NOT_KNOWN, "要问清：没有同时享受最低生活保障？这里的记录中没有。")
    return [Unmet("holds:1", Answer(line, Verdict.NOT_MET, known)), asks]


def _amending(made: Office) -> CaseAmending:
    return CaseAmending(made.page("case"), made.desk, made.window)


def _let_in(made: Office) -> None:
    """Another window's new PC was let in."""
    one = guests.Guest("A" * 43 + "=", "A" * 43 + "=", "新电脑", "2026-11-24T09:30:00+08:00", "苏和")
    with made.desk.store.write() as db:
        guests._keep(db, {"152523202202-98": one})
    LetInDialog(made.page("sync"), made.desk).open()


TABLE: dict[str, Callable[[Office], object]] = {
    "ErrorDialog": lambda made: made.window.error(_lasting("磁盘满了，这一步没有做完。")),
    "Question": _question,
    "KeysDialog": lambda made: made.window.run("keys"),
    "update": lambda made: _card(made, ProgramCard)._ask(
        installing.Found("x.dbu", Release("desk", "9.0", "linux-x86_64", "2026-11-29", (), "更快。"))
    ),
    "CheckDialog": lambda made: made.window.run("check"),
    "HanDialog": lambda made: made.window.run("han"),
    "CommandBox": lambda made: made.window.run("commands"),
    "PictureDialog": lambda made: PictureDialog(made.window, made.desk, "户口簿", made.files, list).open(),
    "PictureViewer": lambda made: PictureViewer(made.window, made.desk, made.files).open(),
    "PaperDialog": lambda made: show_paper(
        made.page("case"), lambda: made.desk.papers.receipt(made.view.case.intake_no)
    ).run(),
    "TextsDialog": lambda made: TextsDialog(
        made.page("guides"), made.desk, full_draft(made.desk).task_code, "低保", GuideTexts(), lambda: None
    ).open(),
    "CounterPrintsDialog": lambda made: CounterPrintsDialog(
        made.page("guides"), made.desk, (), (full_draft(made.desk).task_code,)
    ).open(),
    "LocalAdjustmentDialog": lambda made: adjust(
        made.page("guides"),
        made.desk,
        made.window,
        full_draft(made.desk).task_code,
        AdjustView(made.desk.items()[0].item, Adjustment(place="二楼"), made.desk.villages.counters()),
    ),
    "HallDialog": lambda made: HallDialog(made.page("sync"), made.desk).open(),
    "hall-address": lambda made: HallDialog(made.page("sync"), made.desk).ask_address(),
    "hall-pass": lambda made: _acts(made).hall.pass_on(made.view.case.intake_no),
    "hall-back": lambda made: _acts(made).hall.give_back(made.view.case.intake_no),
    "hall-take-over": lambda made: _acts(made).hall.do(
        "take-over", "windows", BoardLine(("2 号窗口",), "152523202202-02"), Board(())
    ),
    "hall-draft-back": lambda made: _acts(made).hall.do(
        "back", "drafts", BoardLine(("苏和",), "draft:1", came=True), Board(())
    ),
    "draft-pass": lambda made: hall_drafts.ask_window(made.page("today"), made.desk, "draft-9", lambda: None),
    "LetInDialog": _let_in,
    "FetchBackDialog": lambda made: FetchBackDialog(made.page("sync"), made.desk).open(),
    "MemosDialog": lambda made: MemosDialog(made.page("sync"), made.desk).open(),
    "MemoAsk": lambda made: MemosDialog(made.page("sync"), made.desk).compose(),
    "LabelsDialog": lambda made: LabelsDialog(made.page("settings"), made.desk).open(),
    "RollsDialog": _roll,
    "DraftsDialog": lambda made: DraftsDialog(made.page("today"), made.desk, made.window).open(),
    "roll-asked": lambda made: roll_asked.ask(
        made.page("roll"), Before((0, 1), made.desk.cases(CaseQuery())[0], 900), 1200, lambda _but, _why: None
    ),
    "roll-undo": lambda made: made.page("roll").undo_roll(
        Roll("r1", "taken", "2026-11-24", RollTaken("2026 年度草补名册", 2026, "1", "草补", (), "苏和"))
    ),
    "ImportDialog": _import,
    "ImportsDialog": lambda made: made.page("people").imports.past(),
    "Progress": _progress,
    "PrintsDialog": _prints,
    "printer": lambda made: _prints(made).choose(print_queue.queue().jobs[1]),
    "settle": lambda made: made.page("sync").settle(DoubtLine("x", "8.ab", "2026-11-24 09:00", "另一个样子")),
    "RatingPage": lambda made: _acts(made).rate(made.view),
    "ForgottenDialog": lambda made: ForgottenDialog(
        made.window, made.desk.folder, made.desk.account, lambda _who, _key, _password: None
    ).ask(lambda _led: None),
    "visit": lambda made: register_ahead.book_visit(made.page("register"), full_draft(made.desk)),
    "visit-off": lambda made: made.page("today")._call_off(made.desk.visits.booked()[0]),
    "agent": lambda made: _card(made, AgentsCard).add(),
    "agent-close": lambda made: _card(made, AgentsCard).close_agent(Account("bayar", "巴雅尔")),
    "vault-found": lambda made: told_at_login.tell(made.window, made.desk, _found()),
    "password": lambda made: _card(made, AgentsCard).change_password(),
    "enrol": lambda made: _card(made, CentreCard).enrol(),
    "enrol-stick": lambda made: _card(made, CentreCard).enrol_by_stick(made.desk.folder),
    "case-reason": lambda made: _acts(made).act("case.withdrawn", made.view),
    "case-brought": lambda made: _acts(made).supplement(made.view),
    "case-correction": lambda made: _amending(made).correct(made.view),
    "case-other-item-ask": lambda made: _amending(made).other_item(made.view),
    "asked": lambda made: register_asked.ask(
        made.page("register"), [made.desk.cases(CaseQuery())[0], *_unmet()], lambda _answers, _again: None
    ),
    "case-serve": lambda made: _acts(made).serve(made.view),
    "seal": lambda made: made.page("trips").seal("苏尼特左旗政务服务中心", (made.view.case.intake_no,)),
    "hand": lambda made: made.page("trips").hand_over(_bundle(made)),
    "take": lambda made: made.page("trips").take_over(_bundle(made)),
    "lodge-scan": lambda made: VillageEnvelopes(made.page("trips"), made.desk, made.window).scan(),
    "lodge-take": lambda made: VillageEnvelopes(made.page("trips"), made.desk, made.window).take(
        Arriving(_bundle(made).sealed.number, "乌日尼勒图嘎查", _bundle(made))
    ),
    "drive": lambda made: made.page("trips").drive(),
    "reveal": lambda made: made.page("people").reveal(_people(made)[0].id),
    "name-mn": lambda made: made.page("people").write_in_mongolian(_people(made)[0].id, "ᠪᠠᠲᠤ"),
    "alias": lambda made: made.page("people").add_alias(_people(made)[0].id),
    "merge": lambda made: made.page("people").merge(*_people(made)[:2]),
    "form": lambda made: made.page("cases").fill_form("complaint"),
    "UnlocksDialog": _unlocks,
    "unlock-pass": lambda made: UnlocksDialog(made.page("cases"), made.desk).pass_on(),
    "RelayedDialog": lambda made: RelayedDialog(made.page("cases"), _relayed()).open(),
    "RestoreDialog": _restore,
    "RestoredDialog": lambda made: RestoredDialog(made.window, _restored()).open(),
    "damaged": _damaged,
    "second-place": lambda made: made.window.safe.second_place(),
    "locked-anew-ask": _anew,
}


def opened(made: Office, name: str) -> Dialog:
    """The dialog, in front."""
    TABLE[name](made)
    if name == "Progress":  # ends with its dialog alone
        QApplication.processEvents()
    else:
        made.settle()
    found = dialogs()
    assert found, name
    return next((one for one in found if type(one).__name__ == name or one.objectName() == name), found[-1])


def away(made: Office) -> None:
    """No dialog stays, and no page that stood under one."""
    while dialogs():
        for one in reversed(dialogs()):
            if isinstance(one, Progress):
                one.reject()
            one.hide()
            one.deleteLater()
        made.settle()
    while _held:
        page = _held.pop()
        if shiboken6.isValid(page):
            page.hide()
            page.deleteLater()
