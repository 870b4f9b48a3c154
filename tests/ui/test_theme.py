"""The look: readable contrast in both palettes, no style sheet, a font that follows its size."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ui.look import theme
from ui.look.theme import DARK, LIGHT, Role


def luminance(text: str) -> float:
    parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WORDS = [
    (ink, ground)
    for ink, ground in [
        *itertools.product((Role.TEXT, Role.MUTED), (Role.WINDOW, Role.SURFACE, Role.SURFACE_ALT)),
        *itertools.product((Role.OK, Role.WARN, Role.DANGER, Role.WAITING, Role.ACCENT), (Role.SURFACE,)),
        (Role.OK, Role.OK_SOFT),
        (Role.WARN, Role.WARN_SOFT),
        (Role.DANGER, Role.DANGER_SOFT),
        (Role.WAITING, Role.WAITING_SOFT),
        (Role.ACCENT, Role.ACCENT_SOFT),
        (Role.ACCENT_TEXT, Role.ACCENT),
        (Role.SIDE_TEXT, Role.SIDE),
    ]
]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_are_readable(palette: dict[Role, str], ink: Role, ground: Role) -> None:
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", [Role.EDGE, Role.FOCUS, Role.ACCENT])
def test_edges_are_seen(palette: dict[Role, str], mark: Role) -> None:
    assert contrast(palette[mark], palette[Role.SURFACE]) >= 3


def test_no_style_sheet_and_type_follows_its_size(qapp: QApplication, qtbot: object) -> None:
    label, button = QLabel("字"), QPushButton("登记")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    label.show()
    button.show()
    before = label.sizeHint().height()
    theme.apply(qapp, "dark", 1.5)
    qapp.processEvents()
    assert qapp.styleSheet() == ""
    assert label.sizeHint().height() > before
    assert button.sizeHint().height() >= 32
