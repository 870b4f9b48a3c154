"""Every page in every state in which it offers something else, and how a person comes to it."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Callable

import msgspec
from all_dialogs import Office, opened
from banner import publish_towns, seeded
from browsing import form_of
from conftest import (
    CHEAP,
    HERDER,
    PASSWORD,
    POINT,
    POINT_NAME,
    full_draft,
    item_code,
    move,
    slow_disk,
    sync,
)
from hall_steps import introduced
from office import logged_in
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from room import Room

from db.centre import records
from desk.app import opening
from desk.centre.exchange import enrolment
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.office.memos import Typed
from desk.counter.rolls import RollLine
from desk.folds.records import OfferedRelease
from desk.log import receipt_code
from desk.log.events import Served
from desk.log.files import FileRef
from desk.release import programs
from desk.store import siblings
from desk.store.account import Account
from desk.store.snapshots import CaseQuery, DraftMaterial, PaperOut
from desk.sync.trust import doubts
from ui.dialogs.paper_view import PaperDialog
from ui.keeping.locked_data import LockedData
from ui.login import LoginPage
from ui.look import theme
from ui.messages import Toast
from ui.pages.demonstration import Making
from ui.pages.settings.program import ProgramCard
from ui.window import MainWindow
from ui.wizard import STEPS, Wizard

# -- cases -----------------------------------------------------------------------------------------------------------


def _shown(made: Office, number: str) -> QWidget:
    made.window.open("case", intake_no=number)
    made.settle()
    return made.page("case")


def _with_papers(made: Office, files: tuple[FileRef, ...]) -> str:
    """A case with a picture, a paper that was printed, and what was signed on it."""
    desk, draft = made.desk, full_draft(made.desk)
    first, *rest = draft.materials
    ticks = (msgspec.structs.replace(first, files=files), *rest)
    number = desk.register(msgspec.structs.replace(draft, materials=ticks)).intake_no
    desk.papers.receipt(number)
    paper = desk.case(number).papers[0]
    desk.papers.keep_signed(paper.sha256, files)
    return number


def _case(room: Room) -> QWidget:
    made = room.office()
    return _shown(made, room.case("with papers", lambda: _with_papers(made, made.files)))


def _lacking(room: Room) -> QWidget:
    made = room.office()
    draft = full_draft(made.desk)
    ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次带来"))
    lacking = msgspec.structs.replace(draft, materials=ticks)
    return _shown(made, room.case("lacking", lambda: made.desk.register(lacking).intake_no))


def _granted(room: Room, *more: str) -> str:
    """A case that the centre granted, and what was done here since."""

    def make() -> str:
        desk = room.whole().desk
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        move(room.served, number, "case.accepted", "case.granted", "case.returning")
        sync(desk)
        for kind in more:
            if kind == "case.served":
                desk.handling.serve(number, Served(recipient=HERDER.name, how="当面"))
            else:
                desk.handling.act(number, kind, "")
        return number

    return room.case(" ".join(("granted", *more)), make)


def _after(*more: str) -> Callable[[Room], QWidget]:
    return lambda room: _shown(room.office(), _granted(room, *more))


# -- the other pages -------------------------------------------------------------------------------------------------


def _page(key: str, **facts: object) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        made = room.office()
        made.window.open(key, **facts)
        made.settle()
        return made.page(key)

    return show


def _window(room: Room) -> QWidget:
    _page("today")(room)
    return room.office().window


def _today(room: Room) -> QWidget:
    """With a visit, a draft and something that is pressing."""
    made = room.office()
    desk = made.desk
    if not desk.visits.booked():
        desk.visits.book(HERDER.name, HERDER.phone, item_code(desk), desk.today_date() + dt.timedelta(1), "上午")
    desk.save_draft(full_draft(desk))
    if not desk.today().needs:
        _granted(room, "case.at_point")
    return _page("today")(room)


def _empty(room: Room) -> QWidget:
    page = room.office().page("register")
    room.office().window.open("register")
    page._start_over()
    return page


def _begun(**changes: object) -> Callable[[Room], QWidget]:
    """The register page with a draft of which something is not there yet."""

    def show(room: Room) -> QWidget:
        made, page = room.office(), _empty(room)
        page.show_draft(full_draft(made.desk, **changes))
        made.settle()
        return page

    return show


_filled = _begun()


def _known(room: Room) -> QWidget:
    """The register page for somebody whom the book knows, in one line."""
    made, page = room.office(), _empty(room)
    found = next(one.id for one in made.desk.people.search(HERDER.name) if one.name == HERDER.name)
    made.window.open("register", person_id=found)
    made.settle()
    return page


def _taken(room: Room) -> QWidget:
    """A case was registered just now, and its receipt stands beside the page."""
    made, page = room.office(), _filled(room)
    page.submit()
    made.settle()
    for toast in made.window.findChildren(Toast):
        toast.close()
    return page


def _for_visit(room: Room) -> QWidget:
    """An item that needs the person."""
    made, page = room.office(), _empty(room)
    code = next(row.item.task_code for row in made.desk.items() if row.item.proxy_mode.value != "proxy")
    made.window.open("register", task_code=code)
    made.settle()
    return page


def _roll(room: Room) -> QWidget:
    made = room.office()
    page = _page("roll")(room)
    line = RollLine(HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address, {})
    code = item_code(made.desk)
    page.item.setCurrentIndex(page.item.findData(code))
    page.model.start(made.desk.item(code), [line], ())
    page.table.go(0)
    made.settle()
    return page


def _listed(**asked: str) -> Callable[[Room], QWidget]:
    """The list of cases, with whatever keeps it short."""
    return _page("cases", query=CaseQuery(**asked))


def _person(name: str) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        desk = room.office().desk
        found = next(one.id for one in desk.people.search(name) if one.name == name)
        return _page("people", person_id=found)(room)

    return show


def _guides(room: Room) -> QWidget:
    page = _page("guides")(room)
    for at in range(2):
        page.list.tick(at)
    return page


def _trips(room: Room) -> QWidget:
    """Something to send, an envelope of each state, a result that came back."""
    made = room.office()
    trips, desk = made.desk.trips, made.desk
    states = {one.state for one in trips.bundles()}
    for wanted in {"sealed", "handed"} - states:
        number = desk.register(full_draft(desk)).intake_no
        bundle = trips.seal("苏尼特左旗政务服务中心", (number,), "")
        if wanted == "handed":
            trips.hand_over(bundle.id, "巴图", "")
    desk.register(full_draft(desk))
    if not trips.results():
        _granted(room)
    return _page("trips")(room)


def _syncing(room: Room) -> QWidget:
    """While the disk lets nobody write, so that it goes on."""
    made = room.office()
    page = made.page("sync")
    made.window.open("sync")
    made.settle()
    room.held.enter_context(slow_disk(made.desk))
    page.start()
    return page


def _refused(room: Room) -> QWidget:
    """A step that the centre knew better about."""
    made = room.office()
    desk = made.desk
    if not desk.sync_status().refused:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        move(room.served, number, "case.accepted", "case.granted")
        desk.handling.act(number, "case.withdrawn", "不办了")
        sync(desk)
        sync(desk)
    return _page("sync")(room)


def _asked_for_the_past(room: Room) -> QWidget:
    """A new desk of the point waits for its past, and the centre told another history."""
    made = room.office()
    with made.desk.store.write() as db:
        siblings.set_waits(db, {f"{made.desk.identity.node[:12]}-09": "2026-11-24T09:00:00+08:00 窗口的新电脑"})
        words = "旗中心签名说旗中心的第 8 条记录是另一个样子，与本机知道的不同；两边的都留着备查。"
        doubts.note(db, doubts.Doubt("x", "8.ab", words, "2026-11-24T09:00:00+08:00"))
    return _page("sync")(room)


def _settings(room: Room) -> QWidget:
    made = room.office()
    page = _page("settings")(room)
    while not page._inner.updatesEnabled():
        made.settle()
    return page


def _alone(room: Room) -> QWidget:
    """The settings of a desk that no centre knows."""
    made, folder = room.office(), room.next_folder()
    opening.create_alone(folder, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=room.tell)
    window = MainWindow(opening.open_desk(folder, "suhe", PASSWORD, room.tell))
    window.show()
    room.after.callback(window.close)
    window.open("settings")
    made.settle()
    while not window.page("settings")._inner.updatesEnabled():
        made.settle()
    return window.page("settings")


def _packaged(room: Room) -> QWidget:
    """The settings of a program out of a package, which its centre offers a newer one."""
    bundle = room.next_folder()
    (bundle / programs.KEYS).parent.mkdir(parents=True)
    (bundle / programs.KEYS).write_text("00" * 32, "ascii")
    (bundle / programs.NOTE).write_text("0.1.0", "ascii")
    room.after.callback(setattr, sys, "prefix", sys.prefix)
    room.after.callback(theme.apply, QApplication.instance(), "light", 1.0)  # a hand chooses another type there
    sys.prefix = str(bundle)
    page = _alone(room)
    card = next(one for one in page._cards if isinstance(one, ProgramCard))
    card._show_offer(
        OfferedRelease("0" * 16, "open", "2026-11-29", "9.0", "linux-x86_64", 90_000_000, "0" * 64, "更快。")
    )
    return page


# -- before there is a page ------------------------------------------------------------------------------------------


def _login(room: Room) -> QWidget:
    made = room.office()
    login = LoginPage(made.desk.folder, made.desk.agents.listed())
    return _beside(room, login)


def _beside(room: Room, made: QWidget) -> QWidget:
    made.show()
    made.activateWindow()
    room.after.callback(made.deleteLater)
    room.after.callback(made.close)
    room.office().settle()
    return made


def _broken(room: Room) -> QWidget:
    """A desk whose database cannot be read: its backups are offered."""
    made, folder = room.office(), room.next_folder()
    shutil.copytree(made.desk.folder, folder, dirs_exist_ok=True)
    (folder / "desk.db").write_bytes(b"no database" * 1000)
    login = _beside(room, LoginPage(folder, made.desk.agents.listed()))
    login.findChild(QLineEdit, "login-password").setText(PASSWORD)
    login.findChild(QPushButton, "login-go").click()
    made.settle()
    return login


def _without_vault(room: Room) -> QWidget:
    """Data whose key is gone."""
    folder = room.next_folder()
    shutil.copy(room.office().desk.folder / "desk.db", folder)
    return _beside(room, LockedData(folder))


def _locked(room: Room) -> QWidget:
    made = room.office()
    made.window.run("lock")
    made.settle()
    return made.window.root().currentWidget()


def _not_made(room: Room) -> QWidget:
    """A demonstration that cannot come about where no folder can be made."""
    place = room.next_folder() / "no folder"
    place.write_text("")
    return _beside(room, Making(place / "demonstration"))


def _town(room: Room) -> MainWindow:
    """The window of a township's desk, with what its villages sent."""
    folder, town = room.next_folder(), f"{POINT[:9]}000"
    sync(room.office().desk)
    code = enrolment.enrol_code(room.served.centre, town, "")
    suhe = Account("suhe", "苏和")
    opening.create_desk(folder, room.served.address, code, suhe, PASSWORD, cost=CHEAP, tell=room.tell)
    desk = opening.open_desk(folder, "suhe", PASSWORD, room.tell)
    sync(desk)
    window = MainWindow(desk)
    _beside(room, window)
    return window


