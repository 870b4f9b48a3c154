"""The tour: the real window drives the real road, off screen when there is no display, and leaves papers and pictures.

Log in, register, print, sync; the centre's clerk accepts on the centre's own pages; sync again; the desk shows 受理.
Exit status 0 only when the centre's answer came back.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from desk.app import demo
from desk.errors import DeskError
from desk.folds.case import State
from desk.log import receipt_code
from desk.options import Options
from desk.store.snapshots import CaseView
from desk.sync.outcome import Outcome, SyncResult
from desk.words.guide_texts import GuideTexts
from ui import actions, tasks
from ui.app import Front, application, without_screen
from ui.look import i18n, theme
from ui.pages.case_acts import CaseActs
from ui.pages.register import RegisterPage
from ui.pages.roll import RollPage
from ui.pages.sync import SyncPage
from ui.window import MainWindow

_PATIENCE = 30_000  # ms for any one step
_ROUNDS, _ROUND = 12, 10  # after so many with nothing under way all is laid out and drawn; ms that each takes at least
_TO_FRONT = 3_000  # ms that a system has to bring the window to the front
_MONGOLIAN = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"  # the name of the script itself; nobody has to review it
_SIZE = (1366, 728)  # the old screen, less the task bar
_LOOKS = (("浅色", "light", 1.0), ("深色", "dark", 1.0), ("特大字", "light", 1.5))


class TourError(Exception):
    """A step did not come to its end."""


def _is_being_built() -> bool:
    """Whether a page that is shown keeps from being drawn until all of it is there."""
    return any(one.isVisible() and not one.updatesEnabled() for one in QApplication.allWidgets())


def type_text(widget: QWidget, text: str) -> None:
    """Type as a person does: keys where there are keys, an input method's commit for Chinese."""
    widget.setFocus()
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(widget, typed)


