"""显示: size of type, light or dark, language. They are this machine's and hold before anyone logs in."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QApplication

from ui.look import chosen_look, i18n, theme
from ui.operations import Operation
from ui.pages.settings.card import SettingsCard
from ui.widgets.field import Field, choice_box
from ui.widgets.page import Page

_SIZES = (("标准", "standard"), ("大", "large"), ("特大", "largest"))
_MODES = (("浅色", "light"), ("深色", "dark"), ("跟随系统", "system"))


class ScreenCard(SettingsCard):
    """What is chosen is seen at once."""

    def __init__(self, page: Page) -> None:
        super().__init__("显示")
        self._page, chosen = page, chosen_look.load()
        self.size_box = choice_box(_SIZES, chosen.size)
        self._mode = choice_box(_MODES, chosen.mode)
        self._language = choice_box(i18n.LANGUAGES, chosen.language)
        self.body.addWidget(Field("文字大小(&Z)", self.size_box, "settings-size"))
        self.body.addWidget(Field("明暗(&M)", self._mode, "settings-mode"))
        self.body.addWidget(Field("语言(&L)", self._language, "settings-language"))
        for box in (self.size_box, self._mode, self._language):
            box.currentIndexChanged.connect(self._look)

    def _look(self, _at: int) -> None:
        size, mode, language = (box.currentData() for box in (self.size_box, self._mode, self._language))
        chosen = msgspec.structs.replace(chosen_look.load(), size=size, mode=mode, language=language)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, chosen.mode, theme.SCALES[chosen.size])
            Operation(self._page, lambda: chosen_look.save(chosen)).run_beside()
            if chosen.language != i18n.language():
                i18n.use(app, chosen.language)
                self._page.shell.open("again")
