"""A window in a process of its own that is closed while its printer takes nothing: FOLDER PASSWORD PORT."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desk.app import opening
from desk.store.snapshots import PaperOut
from ui import app as program
from ui.devices import printers
from ui.dialogs.paper_print import print_at_once
from ui.window import MainWindow


def main() -> int:
    folder, password, port = sys.argv[1:]
    app = program.application([])
    window = MainWindow(opening.open_desk(Path(folder), "suhe", password))
    window.show()
    printers.choose({}, port)
    paper = PaperOut("回执", "回执.pdf", (Path(folder) / "paper.pdf").read_bytes(), "")
    print_at_once(window, paper, lambda _error: None)
    QTimer.singleShot(300, window.close)
    app.exec()
    return program.end(0)


if __name__ == "__main__":
    sys.exit(main())
