"""A place to sign with the mouse, a finger or a pen; and the page that is turned to the herder for a rating."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from desk.law.codes import SCORES
from ui.look import controls, theme
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, text_edit


class SignaturePad(QWidget):
    """White paper; `image()` is null while nothing was written."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("signature")
        self.setAccessibleName(tr("手写签名，可空着改用纸上签字"))
        self.setMinimumHeight(unit() * 26)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[list[QPointF]] = []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._strokes.append([event.position()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._strokes:
            self._strokes[-1].append(event.position())
            self.update()

    def clear(self) -> None:
        """Clean paper."""
        self._strokes.clear()
        self.update()

    def image(self) -> QImage:
        """What was written, on white."""
        if not self._strokes:
            return QImage()
        made = QImage(self.size(), QImage.Format.Format_RGB32)
        made.fill(QColor("white"))
        painter = QPainter(made)
        self._draw(painter, QColor("black"))
        painter.end()
        return made

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, frame, ink."""
        painter = QPainter(self)
        controls.rounded(painter, QRectF(self.rect()), QColor("white"), QPen(colour(Role.EDGE), 1))
        self._draw(painter, QColor("black"))
        painter.end()

    def _draw(self, painter: QPainter, ink: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for stroke in self._strokes:
            painter.drawPolyline(stroke)


class RatingPage(Dialog):
    """Five big choices for the herder's own hand, none of them chosen before; what was touched counts once it is
    confirmed. Nothing on it tells whose case it is."""

    def __init__(self, parent: QWidget, rated: Callable[[int, str], None]) -> None:
        super().__init__(parent, "请您评价", "rating", wide=200)
        self._rated, self._score = rated, 0
        self.body.setContentsMargins(unit() * 10, unit() * 8, unit() * 10, unit() * 4)
        self.body.setSpacing(unit() * 4)
        title = label("这次办事，您满意吗？", "heading", bold=True)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        under = label(
            "请您自己点一个，再点“提交”。代办员看不到您选了哪个；不愿评价可以直接关闭，以后凭回执在中心网页上也能评。",
            "body",
            Role.MUTED,
            wrap=True,
        )
        under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = text_edit(2)
        self.faces = {score: self._face(score) for score in SCORES}
        self._chosen = label("", "title", Role.ACCENT, bold=True, wrap=True)
        self._chosen.setObjectName("rating-chosen")
        self._chosen.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (title, under, Flow(*self.faces.values(), spacing=3), self._chosen):
            self.body.addWidget(part)
        self.body.addWidget(Field("还想说的话（可不填）(&W)", self.words, "rating-words"))
        later = plain_button("不评价(&N)", "rating-none")
        later.clicked.connect(self.reject)
        self.confirm = primary_button("提交(&S)", "rating-confirm", "check")
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self._confirm)
        self.foot(None, later, self.confirm, None)

    def _focus_first(self) -> None:
        """On none of the choices."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self) -> QPushButton | None:
        """None: nobody's answer is given for them."""
        return None

    def enter(self) -> None:
        """Enter presses what the focus stands on and nothing else."""
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()

    def would_lose(self) -> bool:
        """Words or a choice that were not handed in."""
        return bool(self._score or self.words.toPlainText().strip())

    def _face(self, score: int) -> QPushButton:
        button = plain_button(f"{tr(SCORES[score])}（{score}）", f"rating-{score}")
        button.setAccessibleName(tr(SCORES[score]))
        button.setToolTip(str(score))
        button.setCheckable(True)
        button.setFont(theme.font("title", bold=True))
        button.setMinimumSize(unit() * 31, unit() * 18)
        button.clicked.connect(lambda: self._choose(score))
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5 choose, wherever the focus is but in the words."""
        if event.text() in {str(score) for score in SCORES}:
            self._choose(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _choose(self, score: int) -> None:
        self._score = score
        for one, face in self.faces.items():
            face.setChecked(one == score)
            face.setText(f"{'✓ ' if one == score else ''}{tr(SCORES[one])}（{one}）")
        self._chosen.setText(tr(f"您选的是“{SCORES[score]}”，点“提交”才算数，现在还可以改。"))
        self.confirm.setEnabled(True)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        score, words = self._score, self.words.toPlainText().strip()
        self._score = 0  # handed in: nothing is lost by closing
        self.words.clear()
        self.accept()
        self._rated(score, words)