class Tour:
    """One walk. `keep` is where papers and pictures go."""

    def __init__(self, app: QApplication, keep: Path, facts: demo.DemoFacts) -> None:
        self.app, self.keep, self.facts = app, keep, facts
        self.window: MainWindow
        self.intake_no = ""
        keep.mkdir(parents=True, exist_ok=True)

    # -- looking and waiting -----------------------------------------------------------------------------------

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Let events run until `true`; TourError when it takes too long."""
        loop, clock = QEventLoop(), QTimer()
        clock.setSingleShot(True)
        clock.start(_PATIENCE)
        while not true():
            if not clock.isActive():
                raise TourError(f"等不到：{what}。{self._where_it_ended()}")
            loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _where_it_ended(self) -> str:
        """A picture of what stands there, for whoever helps; where it lies, in words."""
        shown = QApplication.activeModalWidget() or QApplication.activeWindow() or getattr(self, "window", None)
        place = self.keep / "停在这里.png"
        return f"当时的窗口：{place}" if shown is not None and shown.grab().save(str(place)) else ""

    def press(self, page: QWidget, button: str) -> None:
        """Ctrl+Enter; the button where another program keeps the front, for shortcuts are the front window's alone."""
        clock = QElapsedTimer()
        clock.start()
        self.window.raise_()
        self.window.activateWindow()
        while not self._in_front() and clock.elapsed() < _TO_FRONT:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if self._in_front():
            QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.mouseClick(self.find(button), Qt.MouseButton.LeftButton)

    def _in_front(self) -> bool:
        """As shortcuts ask it: the system's own word comes before the focus does."""
        return QApplication.activeWindow() is self.window

    def settle(self) -> None:
        """Let what is under way end and be drawn. What is shown may ask for more once it is laid out; laying out may
        take longer than any moment of quiet: so rounds are counted, each with all that waits."""
        clock, rest = QElapsedTimer(), _ROUNDS
        clock.start()
        while rest and clock.elapsed() < _PATIENCE:
            QTest.qWait(_ROUND)
            rest = _ROUNDS if tasks.door().busy or _is_being_built() else rest - 1

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window."""
        self.settle()
        (widget or self.window).grab().save(str(self.keep / f"{name}.png"))

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """A widget by its name; the newest one where a page was drawn anew."""
        found = [one for one in self.window.findChildren(kind, name) if one is not None]
        if not found:
            raise TourError(f"窗口里没有 {name}")
        return found[-1]

    # -- the road ----------------------------------------------------------------------------------------------

    def log_in(self) -> None:
        """The login page with a wrong password, then with the right one."""
        front = Front(self.facts.folder, self.facts.password)
        self.front = front
        front.login.show()
        box = front.login.findChild(QLineEdit, "login-password")
        assert box is not None  # noqa: S101 - our own page
        self.picture("01-登录", front.login)
        type_text(box, self.facts.password)
        QTest.keyClick(box, Qt.Key.Key_Return)
        self.until(lambda: front.window is not None, "登录")
        assert isinstance(front.window, MainWindow)  # noqa: S101 - our own window
        self.window = front.window
        self.window.resize(*_SIZE)
        self.picture("02-今日")

    def register(self) -> None:
        """One case by keyboard, from the item to the receipt."""
        self.window.open("register")
        page = self.window.page("register")
        if not isinstance(page, RegisterPage):
            raise TourError("登记页没有打开")
        self.settle()
        type_text(page.finder.search, "zdshbz")
        self.settle()
        QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
        self.until(lambda: bool(page.item.task_code()), "事项")
        self._person(page)
        type_text(self.find("field-members"), "3")
        self._materials(page)
        self.picture("03-登记")
        done: list[str] = []
        page.registered.connect(done.append)
        self.press(page, "register-submit")
        self.until(lambda: bool(done) or self._shown("asked") is not None, "登记")
        if asked := self._shown("asked"):  # the tour was walked here within the week: the same is asked about
            type_text(self.find("asked-again"), "演示：再走一遍")
            QTest.keyClick(asked, Qt.Key.Key_Return)
            self.until(lambda: bool(done), "登记")
        self.intake_no = done[0]
        self.until(lambda: page.receipt.view.paper is not None, "回执")
        self.picture("04-登记之后")

    def _shown(self, name: str) -> QWidget | None:
        return next((one for one in self.app.topLevelWidgets() if one.objectName() == name and one.isVisible()), None)

    def _person(self, page: RegisterPage) -> None:
        person = demo.PEOPLE[0]
        type_text(page.finder.search, "altqqg")
        self.settle()
        QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
        self.settle()
        if not page.person.applicant.name.text():
            type_text(page.person.applicant.name, person.name)
            type_text(page.person.applicant.number, person.id_number)
            type_text(page.person.applicant.phone, person.phone)
            type_text(page.person.applicant.address, person.address)

    def _materials(self, page: RegisterPage) -> None:
        box = page.findChild(QCheckBox, "register-all-materials")
        assert box is not None  # noqa: S101 - our own page
        box.click()
        kin = page.findChild(QCheckBox, "material-kin")
        assert kin is not None  # noqa: S101 - our own page
        kin.click()
        type_text(self.find("material-kin-why"), "下次送件时补来")

    def papers(self) -> None:
        """Keep the receipt in three sizes and the guide."""
        desk = self.window.desk
        self.settle()
        for size in ("A5", "A4", "80mm"):
            (self.keep / f"代办收件回执-{size}.pdf").write_bytes(desk.papers.receipt(self.intake_no, size).pdf)
        code = desk.case(self.intake_no).case.collected.item.task_code
        (self.keep / "服务指南.pdf").write_bytes(desk.papers.guide(code).pdf)

    def sync(self, picture: str) -> SyncResult:
        """Press the button and wait for the end."""
        page = self.window.page("sync")
        if not isinstance(page, SyncPage):
            raise TourError("同步页没有打开")
        self.window.open("sync")
        ended: list[SyncResult] = []
        page.finished.connect(ended.append)
        page.start()
        self.until(lambda: bool(ended), "同步")
        self.picture(picture)
        return ended[0]

    def case(self) -> CaseView:
        """The case as the desk has it."""
        return self.window.desk.case(self.intake_no)

    def pages(self) -> None:
        """Every page on the old screen, in light, dark and the largest type."""
        for number, (name, mode, scale) in enumerate(_LOOKS, 10):
            theme.apply(self.app, mode, scale)
            for key in (*(action.key for action in actions.pages(township=False)), "case"):
                facts = {"intake_no": self.intake_no} if key == "case" else {}
                self.window.open(key, **facts)
                if key == "register":
                    self.window.page(key).activate(task_code=self.case().case.collected.item.task_code)
                self.picture(f"{number}-{name}-{key}")
        theme.apply(self.app)
        self.questions()
        self.window.run("commands")
        box = self.dialog("commands")
        type_text(self.find("commands-search"), "alt")
        self.picture("20-找", box)
        box.close()

    def questions(self) -> None:
        """The small windows that ask: hand-over, rating, pictures; a roll with rows, first start, English."""
        from ui.dialogs.picture_dialog import PictureDialog
        from ui.widgets.signature import RatingPage
        from ui.wizard import Wizard

        view, page = self.case(), self.window.page("case")
        self.window.open("case", intake_no=self.intake_no)
        CaseActs(page, self.window.desk, self.window).serve(view)
        self._keep_and_close("21-交件", "case-serve")
        RatingPage(self.window, lambda _score, _words: None).open()
        self._keep_and_close("22-评价", "rating")
        pictures = PictureDialog(self.window, self.window.desk, "居民户口簿", (), list)
        pictures.open()
        pictures.add_image(self.window.grab().toImage(), "page.png")
        self._keep_and_close("23-图片", "pictures")
        self._paper_tools()
        self.window.open("roll")
        self.settle()
        roll = self.window.page("roll")
        if isinstance(roll, RollPage):
            roll.from_people()
            self.settle()
            roll.take()
        self.picture("24-批量名册")
        wizard = Wizard(self.keep / "none")
        wizard.show()
        self.picture("25-第一次使用", wizard)
        wizard.close()
        i18n.use(self.app, "en")
        self.window.open("again")
        for key in ("today", "register", "settings"):
            self.window.open(key)
            self.picture(f"26-English-{key}")
        i18n.use(self.app, "zh")
        self.window.open("again")

    def _paper_tools(self) -> None:
        """A receipt checked, a rare character found, Mongolian typed in columns."""
        from ui.dialogs.check_dialog import CheckDialog
        from ui.dialogs.han_dialog import HanDialog
        from ui.dialogs.mongolian_dialog import LabelsDialog, TextsDialog

        desk = self.window.desk
        check = CheckDialog(self.window, desk, lambda number: self.window.open("case", intake_no=number))
        check.open()
        check.code.setText(receipt_code.make(desk.identity.keys, self.intake_no))
        check.judge()
        self._keep_and_close("23-验回执", "check")
        rare = HanDialog(self.window)
        rare.open()
        type_text(rare.search, "⿰土厂")
        self.until(lambda: rare.list.count() > 0, "生僻字")
        self._keep_and_close("23-生僻字", "han")
        code = self.case().case.collected.item.task_code
        texts = TextsDialog(self.window, desk, code, "最低生活保障", GuideTexts(name=_MONGOLIAN), lambda: None)
        texts.open()
        texts.editors["materials"].setPlainText(f"1. {_MONGOLIAN}\n2. {_MONGOLIAN}（户口簿）")
        self.until(lambda: not texts.view.pixmap().isNull(), "蒙古文稿")
        self._keep_and_close("23-蒙古文稿", "mongolian")
        labels = LabelsDialog(self.window, desk)
        labels.open()
        self.settle()
        labels.words.setPlainText(_MONGOLIAN)
        self.until(lambda: not labels.view.pixmap().isNull(), "蒙古文用词")
        self._keep_and_close("23-蒙古文用词", "labels")

    def _keep_and_close(self, name: str, dialog: str) -> None:
        box = self.dialog(dialog)
        self.picture(name, box)
        box.close()

    def dialog(self, name: str) -> QWidget:
        """An open dialog by its name; one of the name that was closed just now is none."""
        self.until(lambda: self._shown(name) is not None, name)
        found = self._shown(name)
        assert found is not None  # noqa: S101 - waited for just now
        return found


def walk(tour: Tour, say: Callable[[str], None]) -> bool:
    """The whole road; whether the centre's answer came back."""
    tour.log_in()
    say("登录……好")
    tour.register()
    say(f"登记……好，收件号 {tour.intake_no}")
    tour.papers()
    sent = tour.sync("05-同步")
    say(f"同步……{sent.happened}")
    if sent.outcome is not Outcome.DONE:
        return False
    clerk = demo.Clerk(tour.facts)
    page = clerk.do(tour.intake_no, "accept", document_no="苏左受字〔2026〕1号")
    clerk.close()
    (tour.keep / "中心的办件页.html").write_text(page, "utf-8")
    say("中心受理……好" if "已受理" in page else "中心没有受理")
    back = tour.sync("06-再次同步")
    say(f"再次同步……{back.happened}")
    tour.window.open("case", intake_no=tour.intake_no)
    tour.picture("07-办件")
    view = tour.case()
    if view.case.state is not State.ACCEPTED or not view.case.case_no:
        return False
    say(f"办件……{view.row.state_name}，办件编号 {view.case.case_no}")
    for clock in view.clocks:
        say(f"  {clock.name}：{clock.words}")
    tour.pages()
    tour.window.close()
    return True


def run_tour(argv: Sequence[str]) -> int:
    """`desk tour [--keep DIR]`."""
    parser = Options(prog="desk tour", description="不用屏幕走一遍：登记、打印、同步、受理")
    usual = Path(platformdirs.user_data_path("daiban-desk", appauthor=False)) / "tour"
    parser.add_argument("--keep", type=Path, default=usual, help="纸面和图片放在哪里")
    keep: Path = parser.parse_args(argv).keep
    without_screen()
    app = application([])
    theme.apply(app)
    place = demo.default_folder()
    try:
        demo.make(place, lambda far: print(far.step, f"{far.done}/{far.total}", end="\r", flush=True), lambda: False)
        with demo.LocalCentre(place / demo.CENTRE) as centre:
            facts = demo.prepare(place / demo.DESK, centre)
            right = walk(Tour(app, keep, facts), lambda words: print(words, flush=True))
            tasks.shut()
    except (DeskError, TourError) as error:
        print(error.sentences() if isinstance(error, DeskError) else error, file=sys.stderr)
        return 1
    print(f"纸面（PDF）和图片（PNG）在：{keep}")
    return 0 if right else 1
