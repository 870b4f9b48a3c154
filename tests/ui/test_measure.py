"""One measure for all controls, read from what is drawn: where words begin, how round corners are, what an arrow is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QDate, QSize
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QSpinBox,
    QStyle,
    QStyleOptionSlider,
    QTableView,
    QWidget,
)

from ui.look import theme
from ui.widgets.basic import Card
from ui.widgets.field import SearchBox, text_edit

LOOKS = [(mode, scale) for mode in ("light", "dark") for scale in theme.SCALES.values()]
Drawn = Callable[[QWidget], Image.Image]


@pytest.fixture
def drawn(qapp: QApplication, tmp_path: Path) -> Drawn:
    """A widget as it is seen on the ground of a window."""
    grounds: list[QWidget] = []

    def draw(widget: QWidget) -> Image.Image:
        ground = QWidget()
        grounds.append(ground)
        ground.resize(400, 160)
        widget.setParent(ground)
        widget.setGeometry(20, 20, 300, widget.sizeHint().height() if widget.sizeHint().height() < 60 else 100)
        ground.show()
        ground.setFocus()
        qapp.processEvents()
        ground.grab(widget.geometry()).save(str(tmp_path / "one.png"))
        return Image.open(tmp_path / "one.png").convert("RGB")

    return draw


def with_text(text: str) -> list[QWidget]:
    """Every field that is typed into, with a text in it."""
    line, search, area, box, spin, day = (
        QLineEdit(),
        SearchBox("", "s"),
        text_edit(2),
        QComboBox(),
        QSpinBox(),
        QDateEdit(),
    )
    line.setText(text)
    search.setText(text)
    area.setPlainText(text)
    box.addItem(text)
    spin.setPrefix(text)
    day.setCalendarPopup(True)
    day.setDate(QDate(2026, 11, 28))
    day.setDisplayFormat(f"'{text}'yyyy")
    return [line, search, area, box, spin, day]


def ink_begins(with_words: Image.Image, without: Image.Image) -> int:
    """The first column in which a text shows."""
    box = ImageChops.difference(with_words, without).convert("L").point(lambda one: 255 * (one > 60)).getbbox()
    assert box is not None
    return box[0]


@pytest.mark.parametrize(("mode", "scale"), LOOKS)
def test_words_begin_at_the_same_place_in_every_field(
    qapp: QApplication, drawn: Drawn, mode: str, scale: float
) -> None:
    theme.apply(qapp, mode, scale)
    begin = {}
    for full, other in zip(with_text("\u53e3"), with_text("\u3000"), strict=True):
        begin[type(full).__name__] = ink_begins(drawn(full), drawn(other))
    assert set(begin.values()) == {begin["QLineEdit"]}, begin


def corner(image: Image.Image) -> int:
    """How many pixels of the upper edge, from the left, show the ground: the larger, the rounder."""
    ground = image.getpixel((0, 0))
    return next(at for at in range(image.width) if image.getpixel((at, 0)) != ground)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_fields_have_one_corner_and_what_holds_things_another(qapp: QApplication, drawn: Drawn, mode: str) -> None:
    theme.apply(qapp, mode)
    fields = {type(one).__name__: corner(drawn(one)) for one in with_text("")}
    model = QStandardItemModel(3, 2)
    list_, table = QListView(), QTableView()
    for view in (list_, table):
        view.setModel(model)
    sheets = {type(one).__name__: corner(drawn(one)) for one in (list_, table, Card("x"))}
    assert max(fields.values()) - min(fields.values()) <= 1, fields
    assert max(sheets.values()) - min(sheets.values()) <= 1, sheets
    assert min(sheets.values()) > max(fields.values()) > 1


def test_scroll_bars_have_no_arrows_and_a_thumb_that_a_hand_can_hit(qapp: QApplication) -> None:
    theme.apply(qapp)
    bar, option, kinds = QScrollBar(), QStyleOptionSlider(), QStyle.SubControl
    bar.setRange(0, 100_000)
    bar.resize(QSize(14, 200))
    bar.initStyleOption(option)
    rect = lambda part: bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, bar)  # noqa: E731
    assert rect(kinds.SC_ScrollBarAddLine).isEmpty()
    assert rect(kinds.SC_ScrollBarSubLine).isEmpty()
    assert rect(kinds.SC_ScrollBarSlider).height() >= 32
    assert rect(kinds.SC_ScrollBarGroove).height() == 200


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_bar_of_progress_is_drawn_in_the_two_colours_of_the_theme(
    qapp: QApplication, drawn: Drawn, mode: str
) -> None:
    theme.apply(qapp, mode)
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, 10)
    bar.setValue(5)
    image = drawn(bar)
    middle = [image.getpixel((at, image.height // 2)) for at in (image.width // 4, image.width * 3 // 4)]
    named = [theme.colour(role) for role in (theme.Role.ACCENT, theme.Role.LINE)]
    assert middle == [(one.red(), one.green(), one.blue()) for one in named]


def test_a_bar_that_nobody_knows_the_end_of_is_a_line_too(qapp: QApplication, drawn: Drawn) -> None:
    theme.apply(qapp)
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, 0)
    image = drawn(bar)
    above = {image.getpixel((at, image.height // 2 - 7)) for at in range(image.width)}
    assert len(above) == 1, "something is drawn beside the line"
    assert len({image.getpixel((at, image.height // 2)) for at in range(20, image.width - 20)}) > 1


def test_a_list_keeps_off_its_round_corners(qapp: QApplication) -> None:
    theme.apply(qapp)
    view = QListView()
    assert view.frameShape() is QFrame.Shape.StyledPanel
    assert view.frameWidth() >= 3
    assert isinstance(text_edit(2), QPlainTextEdit)
