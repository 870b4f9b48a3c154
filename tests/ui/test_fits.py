"""Every page and every dialog on small screens, at large type, in two languages: nothing is cut or out of reach."""

from __future__ import annotations

import io
from collections.abc import Callable

import fits
import pytest
from all_dialogs import TABLE, Office, away, office, opened
from conftest import sync
from PIL import Image
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desk.app.open_desk import Desk
from ui import tasks
from ui.look import chosen_look, i18n, theme
from ui.widgets import dialog as dialogs
from ui.window import _PAGES, MainWindow


@pytest.fixture
def made(window: MainWindow, settle: Callable[[], None]) -> Office:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(picture, "JPEG")
    return office(window, settle, picture.getvalue())


def laid(widget: QWidget) -> None:
    """Let every layout come to rest."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.processEvents()


@pytest.mark.parametrize("case", fits.matrix(), ids=str)
def test_it_fits(
    made: Office, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, case: fits.Case, qtbot: object
) -> None:
    wrong: list[str] = []
    monkeypatch.setattr(dialogs, "screen_room", lambda _widget: case.room() - QSize(24, 48))
    sync(made.desk)
    theme.apply(qapp, case.mode, theme.SCALES[case.size])
    i18n.use(qapp, case.language)
    window = made.window
    window.resize(case.room())
    window.open("again")
    made.settle()
    for key in _PAGES:
        facts = {"intake_no": made.view.case.intake_no} if key == "case" else {}
        if key == "register":
            facts = {"task_code": made.view.case.collected.item.task_code}
        window.open(key, **facts)
        if key == "settings":
            qtbot.waitUntil(window.page(key)._inner.updatesEnabled, timeout=5000)
        made.settle()
        laid(window)
        wrong += [f"[{case}] page {key}: {one}" for one in fits.problems(window, case.room())]
    window.open("today")
    for name in TABLE:
        dialog = opened(made, name)
        laid(dialog)
        size = dialog.size()
        if size.width() > case.room().width() or size.height() > case.room().height():
            wrong.append(f"{name}: {size.width()}x{size.height()}")
        wrong += [f"[{case}] {name}: {one}" for one in fits.problems(dialog, case.room())]
        away(made)
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_bar_does_not_come_and_go_for_ever(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left to Qt, the bar beside the pictures came and went at some heights until the stack was full."""
    for high in range(400, 640, 8):
        monkeypatch.setattr(dialogs, "screen_room", lambda _widget, high=high: QSize(1000, high))
        dialog = opened(made, "PictureDialog")
        laid(dialog)
        (area,) = [one for one in dialog.findChildren(QScrollArea) if one.objectName() == "pictures-area"]
        inner, bar = area.widget(), area.verticalScrollBar()
        assert area.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAsNeeded
        assert bar.isVisible() is (inner.heightForWidth(area.width()) > area.height()), high
        assert bar.maximum() == max(0, inner.height() - area.viewport().height())
        away(made)


def test_the_window_opens_where_it_was_closed(window: MainWindow, make_desk: Callable[..., Desk]) -> None:
    window.setGeometry(60, 50, 700, 500)
    tasks.wait_idle()
    window.close()
    again = MainWindow(make_desk())
    assert again.geometry() == QRect(60, 50, 700, 500)
    again.setGeometry(QRect(9000, 9000, 5000, 4000))
    again.close()
    third = MainWindow(make_desk())
    assert third.screen().availableGeometry().contains(third.geometry())
    assert chosen_look.load().place is not None
    third.close()