def _villages(room: Room) -> QWidget:
    """Its villages, and a stick that was taken without a line."""
    window, stick = _town(room), room.next_folder()
    address = window.desk.identity.address
    room.office().desk.courier(stick, lambda _far: None, lambda: False)
    window.desk.set_centre_address("http://127.0.0.1:9")
    window.desk.relay.exchange(stick, lambda _far: None, lambda: False)
    window.desk.set_centre_address(address)
    window.open("villages")
    room.settle()
    return window.page("villages")


def _at_two_windows(room: Room) -> str:
    """Another window of this point took over what is here, passed a case and a draft back, and corrected the case
    otherwise; the number of the case."""

    def make() -> str:
        folder, desk, suhe = room.next_folder(), room.whole().desk, Account("suhe", "苏和")
        code = enrolment.enrol_code(room.served.centre, POINT, "")
        opening.create_desk(folder, room.served.address, code, suhe, PASSWORD, cost=CHEAP, tell=room.tell)
        other = opening.open_desk(folder, "suhe", PASSWORD, room.tell)
        ticks = full_draft(desk).materials
        lacking = (*ticks[:-1], DraftMaterial(ticks[-1].code, missing="下次带来"))
        papers = desk.register(full_draft(desk, materials=lacking)).intake_no
        number = desk.register(full_draft(desk)).intake_no
        introduced(desk, other)
        other.passing.take_over(desk.identity.node, "电脑坏了")
        draft = full_draft(other)
        other.save_draft(draft)
        other.passed_drafts.pass_on(draft.id, desk.identity.node, "请接着填")
        for one, phone in ((desk, "13911111111"), (other, "13922222222")):
            one.corrections.correct(number, {"applicant.phone": phone}, "抄错了")
            brought = msgspec.structs.replace(one.case(papers).case.materials[-1], missing="", until=None, copies=1)
            one.handling.add_materials(papers, (brought,))
        for one in (number, other.register(full_draft(other)).intake_no):
            other.passing.pass_on(one, desk.identity.node, "请接着办")
        for one in (other, desk):
            sync(one)
        other.close()
        return number

    return room.case("at two windows", make)


