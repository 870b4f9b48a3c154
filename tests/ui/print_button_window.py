"""Run by test_printing.py in a process of its own, because CUPS keeps the first server that it was told.

Presses 打印 in a paper's window as a person would, once for each way that a person may go on. Ends with 0 when every
window said and did what it should; else its last words say what did not happen.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import gallery
import pypdf
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
)

from desk.printing import receipt
from desk.printing.facts import Paper
from desk.store.snapshots import PaperOut
from ui import tasks
from ui.dialogs.paper_view import PaperDialog

FOLDER, QUEUE = Path(sys.argv[1]), sys.argv[2]
unexpected: list[BaseException] = []
D = TypeVar("D", bound=QDialog)


def paper(pages: int) -> PaperOut:
    """A receipt of so many pages."""
    whole, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        whole.append(io.BytesIO(receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), Paper.A5)))
    whole.write(out)
    return PaperOut("回执", "回执.pdf", out.getvalue(), "")


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 20
    while not true():
        if unexpected or time.monotonic() > end:
            raise SystemExit(f"not reached: {what} {unexpected}")
        tasks.wait_idle()
        QApplication.processEvents()
        time.sleep(0.01)


def up(kind: type[D], name: str = "") -> list[D]:
    """The dialogs of a kind that are to be seen."""
    seen = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return [one for one in seen if not name or one.objectName() == name]


def pressed(pages: int) -> PaperDialog:
    window = PaperDialog(None, paper(pages))
    window.open()
    until(lambda: window.view._drawn, "the paper is shown")
    window.findChild(QPushButton, "paper-print").click()
    return window


def dialog_of(kind: type[D]) -> D:
    until(lambda: up(kind), kind.__name__)
    return up(kind)[0]


def accept(dialog: QDialog) -> None:
    dialog.findChild(QDialogButtonBox).buttons()[0].click()
    until(lambda: not dialog.isVisible(), "the dialog goes")


def over(window: PaperDialog) -> None:
    for _ in range(5):
        tasks.wait_idle()
        QApplication.processEvents()
    if unexpected or up(QDialog, "error"):
        raise SystemExit(f"an error is shown {unexpected}")
    window.close()


def accepted() -> None:
    window = pressed(2)
    dialog = dialog_of(QPrintDialog)
    box = dialog.findChild(QComboBox, "printers")
    if QUEUE not in [box.itemText(at) for at in range(box.count())]:
        raise SystemExit("the queue is not offered")
    box.setCurrentText(QUEUE)
    accept(dialog)
    over(window)


def cancelled() -> None:
    window = pressed(2)
    QTest.keyClick(dialog_of(QPrintDialog), Qt.Key.Key_Escape)
    until(lambda: not up(QPrintDialog), "the dialog goes")
    over(window)
    if up(QDialog):
        raise SystemExit("something is left on the screen")


def to_file() -> None:
    """To a file whose ending was left off, and only the second and third page."""
    window = pressed(4)
    dialog = dialog_of(QPrintDialog)
    box = dialog.findChild(QComboBox, "printers")
    box.setCurrentIndex(box.count() - 1)
    dialog.findChild(QLineEdit, "filename").setText(str(FOLDER / "second"))
    dialog.findChild(QRadioButton, "printRange").setChecked(True)
    dialog.findChild(QSpinBox, "from").setValue(2)
    dialog.findChild(QSpinBox, "to").setValue(3)
    accept(dialog)
    over(window)
    if len(pypdf.PdfReader(FOLDER / "second.pdf").pages) != 2:
        raise SystemExit("two pages were asked for")


def no_printer() -> None:
    """There is none: the paper is offered as a file."""
    window = pressed(2)
    dialog = dialog_of(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(FOLDER / "kept"))
    accept(dialog)
    over(window)
    if (FOLDER / "kept.pdf").read_bytes() != window._paper.pdf:
        raise SystemExit("the file is not the paper")


def main() -> int:
    app = QApplication([])
    sys.excepthook = lambda _kind, error, _trace: unexpected.append(error)
    for way in (accepted, cancelled, to_file) if QUEUE else (no_printer,):
        way()
    app.processEvents()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
