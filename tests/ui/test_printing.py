"""Printing for real: through a CUPS queue of our own, and as dots to a receipt printer on the network."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import gallery
import pypdfium2 as pdfium
import pytest
import zxingcpp
from conftest import PASSWORD, full_draft
from counter_steps import roll_of
from PIL import Image, ImageChops
from print_server import QUEUE, Queue
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from desk.app.open_desk import Desk
from desk.errors import SurroundingsError
from desk.log import receipt_code
from desk.printing import receipt
from desk.printing.facts import Paper
from ui.devices import print_queue, roll_printer, whole_pdf
from ui.dialogs.paper_print import print_at_once, print_to
from ui.dialogs.paper_view import PaperDialog
from ui.window import MainWindow

TESTS = Path(__file__).parent.parent


def image_of(pdf: bytes) -> Image.Image:
    return pdfium.PdfDocument(pdf)[0].render(scale=100 / 72).to_pil().convert("L")


def test_what_the_window_spools_is_what_it_showed(queue: Queue, desk: Desk, tmp_path: Path) -> None:
    folder, preview = desk.folder, tmp_path / "preview.pdf"
    desk.close()
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            str(Path(__file__).parent / "printing_window.py"),
            str(folder),
            PASSWORD,
            QUEUE,
            str(preview),
        ],
        env=queue.environment | {"PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (spooled,) = queue.spooled()
    assert spooled.read_bytes() == preview.read_bytes()  # lines and letters, not a picture of them


def test_where_no_service_takes_the_file_its_pages_are_drawn_as_they_are(qapp: object, tmp_path: Path) -> None:
    pdf = receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), Paper.A5)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))
    print_to(printer, pdf)
    shown, printed = image_of(pdf), image_of((tmp_path / "drawn.pdf").read_bytes())
    assert max(abs(shown.width - printed.width), abs(shown.height - printed.height)) <= 2
    differ = ImageChops.difference(shown, printed.resize(shown.size))
    dark = sum(value < 128 for value in shown.tobytes())
    assert dark > 5000
    assert sum(value > 128 for value in differ.tobytes()) < dark * 0.12  # edges only: one is drawn from dots


def test_what_was_chosen_in_the_dialog_is_told_to_the_print_service(qapp: object) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setCopyCount(3)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    told = " ".join(whole_pdf.options(printer, (419.5, 595.3)))
    assert told.startswith("-n 3 ")
    assert {"media=A5", "Collate=True", "sides=one-sided", "print-color-mode=monochrome"} <= set(told.split())
    assert "media=Custom.80x200mm" in whole_pdf.options(printer, (226.8, 566.9))


def test_a_print_service_that_is_away_is_told(queue: Queue, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(queue.folder / "nobody"))
    with pytest.raises(SurroundingsError, match="没有收下"):
        whole_pdf.send(QPrinter(QPrinter.PrinterMode.HighResolution), b"%PDF-1.4", (595.3, 841.9))


def press_print(folder: Path, queue: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).parent / "print_button_window.py"), str(folder), queue],
        env=environment | {"PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent, TESTS, TESTS / "desk" / "printing")))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_print_button_asks_which_printer_and_prints(queue: Queue, tmp_path: Path) -> None:
    press_print(tmp_path, QUEUE, queue.environment)
    (spooled,) = queue.spooled()  # one was accepted, one cancelled, one went to a file
    assert len(pdfium.PdfDocument(spooled.read_bytes())) == 2


def test_without_any_printer_the_print_button_offers_a_file(tmp_path: Path) -> None:
    nowhere = {"CUPS_SERVER": str(tmp_path / "none"), "QT_QPA_PLATFORM": "offscreen"}
    press_print(tmp_path, "", os.environ | nowhere)


def raster(data: bytes) -> Image.Image:
    """The dots that a receipt printer would burn, out of the commands that it is sent (GS v 0)."""
    at, parts = 0, []
    while (at := data.find(b"\x1dv0", at)) >= 0:
        wide = int.from_bytes(data[at + 4 : at + 6], "little")
        high = int.from_bytes(data[at + 6 : at + 8], "little")
        bits = data[at + 8 : at + 8 + wide * high]
        parts.append(Image.frombytes("1", (wide * 8, high), bytes(255 - one for one in bits)))
        at += 8 + wide * high
    whole = Image.new("1", (parts[0].width, sum(one.height for one in parts)), 1)
    top = 0
    for one in parts:
        whole.paste(one, (0, top))
        top += one.height
    return whole


@pytest.mark.parametrize(("paper", "head"), [(Paper.ROLL, 576), (Paper.ROLL_58, 384)])
def test_a_roll_goes_out_as_dots_of_the_same_page(paper: Paper, head: int) -> None:
    pdf = receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), paper)
    data = roll_printer.escpos(pdf)
    assert data.startswith(b"\x1b@")
    assert b"\x1dV" in data[-8:]
    burnt = raster(data)
    assert burnt.width == head
    (found,) = zxingcpp.read_barcodes(burnt.convert("L"))
    assert receipt_code.genuine(found.text, gallery.KEYS.public().sign) == gallery.NUMBER
    page = pdfium.PdfDocument(pdf)[0].render(scale=8 * 25.4 / 72 * (1 - 1e-6)).to_pil().convert("L")
    cut = page.crop(((page.width - head) // 2, 0, (page.width - head) // 2 + head, page.height))
    differ = ImageChops.difference(cut.point(lambda value: 255 * (value >= 175)), burnt.convert("L").resize(cut.size))
    assert sum(map(bool, differ.tobytes())) < cut.width * cut.height * 0.02
    edge = page.crop((0, 0, (page.width - head) // 2, page.height))
    assert edge.getextrema() == (255, 255)  # nothing lies where the head cannot reach


@pytest.mark.parametrize("paper", ["80mm", "58mm"])
def test_the_test_page_of_a_roll_has_the_hardest_characters(desk: Desk, paper: str) -> None:
    page = desk.papers.test_page(paper)
    assert page.missing == ()
    done = subprocess.run(["pdftotext", "-", "-"], input=page.pdf, capture_output=True, check=True).stdout.decode()
    for words in ("䶮㼆𡉃𠮷𫝆𰻝龘靐齉", "ᠮᠣᠩᠭᠣᠯ"):
        assert words in done.replace("\n", "")
    assert len(zxingcpp.read_barcodes(raster(roll_printer.escpos(page.pdf)).convert("L"))) == 1


def test_the_window_sends_a_roll_to_the_printers_port(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    taken = io.BytesIO()

    def listen() -> None:
        line, _ = listener.accept()
        with line:
            while part := line.recv(65536):
                taken.write(part)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    window.open("settings")
    settle()
    for _ in range(30):
        settle()
    device = window.findChild(QLineEdit, "settings-roll-device")
    device.setText(f"127.0.0.1:{listener.getsockname()[1]}")
    device.editingFinished.emit()
    settle()
    number = window.desk.register(full_draft(window.desk)).intake_no
    paper = window.desk.papers.receipt(number, "80mm")
    failed: list[Exception] = []
    assert print_at_once(window, paper, failed.append)
    thread.join(10)
    listener.close()
    qtbot.waitUntil(lambda: not print_queue.queue().jobs, timeout=5000)
    assert failed == []
    (found,) = zxingcpp.read_barcodes(raster(taken.getvalue()).convert("L"))
    assert number in found.text
    assert print_at_once(window, paper, failed.append)  # nobody listens any more
    qtbot.waitUntil(lambda: bool(failed), timeout=5000)
    print_queue.queue().drop(next(iter(print_queue.queue().jobs)))
    assert "没有接上" in str(failed[0].sentences())  # type: ignore[attr-defined]


def test_whoever_sees_badly_gets_the_receipt_in_large_print(window: MainWindow, settle: Callable[[], None]) -> None:
    usual = receipt_height(window.desk)
    window.open("settings")
    for _ in range(30):
        settle()
    large = window.findChild(QCheckBox, "settings-large-print")
    assert not large.isChecked()
    large.click()
    settle()
    assert window.desk.office_book.settings().large_print
    assert receipt_height(window.desk) > usual * 1.3  # a roll grows with its type


def test_receipts_of_a_roll_two_on_a_sheet_are_cut_into_the_order_of_the_roll(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    roll = window.desk.rolls.take(roll_of(window.desk, 5), lambda _far: None, lambda: False)
    window.open("settings")
    for _ in range(30):
        settle()
    two = window.findChild(QCheckBox, "settings-two-on-a-sheet")
    assert not two.isChecked()
    two.click()
    settle()
    assert window.desk.office_book.settings().two_on_a_sheet
    window.open("roll")
    window.page("roll").receipts(roll)

    def shown() -> list[PaperDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, PaperDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20_000)
    (box,) = shown()
    paper = box.view.paper
    box.close()
    assert "裁开" in paper.title
    sheets = pdfium.PdfDocument(paper.pdf)
    assert {tuple(round(side * 25.4 / 72) for side in sheet.get_size()) for sheet in sheets} == {(297, 210)}
    halves: list[list[str]] = [[], []]
    for sheet in sheets:
        found = zxingcpp.read_barcodes(sheet.render(scale=3).to_pil().convert("L"))
        for code in found:
            is_right = code.position.top_left.x > 297 / 25.4 * 72 * 3 / 2
            halves[is_right].append(receipt_code.genuine(code.text, window.desk.identity.keys.public().sign))
    assert halves[0] + halves[1] == [row.intake_no for row in roll.taken.rows]
    assert "代办收件回执" in sheets[0].get_textpage().get_text_range()  # letters, not a picture


def test_a_copys_mark_is_legible_and_covers_nothing(desk: Desk) -> None:
    number = desk.register(full_draft(desk)).intake_no
    for size, grows in (("A5", False), ("80mm", True), ("58mm", True)):
        first = desk.papers.receipt(number, size)
        copy = desk.papers.copy(first.sha256)
        before, page = (pdfium.PdfDocument(one.pdf)[0] for one in (first, copy))
        layer = page.get_textpage()
        said = layer.get_text_range()
        assert "补打第" in said
        at = said.index("补打第")
        assert pdfium.raw.FPDFText_GetFontSize(layer, at) >= 8
        assert (page.get_height() > before.get_height() + 10) == grows
        low = min(layer.get_charbox(at + one)[1] for one in range(3))
        others = [layer.get_charbox(one) for one in range(before.get_textpage().count_chars())]
        if grows:
            assert low > max(box[3] for box in others)


def receipt_height(desk: Desk) -> float:
    number = desk.register(full_draft(desk)).intake_no
    return pdfium.PdfDocument(desk.papers.receipt(number, "80mm").pdf)[0].get_height()
