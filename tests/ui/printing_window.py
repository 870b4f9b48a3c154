"""Run by test_printing.py in a process of its own, because CUPS keeps the first server that it was told.

Opens the real window on a desk, chooses the queue in the settings page, registers a case and lets the receipt print.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from drafts import HERDER, full_draft
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox

from desk.app import opening
from ui import tasks
from ui.window import MainWindow

FOLDER, PASSWORD, QUEUE, PREVIEW = sys.argv[1:]


def until(app: QApplication, true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 20
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"not reached: {what}")
        tasks.wait_idle()
        app.processEvents()
        time.sleep(0.01)


def main() -> int:
    app = QApplication([])
    desk = opening.open_desk(Path(FOLDER), "suhe", PASSWORD)
    window = MainWindow(desk)
    window.show()
    window.open("settings")
    settings = window.page("settings")
    until(app, lambda: settings._built and not settings._loading, "settings")
    box = settings.findChild(QComboBox, "settings-printer-A5")
    box.setCurrentIndex(box.findText(QUEUE))
    settings.findChild(QCheckBox, "settings-at-once").setChecked(True)
    until(app, lambda: desk.office_book.settings().printers == {"A5": QUEUE}, "the queue is kept")
    window.open("register")
    page = window.page("register")
    until(app, lambda: page._settings.print_at_once, "register")
    draft = full_draft(desk)
    page.show_draft(msgspec.structs.replace(draft, applicant=msgspec.structs.replace(HERDER, name="阿拉坦𡉃")))
    done: list[str] = []
    page.registered.connect(done.append)
    page.submit()
    if "要改" in page._foot.words.text():
        raise SystemExit(page._foot.words.text())
    until(app, lambda: done, "registered")
    until(app, lambda: desk.case(done[0]).papers, "the receipt")
    tasks.wait_idle()
    app.processEvents()
    tasks.wait_idle()
    Path(PREVIEW).write_bytes(desk.papers.receipt(done[0]).pdf)
    window.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
