"""English to the last string: every sentence has a translation, and no page shows Chinese that is not data."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import full_draft, item_code, sync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from desk.app.demo import PEOPLE
from desk.store.snapshots import Draft
from ui import tasks
from ui.login import LoginPage
from ui.look import i18n
from ui.widgets.line_list import LineList
from ui.window import _PAGES, MainWindow
from ui.wizard import Wizard

sys.path.insert(0, str(Path(__file__).parent.parent / "i18n"))
import words as catalogue

HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    i18n.use(qapp, "en")
    assert i18n.language() == "en"
    yield
    i18n.use(qapp, "zh")


def test_every_sentence_on_screen_is_translated() -> None:
    known = catalogue.translated()
    assert [one for one in catalogue.words() if not known.get(one)] == []
    assert catalogue.QM.stat().st_size > 20_000


def test_facts_are_put_back_in_their_places() -> None:
    known = catalogue.translated()
    places = re.compile(r"%\d")
    wrong = {one: known[one] for one in known if set(places.findall(one)) != set(places.findall(known[one]))}
    assert wrong == {}


def test_the_letters_of_alt_stay(english: None) -> None:
    known = catalogue.translated()
    letters = re.compile(r"\(&(.)\)")
    assert {one for one in known if letters.findall(one) != letters.findall(known[one])} == set()
    assert i18n.tr("还有 3 处要改：") == "3 places to mend:"
    assert i18n.tr("今年送件 2 趟，替农牧民少跑 5 趟、900 公里") == "2 trips this year, herders spared 5 trips, 900 km"


def texts(where: QWidget) -> Iterator[str]:
    """Whatever can be read or heard."""
    for one in where.findChildren(QWidget):
        yield one.toolTip()
        if one.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            yield one.accessibleName()
        match one:
            case QLabel() | QAbstractButton():
                yield one.text()
            case QComboBox():
                yield from (one.itemText(at) for at in range(one.count()))
            case QLineEdit():
                yield one.placeholderText()
            case LineList():
                yield from one.texts()
            case QTableView():
                model = one.model()
                across = range(model.columnCount())
                yield from (str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in across)
                yield from (str(model.index(0, at).data() or "") for at in across if model.rowCount())


def data_words(window: MainWindow) -> list[str]:
    """Names, items, places and papers: they stay as they are."""
    desk = window.desk
    office = desk.office
    found = [office.banner, office.township, office.point_name, office.centre_name, desk.account.name, "中文"]
    for person in (*PEOPLE, full_draft(desk).applicant):
        found += [person.name, person.address]
    for row in desk.items():
        item = row.item
        found += [item.item_name, item.topic, item.proxy_note, item.sample_note, item.org_name, item.place]
        found += [part for material in item.materials for part in (material.name, material.usage_note)]
        found += [part for one in item.fields for part in (one.name, one.unit, *one.choices)]
        found += [one.name for one in item.situations]
        found += [one for line in item.holds for one in (line.text, line.law)]
    found += [item.silence_note for item in desk.session.catalogue.regimes]
    found += [item.basis for item in desk.session.catalogue.regimes]
    found += ["代办收件回执", "国办", "等户口本", "下次", "综合窗口", "政务服务中心", "苏左受字"]
    return sorted({one for one in found if one}, key=len, reverse=True)


def left_over(said: Iterator[str], data: list[str]) -> list[str]:
    wrong = []
    for text in said:
        rest = text
        for one in data:
            rest = rest.replace(one, "")
        if HAN.search(rest):
            wrong.append(text)
    return sorted(set(wrong))


def test_no_chinese_is_left_on_any_page(english: None, window: MainWindow, settle: Callable[[], None]) -> None:
    desk = window.desk
    number = desk.register(full_draft(desk, note="等户口本")).intake_no
    desk.papers.receipt(number)
    desk.save_draft(Draft("d", full_draft(desk).applicant, task_code=item_code(desk)))
    sync(desk)
    for key in _PAGES:
        window.open(key, **({"intake_no": number} if key == "case" else {}))
        if key == "register":
            window.page(key).show_draft(full_draft(desk, applicant=full_draft(desk).applicant, materials=()))
            window.page(key).submit()
        settle()
        assert left_over(texts(window.page(key)), data_words(window)) == [], key
        assert left_over(texts(window._side), data_words(window)) == [], key


def test_login_and_first_start_speak_english(english: None, tmp_path: Path, qtbot: object) -> None:
    from desk.store.account import Account

    for made in (LoginPage(tmp_path, (Account("suhe", "苏和"),)), Wizard(tmp_path)):
        qtbot.addWidget(made)
        assert left_over(texts(made), ["苏和", "洪格尔", "乌日尼勒图"]) == []
    tasks.wait_idle()


def test_the_language_is_changed_in_the_settings_and_the_page_speaks_it_at_once(
    window: MainWindow, settle: Callable[[], None], qapp: QApplication
) -> None:
    window.open("settings")
    settle()
    box = window.page("settings").findChild(QComboBox, "settings-language")
    try:
        box.setCurrentIndex(box.findData("en"))
        settle()
        assert window._shown == "settings"
        said = [one.text() for one in window.page("settings").findChildren(QLabel)]
        assert "Settings" in said
        assert "Text size(&Z)" in said
    finally:
        i18n.use(qapp, "zh")
