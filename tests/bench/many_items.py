"""3,000 items of a banner with ten townships at one desk: what a key costs, what a page costs, what the start costs.

    PYTHONPATH=.:tests python tests/bench/many_items.py [items]

A key is typed into the page's own field; its time is from the moment the field asks (a pause after the last key) until
the lines that answer it stand there, and besides how long the window itself was held. The floor is a scan of all names
in memory for the same letters, in the same run. Starts are processes of their own, in turn with a desk that has the
sample alone.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import large_catalogue
from conftest import PASSWORD
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from desk.app import opening
from desk.app.open_desk import Desk
from ui import tasks
from ui.app import application
from ui.command_box import CommandBox
from ui.widgets.line_list import LineList
from ui.window import MainWindow

TYPED = (
    "d", "di", "dib", "diba", "dibao", "低", "低保", "低保 变更", "db", "bt", "补贴", "残疾证", "canji", "草原", "zzz",
    "没有这样的",
)  # fmt: skip
ROUNDS, STARTS = 12, 7
START = """
import os, sys
from pathlib import Path
from ui.app import application
app = application([])
from desk.app.opening import open_desk
from ui.window import MainWindow
from ui import tasks
window = MainWindow(open_desk(Path(sys.argv[1]), "suhe", sys.argv[2]))
window.show(); tasks.wait_idle(); window.grab()
os._exit(0)
"""


def percentiles(times: list[float]) -> str:
    """p50 and p95 in milliseconds."""
    at95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"p50 {statistics.median(times) * 1e3:6.2f}   p95 {at95 * 1e3:6.2f} ms"


def taken(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Lines:
    """When the lines of a list were put last."""

    def __init__(self, of: LineList) -> None:
        self.at = 0.0
        of.model().modelReset.connect(self._put)

    def _put(self) -> None:
        self.at = time.perf_counter()


def asked(lines: LineList, ask: Callable[[str], None]) -> tuple[list[float], list[float]]:
    """For every question: until its lines are there; and how long asking alone held the window."""
    answered, held, seen = [], [], Lines(lines)
    for _ in range(ROUNDS):
        for text in TYPED:
            start = time.perf_counter()
            ask(text)
            held.append(time.perf_counter() - start)
            tasks.wait_idle()
            answered.append(seen.at - start)
    return answered, held


def keys(field: QLineEdit, lines: LineList) -> tuple[list[float], list[float]]:
    """The same of a page's field."""

    def ask(text: str) -> None:
        field.setText(text)
        field.asked.emit(text)  # type: ignore[attr-defined]

    return asked(lines, ask)


def commands(window: MainWindow) -> tuple[list[float], list[float]]:
    """The same of the box that Ctrl+K opens, until people and cases stand there too."""
    box = CommandBox(window, window.desk, lambda _key: None, lambda *_page, **_facts: None)
    box.show()

    def ask(text: str) -> None:
        box.search.setText(text)
        box.ask()

    found = asked(box.list, ask)
    box.close()
    return found


def popped(box: QComboBox) -> float:
    """Seconds until the choices of a box are open."""
    took = taken(lambda: (box.showPopup(), QApplication.processEvents()))
    box.hidePopup()
    return took


def searching(desk: Desk) -> None:
    """The fields of three pages, and the search alone beside the floor."""
    window = MainWindow(desk)
    window.resize(1366, 768)
    window.show()
    desk.warm()
    tasks.wait_idle()
    for key in ("register", "guides", "cases"):
        print(
            f"page {key:10} opened first {taken(lambda key=key: (window.open(key), tasks.wait_idle())) * 1e3:7.1f} ms"
        )
    for key, name, found in (
        ("register", "register-find", "register-found"),
        ("guides", "guides-search", "guides-list"),
    ):
        window.open(key)
        tasks.wait_idle()
        field = window.page(key).findChild(QLineEdit, name)
        lines = window.page(key).findChild(LineList, found)
        assert field is not None
        assert lines is not None
        answered, held = keys(field, lines)
        print(f"{name:16} answered {percentiles(answered)}; the window held while asking {percentiles(held)}")
    answered, held = commands(window)
    print(f"commands (Ctrl+K) answered {percentiles(answered)}; the window held while asking {percentiles(held)}")
    window.open("cases")
    tasks.wait_idle()
    items = window.page("cases").findChild(QComboBox, "cases-item")
    assert items is not None
    print(f"cases-item       opened {percentiles([popped(items) for _ in range(ROUNDS)])}")
    names = [f"{one.item_name} {one.topic} {one.org_name}" for one in desk.session.catalogue.items]
    floor = [taken(lambda text=text: [one for one in names if text in one]) for _ in range(ROUNDS) for text in TYPED]
    alone = [taken(lambda text=text: desk.items(text)) for _ in range(ROUNDS) for text in TYPED]
    ratio = statistics.median(alone) / statistics.median(floor)
    print(f"search alone     {percentiles(alone)}; names scanned in memory {percentiles(floor)}; ratio {ratio:.1f}")
    window.close()
    tasks.shut()


def started(folder: Path) -> float:
    """Seconds of processor that a start takes."""
    before = os.times()
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    subprocess.run([sys.executable, "-c", START, str(folder), PASSWORD], check=True, env=env)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def starting(large: Path, small: Path) -> None:
    """With all items and with the sample alone, in turn."""
    started(large), started(small)
    pairs = [(started(large), started(small)) for _ in range(STARTS)]
    ratio = statistics.median(one / other for one, other in pairs)
    medians = [statistics.median(times) for times in zip(*pairs, strict=True)]
    print(f"start, processor {medians[0]:.3f} s; with the sample alone {medians[1]:.3f} s; ratio {ratio:.3f}")


def main(count: int) -> None:
    """Print the figures."""
    application([])
    with tempfile.TemporaryDirectory() as place:
        large, small = Path(place) / "desk", Path(place) / "small"
        for folder, number in ((large, count), (small, 0)):
            with large_catalogue.centre(Path(place) / f"centre-{number}", number) as served:
                large_catalogue.desk(folder, served).close()
        starting(large, small)
        searching(opening.open_desk(large, "suhe", PASSWORD))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else large_catalogue.COUNT)