def _hall(chosen: str, *, last: bool = True) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        _at_two_windows(room)
        page = _page("hall", chosen=chosen)(room)
        row = max(page.model.rowCount() - 1, 0) if last else 0  # the other window; papers that both counted
        page.table.setCurrentIndex(page.model.index(row, 0))
        return page

    return show


def _hall_of_town(room: Room) -> QWidget:
    window = _town(room)
    window.open("hall")
    room.settle()
    return window.page("hall")


def _checked(room: Room) -> QWidget:
    """A genuine receipt of a case that is here."""
    made = room.office()
    desk = made.desk
    number = room.case("with papers", lambda: _with_papers(made, made.files))
    dialog = opened(made, "CheckDialog")
    dialog.code.setText(receipt_code.make(desk.identity.keys, number))
    dialog.judge()
    made.settle()
    return dialog


def _lodged(room: Room) -> QWidget:
    """A village's envelope that lies at the township."""
    window = _town(room)
    arriving = window.desk.lodgings.look(room.office().desk.trips.bundles()[0].sealed.number)
    window.desk.lodgings.take(arriving, "娜仁", 1, ("少一张复印件",))
    window.open("trips")
    room.settle()
    return window.page("trips")


def _devolved(room: Room) -> QWidget:
    """A guide of what was devolved to the township."""
    desk = room.office().desk
    if "devolved" not in room.done:
        room.done.add("devolved")
        publish_towns(room.served, item_code(desk))
        seeded(room.served)
    window = _town(room)
    window.open("guides", task_code=item_code(window.desk))
    room.settle()
    return window.page("guides")


