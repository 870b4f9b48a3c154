"""No part of a page or dialog is a window for a moment: shown before it has its place, it takes the focus away."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from all_dialogs import TABLE, Office, away, office, opened
from PIL import Image
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.keeping.locked_data import LockedData
from ui.login import LoginPage
from ui.window import _PAGES, MainWindow


class Watch(QObject):
    """Whatever comes on screen as a window of its own, dialogs and the main window aside."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, QDialog | MainWindow | LoginPage | LockedData):
            self.seen.append(watched.objectName() or repr(watched))
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    made = Watch()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_pages_and_dialogs_come_in_one_piece(
    window: MainWindow, settle: Callable[[], None], watch: Watch, qtbot: object
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(picture, "JPEG")
    made: Office = office(window, settle, picture.getvalue())
    for key in _PAGES:
        window.open(key, **({"intake_no": made.view.case.intake_no} if key == "case" else {}))
        settle()
        if key == "register":
            window.page(key).activate(task_code=made.view.case.collected.item.task_code)
            settle()
    for name in TABLE:
        opened(made, name)
        away(made)
    assert watch.seen == []
