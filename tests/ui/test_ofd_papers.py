"""Papers saved as OFD: asked for in the dialog, and drawn again by the reader of the window, picture by picture beside
the PDF that PDFium draws."""

from __future__ import annotations

from pathlib import Path

import gallery
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from desk.printing import stamp
from desk.printing.file import joining
from desk.printing.ofd.writing import ofd
from desk.store.snapshots import PaperOut
from ui.devices.scans.ofd import Ofd
from ui.dialogs.paper_print import keep_asking

LONGEST = 1800  # pixels


def differing(one: Image.Image, other: Image.Image) -> float:
    """How much of a page is drawn otherwise, a stroke moved by less than a pixel not counted."""
    soft = [picture.convert("L").filter(ImageFilter.GaussianBlur(3)) for picture in (one, other)]
    told = ImageChops.difference(*soft).histogram()
    return sum(told[40:]) / (one.width * one.height)


def assert_alike(name: str, pdf: bytes) -> None:
    read, pages = Ofd(ofd(pdf), name), pdfium.PdfDocument(pdf)
    assert len(read.sizes) == len(pages)
    for at, (wide, high) in enumerate(read.sizes):
        drawn = read.image(at, (0, 0, wide, high), LONGEST)
        page = pages[at].render(scale=LONGEST / max(pages[at].get_size())).to_pil().resize(drawn.size)
        assert differing(drawn, page) < 0.00003, (name, at, differing(drawn, page))


SOME = {"": ("receipt-A5", "receipt-58mm", "guide-mongolian", "decided", "figures", "test-A5"), "left": ("receipt-A4",)}


@pytest.mark.parametrize("kind", SOME)
def test_a_paper_looks_as_its_pdf(qapp: object, kind: str) -> None:
    """Of each kind of thing that is drawn there is one; all papers were compared once so (README)."""
    for name in SOME[kind]:
        assert_alike(name, gallery.drawn(kind)[name])


def test_a_voided_paper_looks_as_its_pdf(qapp: object) -> None:
    assert_alike("void", joining.over(gallery.drawn()["decided"], stamp.cancelled))


def test_the_comparison_sees_a_word_that_is_not_there(qapp: object) -> None:
    pdf = gallery.drawn()["decided"]
    read, more = Ofd(ofd(pdf), ""), joining.over(pdf, lambda wide, high: stamp.stamp(wide, high, "补打第 1 次"))
    drawn = read.image(0, (0, 0, *read.sizes[0]), LONGEST)
    page = pdfium.PdfDocument(more)[0].render(scale=LONGEST / 842).to_pil().resize(drawn.size)
    assert differing(drawn, page) > 0.0003


def offered(owner: QWidget) -> QFileDialog:
    (dialog,) = owner.findChildren(QFileDialog)
    return dialog


@pytest.mark.parametrize("typed", [False, True])
def test_it_is_saved_as_ofd_where_that_was_chosen(qtbot: object, tmp_path: Path, typed: bool) -> None:
    pdf = gallery.drawn()["receipt-A5"]
    owner = QWidget()
    qtbot.addWidget(owner)  # type: ignore[attr-defined]
    owner.show()
    keep_asking(owner, PaperOut("代办收件回执", "回执.pdf", pdf, "", ()))
    dialog = offered(owner)
    assert dialog.nameFilters() == ["PDF (*.pdf)", "OFD (*.ofd)"]
    dialog.setDirectory(str(tmp_path))
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    if typed:
        line.setText("回执.ofd")
    else:
        dialog.selectNameFilter("OFD (*.ofd)")
        dialog.filterSelected.emit("OFD (*.ofd)")
        assert line.text() == "回执.ofd"
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    place = tmp_path / "回执.ofd"
    qtbot.waitUntil(place.exists, timeout=5000)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: place.read_bytes() == ofd(pdf), timeout=5000)  # type: ignore[attr-defined]
    assert [one.name for one in tmp_path.iterdir()] == ["回执.ofd"]
