"""Help: nothing in it leads nowhere, its pictures are of this version, and F1 opens the page for what is shown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF, QUrl
from PySide6.QtGui import QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from desk import __version__
from desk.__main__ import COMMANDS
from ui import actions
from ui.dialogs.keys_dialog import KeysDialog
from ui.help import book, pages
from ui.help.pages import HelpPage
from ui.window import MainWindow

ALL = [(name, one) for name in book.BOOKS for one in pages.pages(name)]
WORDS = Path(__file__).resolve().parent.parent.parent / "ui"
_CODE = re.compile(r"`desk ([a-z]+)")
_KEY = re.compile(r"(?<![A-Za-z0-9])((?:Ctrl|Alt)\+(?:[A-Z0-9]|Enter)|F[0-9]{1,2})(?![A-Za-z0-9])")


@pytest.mark.parametrize(("name", "page"), ALL, ids=[f"{name}-{page.key}" for name, page in ALL])
def test_no_link_picture_key_or_command_leads_nowhere(name: str, page: HelpPage) -> None:
    keys = {one.key for one in pages.pages(name)}
    assert set(page.links()) <= keys
    for picture in page.pictures():
        assert (pages.folder() / pages.PICTURES / picture).is_file()
    assert {*_CODE.findall(page.text)} <= {*COMMANDS, "help"}
    shortcuts = {one.shortcut.replace("Return", "Enter") for one in (*actions.PAGES, *actions.OTHERS)}
    assert {*_KEY.findall(page.text)} <= shortcuts


def test_pictures_are_of_this_version_and_each_is_used() -> None:
    home = pages.folder() / pages.PICTURES
    told = json.loads((home / "taken.json").read_text("utf-8"))
    assert told["version"] == __version__  # else: build.py handbook
    used = {picture for _, page in ALL for picture in page.pictures()}
    assert used == {one.name for one in home.glob("*.png")} == set(told["pictures"])


def test_buttons_that_it_names_are_there() -> None:
    said = "".join(one.read_text("utf-8") for one in WORDS.rglob("*.py"))
    for page in pages.pages():
        for name in re.findall(r"点“([^”]+)”", page.text):
            assert name in said, (page.key, name)


def test_each_page_of_the_window_has_its_help() -> None:
    keys = {one.key for one in pages.pages()}
    assert {one.key for one in actions.PAGES} - keys == {"villages"}


def test_f1_opens_the_page_for_what_is_shown(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("trips")
    settle()
    window.run("keys")
    shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, KeysDialog))
    assert shown.list.key() == "trips"
    assert "送件" in shown.text.toPlainText()
    assert shown.text.document().size().height() > 500  # the picture is in it
    shown._find("suanshu")
    assert "没有找到" in shown.text.toPlainText()
    shown._find("备份")
    assert "backup" in [one.key for one in shown._found]
    shown.go("people-here")
    assert "忘了密码" in shown.text.toPlainText()
    shown.go("keys")
    assert "Ctrl+K" in shown.text.toPlainText()


def test_the_handbook_is_a_book_of_about_twenty_pages(qapp: QApplication, tmp_path: Path) -> None:
    count = book.write("counter", tmp_path / "a.pdf")
    read = PdfReader(tmp_path / "a.pdf")
    assert len(read.pages) == count
    assert 18 <= count <= 30
    assert "更新程序" in unicodedata.normalize("NFKC", read.pages[0].extract_text())
    assert sum(len(one.images) for one in read.pages) >= len(list((pages.folder() / pages.PICTURES).glob("*.png")))


def test_no_picture_is_cut_by_the_edge_of_its_page(qapp: QApplication, tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    writer.setResolution(book._DPI)
    room = QSizeF(writer.width(), writer.height())
    for _name, page in ALL:
        document = book._document(page, room, writer)
        for name in page.pictures():
            picture = document.resource(QTextDocument.ResourceType.ImageResource, QUrl(name))
            size = picture.deviceIndependentSize() * (book._DPI / 96)  # as the document lays it
            assert size.width() <= room.width(), name
            assert size.height() <= room.height() / 2, name
