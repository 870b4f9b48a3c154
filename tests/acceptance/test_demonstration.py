"""The demonstration is a living office: made by its own command, looked at as a person looks."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desk import clock
from desk.app import demo, opening
from desk.app.open_desk import Desk
from desk.centre.node.centre_node import Centre
from desk.centre.watch import watching
from desk.demonstration import making, stage
from desk.demonstration.days import working_days
from desk.demonstration.stories import ITEMS, STORIES
from desk.folds.case import State
from desk.law import holidays, id_numbers
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome
from ui import tasks
from ui.app import Front
from ui.login import LoginPage
from ui.look import theme
from ui.pages.demonstration import Demonstration, Making
from ui.pages.today_drafts import DraftsDialog
from ui.window import MainWindow

TODAY = dt.datetime(2026, 11, 24, 8, 20, tzinfo=clock.BEIJING)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demonstration")
    said: list[tuple[int, int, str]] = []
    making.make(made, TODAY.date(), lambda *far: said.append(far))
    assert said[-1][:2] == (87, 88)
    return made


@pytest.fixture
def desk(place: Path) -> Iterator[Desk]:
    opened = opening.open_desk(place / demo.DESK, demo.AGENT.account, demo.PASSWORD, lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture
def centre(place: Path) -> Iterator[Centre]:
    opened = Centre(place / demo.CENTRE, tell=lambda: TODAY)
    yield opened
    opened.close()


def test_every_case_stands_where_its_story_ends(desk: Desk) -> None:
    stand: dict[tuple[str, str], list[str]] = {}
    for row in desk.cases(CaseQuery(), 0, 500):
        stand.setdefault((row.applicant_name, row.item_name), []).append(row.state)
    wrong = [one for one in STORIES if one.ends not in stand[one.who, ITEMS[one.item]]]
    assert not wrong
    assert {state for found in stand.values() for state in found} == set(State)


def test_nothing_happens_at_night_or_on_a_day_off(desk: Desk) -> None:
    table = holidays.seed()
    for row in desk.cases(CaseQuery(), 0, 500):
        for line in desk.case(row.intake_no).case.history:
            moment = dt.datetime.fromisoformat(line.time)
            assert table.assumed_workday(moment.date()), line
            assert 8 <= moment.hour < 18, line
            assert moment < TODAY, line
            assert not line.refused, line


def test_the_office_has_something_of_everything(desk: Desk) -> None:
    today = desk.today()
    assert (today.red, today.yellow, today.supplements, today.drafts) == (1, 2, 2, 3)
    assert today.to_hand_over >= 3
    assert today.waiting_sync
    assert today.visits
    assert today.notices
    assert set(desk.agent_names()) == {demo.AGENT.name, demo.SECOND.name}
    assert desk.rolls.listed()
    assert desk.rolls.check(desk.rolls.draft())
    assert {one.state for one in desk.trips.bundles()} == {"sealed", "taken"}
    assert desk.trips.going()
    assert desk.trips.results()
    assert desk.trips.totals(2026).trips > 10
    cases = [desk.case(row.intake_no) for row in desk.cases(CaseQuery(), 0, 500)]
    months = Counter(one.case.history[-1].time[:7] for one in cases if one.case.rated)
    assert sum(count >= 5 for count in months.values()) >= 2
    assert any(one.case.state is State.SERVED and one.case.rated is None for one in cases)
    assert any(one.case.collected.proxy for one in cases)
    assert any(line.kind == "case.corrected" for one in cases for line in one.case.history)
    assert sum(len(one.papers) for one in cases) > 20


def test_the_centre_has_a_late_case_and_a_silent_village(centre: Centre) -> None:
    from office import rows

    class Place:
        def __init__(self, of: Centre) -> None:
            self.centre = of

    titles = [str(one["title"]) for one in rows(Place(centre))]  # type: ignore[arg-type]
    assert any(one.startswith("超过时限") for one in titles)
    assert any(stage.NEIGHBOUR_NAME in one for one in titles)
    assert watching.silent_since(centre, 14) > "2026-11-10"
    assert centre.verify()


def test_numbers_are_whole_and_elders_old_enough(desk: Desk) -> None:
    for row in desk.cases(CaseQuery(), 0, 500):
        taken = desk.case(row.intake_no).case.collected
        facts = id_numbers.facts("111", taken.applicant.id_number, TODAY.date())
        assert isinstance(facts, id_numbers.IdFacts), taken.applicant.name
        if taken.item.item_name == ITEMS["高龄"]:
            assert facts.birth is not None
            assert facts.birth.replace(year=facts.birth.year + 80) <= TODAY.date()


def test_everything_is_marked_as_made_up(desk: Desk, centre: Centre) -> None:
    assert desk.office.demonstration
    assert "演示" in centre.name
    row = desk.cases(CaseQuery(), 0, 1)[0]
    assert desk.papers.receipt(row.intake_no).pdf


@pytest.mark.parametrize("today", [dt.date(2026, 11, 28), dt.date(2027, 1, 4), dt.date(2027, 3, 1)])
def test_any_day_begins_with_the_working_day_before(today: dt.date) -> None:
    table = holidays.seed()
    days = working_days(today, table)
    assert len(days) == 88
    assert days[-1] < today
    assert all(table.assumed_workday(one) for one in days)
    assert not any(table.assumed_workday(days[-1] + dt.timedelta(at)) for at in range(1, (today - days[-1]).days))


def test_what_was_made_once_is_found_again(place: Path) -> None:
    assert demo.made(place)
    demo.make(place, lambda _far: pytest.fail("made again"), lambda: False)


# -- in the window ------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qapp: QApplication, desk: Desk) -> Iterator[MainWindow]:
    theme.apply(qapp)
    made = MainWindow(desk)
    made.resize(1366, 728)
    made.show()
    _settle(qapp)
    yield made
    tasks.wait_idle()
    made.close()
    made.deleteLater()


def _settle(app: QApplication) -> None:
    for _ in range(3):
        assert tasks.wait_idle()
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what a page showed before


def _named(root: QWidget, name: str, kind: type = QWidget) -> QWidget:
    return root.findChildren(kind, name)[-1]


def _listed(window: MainWindow) -> int:
    """How many lines stand in the list that was opened."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, DraftsDialog) and dialog.isVisible():
            count = dialog.list.count()
            dialog.close()
            return count
    page = window.page(window._shown)
    return page.queue.count() if window._shown == "sync" else page.model.rowCount()


