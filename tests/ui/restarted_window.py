"""A window in a process of its own, as of somebody who comes back: FOLDER PASSWORD PORT STEP.

STEP print: a receipt and a copy of it are sent to a printer at PORT; the window closes at once. STEP again: what was
left over is told, and tried again at PORT; what is in the queue then is printed out, a line each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from desk.app import opening
from desk.store.snapshots import CaseQuery
from ui import app as program
from ui import tasks
from ui.devices import print_queue, printers
from ui.dialogs.paper_print import print_at_once
from ui.window import MainWindow


def print_two(window: MainWindow) -> None:
    (row,) = window.desk.cases(CaseQuery())
    receipt = window.desk.papers.receipt(row.intake_no, "80mm")
    for paper in (receipt, window.desk.papers.copy(receipt.sha256)):
        assert print_at_once(window, paper, lambda _error: None)
    QTimer.singleShot(300, window.close)


def try_again(window: MainWindow) -> None:
    said = [one.text() for one in window.findChildren(QLabel) if "没有印出" in one.text()]
    queue = print_queue.queue()
    print(*(f"{job.title} {job.state.value}" for job in queue.jobs.values()), *said, sep="\n")  # noqa: T201
    for number in list(queue.jobs):
        queue.again(number)
    queue.finish(1 if Path(printers.device()).is_fifo() else 30)  # one that is off is not waited for
    tasks.wait_idle()
    print(len(queue.jobs), "left")  # noqa: T201
    QTimer.singleShot(0, window.close)


def main() -> int:
    folder, password, port, step = sys.argv[1:]
    app = program.application([])
    window = MainWindow(opening.open_desk(Path(folder), "suhe", password))
    window.show()
    tasks.wait_idle()
    printers.choose({}, port)
    steps: dict[str, Callable[[MainWindow], None]] = {"print": print_two, "again": try_again}
    QTimer.singleShot(200, lambda: steps[step](window))
    app.exec()
    return program.end(0)


if __name__ == "__main__":
    sys.exit(main())
