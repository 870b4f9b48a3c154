"""帮助 (F1): the handbook's page for what is shown, all others, every key, the version; found as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from desk import __version__
from ui import actions
from ui.help import pages
from ui.help.pages import HelpPage
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import label, primary_button, row
from ui.widgets.dialog import Dialog
from ui.widgets.field import SearchBox
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import desk_of

KEYS = "keys"
_LEAST, _EDGE = 160, 12  # dots: of a picture at least, beside it


class _Text(QTextBrowser):
    """A page; its pictures are as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its coming would be another width
        self._page: HelpPage | None = None
        self._made: QTextDocument | None = None
        self._wide = 0
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._again)

    def put(self, page: HelpPage) -> None:
        """Show `page` from its beginning."""
        self._page, self._wide = page, max(_LEAST, self.viewport().width() - _EDGE)
        before, made = self._made, QTextDocument(self)
        made.setDefaultFont(self.font())
        made.setMarkdown(page.text)
        for name in page.pictures():
            picture = QImage(str(pages.folder() / pages.PICTURES / name))
            if picture.width() > self._wide:
                picture = picture.scaledToWidth(self._wide, Qt.TransformationMode.SmoothTransformation)
            made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), picture)  # setMarkdown clears them
        self.setDocument(made)
        self._made = made
        if before is not None:  # the one that it began with is gone by itself
            before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wants other pictures, once it has settled."""
        super().resizeEvent(event)
        self._fit.start()

    def _again(self) -> None:
        if self._page is not None and max(_LEAST, self.viewport().width() - _EDGE) != self._wide:
            self.put(self._page)


class KeysDialog(Dialog):
    """To read. `shown` is the page of the window that help is wanted for."""

    def __init__(self, parent: QWidget, shown: str = "") -> None:
        super().__init__(parent, "帮助", "keys", wide=190, high=150)
        self.head("帮助")
        self._pages = (_keys(parent), *pages.pages())
        self.search = SearchBox("找帮助", "keys-search")
        self.list = LineList("keys-list", "帮助的各页")
        self.list.setFixedWidth(unit() * 44)
        self.text = _Text()
        self.text.setObjectName("keys-text")
        self.text.setAccessibleName(tr("帮助的内容"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(lambda url: self.go(url.toString().removesuffix(".md")))
        self.list.moved.connect(self._show)
        self.list.led_by(self.search, lambda: None)
        self.search.asked.connect(self._find)
        close = primary_button("知道了", "keys-close")
        close.clicked.connect(self.accept)
        self.body.addWidget(self.search)
        self.body.addWidget(row(self.list, self.text), 1)
        version = label(f"{tr('代办台')} {__version__}", "small", Role.MUTED)
        version.setObjectName("keys-version")
        self.foot(version, None, close)
        self._find("")
        self.go(shown if any(one.key == shown for one in self._pages) else KEYS)
        self.search.setFocus()

    def go(self, key: str) -> None:
        """Show the page of that name."""
        if key not in [one.key for one in self._found]:
            self._find("")
        self.list.choose(key)
        self._show(key)

    def _find(self, text: str) -> None:
        self._found = [one for one in self._pages if one.has(text)]
        self.list.put([Line(one.title, one.key) for one in self._found])
        self._show(self.list.key())

    def _show(self, key: str | None) -> None:
        page = next((one for one in self._found if one.key == key), None)
        if page is None:
            nothing = tr("没有找到。换个词试试，或者看左边的各页。")
            self.text.put(HelpPage("", "", nothing))
            return
        self.text.put(page)


def _keys(parent: QWidget) -> HelpPage:
    lines = "".join(f"| {one.shortcut} | {tr(one.text)} |\n" for one in actions.of_desk(desk_of(parent)))
    title, foot = tr("快捷键"), tr("页内按钮：按住 Alt 再按带下划线的字母。")
    return HelpPage(KEYS, title, f"# {title}\n\n| {tr('按键')} | {tr('做什么')} |\n| --- | --- |\n{lines}\n{foot}\n")