@pytest.mark.parametrize("before", ["", "zzz"])
def test_each_number_of_today_opens_a_list_of_so_many(qapp: QApplication, window: MainWindow, before: str) -> None:
    window.open("cases")
    window.page("cases").search.setText(before)  # whatever the list was left with
    _settle(qapp)
    window.open("today")
    _settle(qapp)
    page = window.page("today")
    counted = {}
    for key in ("late", "near", "supplements", "results", "drafts", "sync"):
        number = _named(page, f"today-{key}", QLabel).text()
        _named(page, f"today-{key}-open", QPushButton).click()
        _settle(qapp)
        counted[key] = (number, str(_listed(window)))
        window.open("today")
        _settle(qapp)
    assert counted == {key: (number, number) for key, (number, _) in counted.items()}
    assert all(number != "0" for number, _ in counted.values())


def test_a_filter_that_is_on_is_seen_and_ends_with_one_key(qapp: QApplication, window: MainWindow) -> None:
    window.open("today")
    _settle(qapp)
    _named(window, "today-results-open", QPushButton).click()
    _settle(qapp)
    page, everything = window.page("cases"), window.desk.count_cases(CaseQuery())
    strip = _named(page, "cases-filters")
    assert strip.isVisible()
    assert strip.filters == (_named(page, "cases-state", QComboBox).currentText(),)
    hidden = everything - page.model.rowCount()
    assert _named(page, "cases-filters-hidden", QLabel).text() == f"另有 {hidden} 件没有列出"
    window.activateWindow()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    _settle(qapp)
    assert page.model.rowCount() == everything
    assert not strip.isVisible()