def _sent_back(room: Room) -> QWidget:
    """Information that the centre did not take."""
    desk, centre = room.office().desk, room.served.centre
    if not desk.memos.all():
        desk.memos.send(Typed("接羔保育顺利", "工作动态", "今春产羔两万只。"))
        sync(desk)
        guard.add_clerk(centre, "bianji", "编辑", PASSWORD, "编辑部", frozenset({Role.EDITOR}))
        with centre.database.read() as db:
            (row,) = records.record_data(db, "info", 0)
        with logged_in(room.served, "bianji") as client:
            told = form_of(client.get(f"/writings/{row['id']}").text) | {"text": "请写清数字的出处"}
            client.post(f"/writings/{row['id']}/return", data=told)
        sync(desk)
    dialog = opened(room.office(), "MemosDialog")
    room.settle()
    dialog.list.go(0)
    return dialog


def _wizard(step: int) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        folder = room.next_folder()
        wizard = _beside(room, Wizard(folder))
        if step == len(STEPS) - 1:
            agent = Account("suhe", "苏和")
            opening.create_alone(folder, POINT, POINT_NAME, agent, PASSWORD, cost=CHEAP, tell=room.tell)
            wizard.account.setText("suhe")
            wizard.password.setText(PASSWORD)
            wizard.opened.connect(lambda desk: room.after.callback(desk.close))
        wizard.go(step)
        room.office().settle()
        return wizard

    return show


def _paper_without_glyph(room: Room) -> QWidget:
    made = room.office()
    paper = made.desk.papers.receipt(made.view.case.intake_no)
    dialog = PaperDialog(made.window, PaperOut(paper.title, paper.filename, paper.pdf, paper.sha256, ("\ue863",)))
    dialog.open()
    made.settle()
    return dialog


def _rated(room: Room) -> QWidget:
    """A choice was touched and can be handed in."""
    dialog = opened(room.office(), "RatingPage")
    dialog.faces[5].click()
    return dialog


STATES: dict[str, Callable[[Room], QWidget]] = {
    "window": _window,
    "today": _today,
    "register": _page("register"),
    "register, filled": _filled,
    "register, nothing brought": _begun(materials=()),
    "register, known person": _known,
    "register, taken in": _taken,
    "register, for a visit": _for_visit,
    "roll": _roll,
    "cases": _listed(),
    "cases, some": _listed(text=HERDER.name),
    "cases, none": _listed(text="没有这个人"),
    "case": _case,
    "case, something lacking": _lacking,
    "case, result on the way": _after(),
    "case, result here": _after("case.at_point"),
    "case, handed over": _after("case.at_point", "case.served"),
    "people": _person("额尔敦其其格"),
    "people, of a household": _person("额尔德尼"),
    "guides": _guides,
    "trips": _trips,
    "figures": _page("figures"),
    "sync": _refused,
    "sync, under way": _syncing,
    "sync, asked for the past": _asked_for_the_past,
    "settings": _settings,
    "settings, alone": _alone,
    "settings, of a package": _packaged,
    "login": _login,
    "login, broken": _broken,
    "locked": _locked,
    "villages": _villages,
    "guides of a township": _devolved,
    "information, sent back": _sent_back,
    "trips of a township": _lodged,
    "data without a vault": _without_vault,
    "demonstration, not made": _not_made,
    "paper without a glyph": _paper_without_glyph,
    "rating, chosen": _rated,
    "receipt, checked": _checked,
    **{f"hall, {chosen}": _hall(chosen) for chosen in ("windows", "passed", "drafts", "apart")},
    "hall, stood in for": _hall("windows", last=False),
    "hall of a township": _hall_of_town,
    "case, at two windows": lambda room: _shown(room.office(), _at_two_windows(room)),
    **{f"first start {step + 1}": _wizard(step) for step in range(len(STEPS))},
}
