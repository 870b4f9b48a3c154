"""Run by test_first_day.py in a process of its own, because CUPS keeps the first server that it was told.

The first day of a desk at its window, from the first start to the evening, by keys and clicks; the centre is another
process on loopback, and its staff sit at its commands. Ends with 0 when everything went as it should.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import pypdf
from drafts import HERDER, PASSWORD, POINT, POINT_NAME
from hand import CONTROL, Hand, still, until
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desk.app import demo
from desk.log.events import Person
from desk.store.snapshots import CaseQuery
from ui.app import Front, application, end
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.paper_view import PaperDialog
from ui.login import LoginPage
from ui.window import MainWindow
from ui.wizard import DONE, Wizard

FOLDER, QUEUE, ROLL = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
SON = Person("那顺乌力吉", "111", "152523197108150018", "13900000002", "二组")
BATER_GIVEN, BATER_OWN = "given by suhe", "a password of bater"
BY_TELEPHONE, BY_STICK = "after the telephone", "after the stick"
STAFF = {"chief": "首席", "admin": "管理"}
unexpected: list[BaseException] = []
W = TypeVar("W", bound=QWidget)
hand = Hand()


# -- seeing -----------------------------------------------------------------------------------------------------------


def seen(kind: type[W], name: str = "") -> list[W]:
    """Windows and dialogs on the screen."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return [one for one in found if not name or one.objectName() == name]


def shown(kind: type[W], name: str = "") -> W:
    until(lambda: unexpected or seen(QDialog, "error") or seen(kind, name), f"{kind.__name__} {name}")
    assert not unexpected, unexpected
    assert not seen(QDialog, "error"), words(seen(QDialog, "error")[0])
    return seen(kind, name)[-1]