def test_the_filters_of_other_lists_end_with_one_key(qapp: QApplication, window: MainWindow) -> None:
    window.activateWindow()
    for key, focus in (("people", "people-search"), ("guides", "guides-search")):
        window.open(key)
        _settle(qapp)
        page = window.page(key)
        whole = page.list.count()
        QTest.keyClicks(_named(page, focus), "ca")
        page.search.asked.emit("ca")
        _settle(qapp)
        assert page.list.count() < whole
        assert _named(page, f"{key}-filters").filters == ("找“ca”",)
        QTest.keyClick(page.search, Qt.Key.Key_Escape)
        _settle(qapp)
        assert (page.list.count(), page.search.text()) == (whole, "")
        assert not _named(page, f"{key}-filters").isVisible()
    window.open("roll")
    _settle(qapp)
    page = window.page("roll")
    whole = page.model.rowCount()
    page.only.click()
    assert page.model.rowCount() == 3 < whole
    assert _named(page, "roll-filters-hidden", QLabel).text() == "另有 3 户没有列出"
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.model.rowCount() == whole


def _is_wide(area: QScrollArea) -> bool:
    return area.isVisible() and area.horizontalScrollBar().maximum() > 0


def test_every_page_of_it_fits_the_old_screen(qapp: QApplication, window: MainWindow) -> None:
    import fits

    wrong = []
    for key in ("today", "roll", "cases", "people", "guides", "trips", "figures", "sync"):
        window.open(key)
        _settle(qapp)
        wrong += [f"{key}: {one}" for one in fits.problems(window, window.size())]
        wrong += [f"{key}: wider than the window" for one in window.findChildren(QScrollArea) if _is_wide(one)]
    for state in State:
        row = window.desk.cases(CaseQuery(states=(state.value,)), 0, 1)[0]
        window.open("case", intake_no=row.intake_no)
        _settle(qapp)
        wrong += [f"{state}: {one}" for one in fits.problems(window, window.size())]
        primary = [one for one in window.page("case").findChildren(QPushButton) if one.property("primary")]
        assert len(primary) == 1, state
    assert not wrong


# -- starting -----------------------------------------------------------------------------------------------------


def test_the_second_start_has_its_login_at_once_and_finds_the_centre(
    qapp: QApplication, qtbot: object, place: Path, tmp_path: Path
) -> None:
    shutil.copytree(place, tmp_path / "again")
    made = Demonstration(tmp_path / "again", Front)
    try:
        assert isinstance(made.login, LoginPage)  # the centre is not there yet
        made.login.show()
        told = _named(made.login, "login-demonstration", QLabel)
        qtbot.waitUntil(lambda: "http://" in told.text(), timeout=60_000)
        assert demo.PASSWORD in told.text()
        assert demo.WATCHER in told.text()
        _named(made.login, "login-password", QLineEdit).setText(demo.PASSWORD)
        made.login.log_in()
        qtbot.waitUntil(lambda: made.front.window is not None, timeout=30_000)
        window = made.front.window
        _settle(qapp)
        assert window.desk.identity.address in told.text()
        assert window.desk.sync(lambda _far: None, lambda: False).outcome in (Outcome.DONE, Outcome.BUSY)
        window.close()
    finally:
        made.close()


def test_a_first_start_that_fails_is_tried_again_by_one_key(qapp: QApplication, qtbot: object, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("a file where the office would stand")
    made = Demonstration(place, Front)
    page = made.login
    page.show()
    page.activateWindow()
    again, stop, bar = _named(page, "making-again"), _named(page, "making-stop"), page.findChild(QProgressBar)
    qtbot.waitUntil(again.isVisible, timeout=20_000)
    assert (stop.text(), bar.isVisible()) == ("退出(&S)", False)
    assert page.focusWidget() is again
    place.unlink()
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert (stop.text(), bar.isVisible(), again.isVisible()) == ("停下(&S)", True, False)
    words = _named(page, "making-words", QLabel)
    qtbot.waitUntil(lambda: "月" in words.text(), timeout=60_000)
    page.close()
    _settle(qapp)
    made.close()


def test_a_first_start_that_is_stopped_leaves_nothing(qapp: QApplication, qtbot: object, tmp_path: Path) -> None:
    made = Demonstration(tmp_path, Front)
    page = made.login
    assert isinstance(page, Making)
    page.show()
    words = _named(page, "making-words", QLabel)
    qtbot.waitUntil(lambda: "月" in words.text(), timeout=60_000)
    page.close()
    _settle(qapp)
    assert not demo.made(tmp_path)
    made.close()
