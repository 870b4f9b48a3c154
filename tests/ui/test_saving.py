"""A paper that goes to a file: with its ending, whole or not at all, and over another only when that was asked."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import gallery
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
)

from desk.errors import SurroundingsError
from desk.printing import receipt
from desk.printing.facts import Paper
from desk.store.snapshots import PaperOut
from ui.dialogs.paper_print import print_to
from ui.dialogs.paper_view import PaperDialog

PAPER = PaperOut("回执", "回执.pdf", receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), Paper.A5), "")
Settle = Callable[[], None]


@pytest.fixture
def paper(qapp: QApplication, settle: Settle) -> Iterator[PaperDialog]:
    made = PaperDialog(None, PAPER)
    made.open()
    settle()
    yield made
    settle()
    made.close()


def up(kind: type[QDialog], name: str = "") -> list[QDialog]:
    seen = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return [one for one in seen if not name or one.objectName() == name]


def save(paper: PaperDialog, place: Path, settle: Settle) -> None:
    paper.findChild(QPushButton, "paper-save").click()
    settle()
    (dialog,) = up(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(place))
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    settle()


@pytest.mark.parametrize("typed", ["kept", "kept.pdf", "kept 11.24", "kept.PDF"])
def test_a_saved_paper_has_its_ending(paper: PaperDialog, tmp_path: Path, settle: Settle, typed: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    save(paper, folder / typed, settle)
    (made,) = folder.iterdir()
    assert made.name == (typed if typed.lower().endswith(".pdf") else f"{typed}.pdf")
    assert made.read_bytes() == PAPER.pdf
    assert not up(QFileDialog)


def test_the_ending_that_is_put_on_overwrites_nothing_unasked(
    paper: PaperDialog, tmp_path: Path, settle: Settle
) -> None:
    other = tmp_path / "kept 11.24.pdf"
    other.write_bytes(b"another's")
    save(paper, tmp_path / "kept 11.24", settle)
    (dialog,) = up(QFileDialog)  # it is asked again, with the name as it would be
    assert dialog.findChild(QLineEdit).text() == other.name
    assert not up(QMessageBox)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert other.read_bytes() == b"another's"


def test_a_full_disk_leaves_no_file_and_is_told(paper: PaperDialog, tmp_path: Path, settle: Settle) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, most[1]))
    try:
        save(paper, folder / "kept", settle)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert list(folder.iterdir()) == []
    (error,) = up(QDialog, "error")
    said = "\n".join(label.text() for label in error.findChildren(QLabel))
    assert said.startswith("文件没有写成：kept.pdf。\n数据都在")
    error.close()


@pytest.mark.qt_log_ignore("QPainter::begin..: Returned false")
def test_printing_that_cannot_begin_says_so(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no-such-folder" / "out.pdf"))
    with pytest.raises(SurroundingsError) as caught:
        print_to(printer, PAPER.pdf)
    assert caught.value.sentences().startswith("打印没有开始")
    assert caught.value.kept
    assert caught.value.todo