def part(where: QWidget, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
    """Something in a window that can be seen; the newest where it was drawn anew."""
    until(lambda: [one for one in where.findChildren(kind, name) if one.isVisible()], name)
    return [one for one in where.findChildren(kind, name) if one.isVisible()][-1]


def words(where: QWidget) -> str:
    """All that can be read in a window."""
    return "\n".join(one.text() for one in where.findChildren(QLabel) if one.isVisible())


def fill(where: QWidget, **texts: str) -> None:
    """Type into fields, each reached by a click; a name's underscores are dashes."""
    for name, text in texts.items():
        edit = part(where, name.replace("_", "-"))
        hand.click(edit)
        if isinstance(edit, QLineEdit) and edit.text():
            hand.key(Qt.Key.Key_A, CONTROL)
        hand.type(text)


def choose(box: QComboBox, text: str) -> None:
    """By the arrow keys, as far as it takes."""
    box.setFocus()
    hand.key(Qt.Key.Key_Home)
    while text not in box.currentText():
        before = box.currentIndex()
        hand.key(Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"{text} is not offered"


@contextmanager
def in_the_file_dialog(place: Path) -> Iterator[None]:
    """What the next file dialog is answered; it has an event loop of its own."""
    timer = QTimer()

    def answer() -> None:
        for dialog in seen(QFileDialog):
            timer.stop()
            line = dialog.findChild(QLineEdit)
            line.setText(str(place))
            dialog.findChild(QDialogButtonBox).buttons()[0].click()

    timer.timeout.connect(answer)
    timer.start(50)
    yield
    timer.stop()
    still()


# -- the parts of a day -----------------------------------------------------------------------------------------------


def first_start(folder: Path, address: str = "", *codes: str) -> MainWindow:
    """The five steps; `codes` are tried one after another, the last one is right."""
    front = Front(folder)
    wizard = front.login
    assert isinstance(wizard, Wizard)
    wizard.show()
    wizard.activateWindow()
    still()
    hand.type("苏和")
    hand.key()
    until(wizard.account.text, "an account out of the name")
    hand.key()
    for _ in range(2):
        hand.type(PASSWORD)
        hand.key()
    hand.type("洪格尔 乌日尼勒图")
    until(wizard.place.list.isVisible, "the list of places")
    hand.key()
    hand.type(demo.PHONE)
    hand.key()
    hand.key()
    if address:
        hand.type(address)
        hand.key()
        for code in codes[:-1]:
            hand.type(code)
            hand.key()
            until(lambda: "另一个代办点" in words(wizard), "the code is of another point")
            assert not folder.exists()
            hand.key(Qt.Key.Key_A, CONTROL)
        hand.type(codes[-1])
    hand.key()
    until(lambda: wizard.step() == DONE, "the desk is made")
    hand.key()
    until(lambda: front.window is not None, "the window")
    window = front.window
    assert isinstance(window, MainWindow)
    window.resize(1366, 728)
    still()
    kept.append(front)
    return window


kept: list[object] = []  # fronts and windows that must live as long as the day


def register_on_behalf(window: MainWindow) -> str:
    """Her case, for which her son came: she is the applicant, he the one who came. The receipt is shown."""
    hand.key(Qt.Key.Key_N, CONTROL)
    page = window.page("register")
    until(page.isVisible, "the register page")
    hand.click(page.finder.search)
    hand.type("zdshbzsh")
    until(lambda: page.finder.list.count() == 1, "the item is found")
    hand.key()
    until(page.item.task_code, "the item is taken")
    hand.type(HERDER.name)
    hand.key()
    until(page.person.is_said, "it is said who it is for")
    fill(page, applicant_id_number=HERDER.id_number, applicant_phone=HERDER.phone,
         applicant_address=HERDER.address)  # fmt: skip
    hand.click(page.person.by_proxy)
    fill(page, proxy_name=SON.name, proxy_id_number=SON.id_number, proxy_phone=SON.phone)
    choose(part(page, "proxy-relation", QComboBox), "子女")
    fill(page, field_members="3")
    part(page, "register-all-materials").setFocus()
    hand.key(Qt.Key.Key_Space)
    hand.key(Qt.Key.Key_Return, CONTROL)
    until(lambda: page.receipt.view.paper is not None, "the receipt")
    assert "回执" in page.receipt.view.paper.title
    (row,) = window.desk.cases(CaseQuery())
    case = window.desk.case(row.intake_no).case
    assert row.applicant_name == HERDER.name
    assert (case.collected.proxy.person.name, case.collected.proxy.relation) == (SON.name, "子女")
    return row.intake_no


def printed(paper: QWidget, place: Path) -> None:
    """By the button and the real dialog: on the queue where there is one, else to a file."""
    hand.click(part(paper, "paper-print", QPushButton))
    if QUEUE:
        dialog = shown(QPrintDialog)
        box = dialog.findChild(QComboBox, "printers")
        choose(box, QUEUE)
        hand.click(dialog.findChild(QDialogButtonBox).buttons()[0])
        until(lambda: not seen(QPrintDialog), "the print dialog goes")
    kept_as_file(paper, place)
    if isinstance(paper, PaperDialog):
        hand.click(part(paper, "paper-close", QPushButton))
        until(lambda: not seen(PaperDialog), "the paper goes")


def kept_as_file(paper: QWidget, place: Path) -> None:
    """另存; on a machine without a printer 打印 has asked for the file already."""
    if QUEUE:
        hand.click(part(paper, "paper-save", QPushButton))
    dialog = shown(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(place))
    hand.click(dialog.findChild(QDialogButtonBox).buttons()[0])
    until(place.exists, f"{place.name} is kept")


def text_of(place: Path) -> str:
    return "".join(one.extract_text() for one in pypdf.PdfReader(place).pages).replace("\n", "").replace(" ", "")


def correct(window: MainWindow, number: str) -> None:
    """A wrong telephone is put right; the receipt is drawn again, marked as taking the former one's place."""
    window.open("case", intake_no=number)
    still()
    hand.click(part(window.page("case"), "case-correct"))
    ask = shown(QDialog, "case-correction")
    hand.click(ask.editor("applicant.phone"))
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.type("13911112222")
    hand.click(ask.editor("why"))
    hand.type("听错了")
    hand.key(Qt.Key.Key_Return, CONTROL)
    paper = shown(PaperDialog)
    printed(paper, FOLDER / "corrected.pdf")
    assert "更正" in text_of(FOLDER / "corrected.pdf")
    assert window.desk.case(number).phone_masked == "139****2222"


def roll(window: MainWindow) -> int:
    """An office's file, with title rows above its headings: looked at, taken, every household a case."""
    before = window.desk.count_cases(CaseQuery())
    window.open("roll")
    still()
    page = window.page("roll")
    choose(page.item, "草原生态保护补助奖励")
    with in_the_file_dialog(ROLL):
        hand.click(part(page, "roll-sheet"))
    look = shown(ImportDialog)
    until(look.go.isEnabled, "it can be taken")
    hand.click(look.go)
    until(lambda: page.model.lines, "the rows are there")
    hand.click(part(page, "roll-take"))
    until(lambda: not page.model.lines, f"they are taken in: {words(page)}")
    return window.desk.count_cases(CaseQuery()) - before


def synced(window: MainWindow) -> None:
    hand.key(Qt.Key.Key_F9)
    until(lambda: window.desk.sync_status().waiting == 0, "everything is at the centre")


def log_in(page: LoginPage, password: str, account: str = "") -> None:
    if account:
        box = part(page, "login-account", QComboBox)
        choose(box, f"（{account}）")
    fill(page, login_password=password)
    hand.key()


def locked(window: MainWindow) -> LoginPage:
    hand.key(Qt.Key.Key_L, CONTROL)
    assert window.lock.locked
    assert HERDER.name not in words(window)
    return part(window, "login")  # type: ignore[return-value]


def change_of_agent(window: MainWindow) -> MainWindow:
    """Another agent is added, takes over without quitting, chooses an own password, and gives the desk back."""
    window.open("settings")
    settings = window.page("settings")
    until(lambda: settings.findChildren(QPushButton, "settings-agent-add"), "the settings")
    hand.click(part(settings, "settings-agent-add"))
    ask = shown(QDialog, "agent")
    for key, text in (("name", "巴特尔"), ("account", "bater"), ("password", BATER_GIVEN), ("again", BATER_GIVEN)):
        hand.click(ask.editor(key))
        hand.type(text)
    hand.key(Qt.Key.Key_Return, CONTROL)
    until(lambda: len(window.desk.agents.listed()) == 2, "the second agent")
    page = locked(window)
    log_in(page, "not the password")
    assert window.lock.locked
    log_in(page, BATER_GIVEN, "bater")
    fill(page, login_own=BATER_OWN, login_own_again=BATER_OWN)
    hand.key()
    until(lambda: [one for one in seen(MainWindow) if one is not window], "his own window")
    other = next(one for one in seen(MainWindow) if one is not window)
    kept.append(other)
    other.activateWindow()
    still()
    assert other.desk.account.account == "bater"
    page = locked(other)
    log_in(page, PASSWORD, "suhe")
    until(window.isVisible, "the first window again")
    window.activateWindow()
    still()
    return other


def answered_by(centre: demo.LocalCentre, request: str, *more: str) -> str:
    """Two of the staff at the centre's command."""
    os.environ["DAIBAN_PASSWORD_CONFIRM"] = PASSWORD
    who = ("--asks", "chief", "--confirms", "admin", "--why", "打回登记的电话，听得出是本人")
    return centre.run("unlock", request, *who, *more, password=PASSWORD)


def forgotten_by_telephone(window: MainWindow, centre: demo.LocalCentre) -> None:
    """At the locked window: the request code is read out, the answer typed."""
    hand.click(part(locked(window), "login-forgotten"))
    ask = shown(QDialog, "forgotten")
    code = part(ask, "forgotten-request", QLabel).text()
    answer = answered_by(centre, code, "--name", "苏和").splitlines()[-1]
    for key, text in (("code", answer), ("password", BY_TELEPHONE), ("again", BY_TELEPHONE)):
        hand.click(ask.editor(key))
        hand.type(text)
    hand.key()
    until(lambda: not window.lock.locked, "in again")
    synced(window)  # the new way back is told to the centre


def forgotten_by_stick(folder: Path, centre: demo.LocalCentre) -> MainWindow:
    """At the login page the next morning: the request goes on a stick and the answer comes back on it."""
    front = Front(folder)
    page = front.login
    assert isinstance(page, LoginPage)
    page.show()
    page.activateWindow()
    still()
    stick = FOLDER / "stick"
    stick.mkdir()
    hand.click(part(page, "login-forgotten"))
    ask = shown(QDialog, "forgotten")
    with in_the_file_dialog(stick):
        hand.click(part(ask, "forgotten-write"))
    until(lambda: list(stick.rglob("*.DBQ")), "the request")
    (request,) = stick.rglob("*.DBQ")
    answered_by(centre, str(request))
    with in_the_file_dialog(stick):
        hand.click(part(ask, "forgotten-read"))
    until(lambda: "有效" in words(ask), "the answer is good")
    for key in ("password", "again"):
        hand.click(ask.editor(key))
        hand.type(BY_STICK)
    hand.key()
    until(lambda: front.window is not None, "the window")
    kept.append(front)
    assert isinstance(front.window, MainWindow)
    return front.window


def shut(window: MainWindow) -> None:
    window.close()
    until(lambda: not seen(MainWindow), "the window goes")
    still()


# -- the day ----------------------------------------------------------------------------------------------------------


def day(centre: demo.LocalCentre) -> dict[str, object]:
    """All of it; what the test looks at on disk and at the centre afterwards."""
    for account, name in STAFF.items():
        centre.run("users", "add", "--own", account, name, "政务服务局", "--roles", account, password=PASSWORD)
    alone = first_start(FOLDER / "alone")
    assert not alone.desk.office.enrolled
    assert alone.desk.office.phone == demo.PHONE
    register_on_behalf(alone)
    printed(alone.page("register").receipt, FOLDER / "alone.pdf")
    shut(alone)
    wrong = centre.run("enrol-code", "152523202201", "洪格尔便民代办点")
    window = first_start(FOLDER / "desk", centre.address, wrong, centre.run("enrol-code", POINT, POINT_NAME))
    assert window.desk.office.enrolled
    number = register_on_behalf(window)
    printed(window.page("register").receipt, FOLDER / "receipt.pdf")
    for said in (HERDER.name, SON.name, demo.PHONE, number):
        assert said in text_of(FOLDER / "receipt.pdf"), said
    correct(window, number)
    households = roll(window)
    if not QUEUE:  # from here on nothing is printed: the day with a printer goes on
        shut(window)
        return {"number": number, "households": households, "acts": hand.acts}
    synced(window)
    change_of_agent(window)
    forgotten_by_telephone(window, centre)
    shut(window)
    again = forgotten_by_stick(FOLDER / "desk", centre)
    assert again.desk.count_cases(CaseQuery()) == households + 1
    shut(again)
    return {"number": number, "households": households, "acts": hand.acts}


def noted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught, in a slot of the window or in this script."""
    unexpected.append(error)
    sys.__excepthook__(kind, error, trace)


def main() -> int:
    application([])
    sys.excepthook = noted
    with demo.LocalCentre(FOLDER / "centre") as centre:
        facts = day(centre)
        facts["verified"] = centre.run("verify")
    assert not unexpected, unexpected
    (FOLDER / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    return end(0)


if __name__ == "__main__":
    raise SystemExit(main())
