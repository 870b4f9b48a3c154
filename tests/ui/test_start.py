"""A cold start loads what its first page needs and nothing else: the network, the pen and spreadsheets come later."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PASSWORD, full_draft

from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter import today

_LATER = (
    "httpcore",
    "reportlab",
    "openpyxl",
    "pypdf",
    "zxingcpp",
    "PIL",
    "uharfbuzz",
    "fontTools",
    "zstandard",
    "xlrd",
    "html.parser",
    "dateutil.tz",
    "ssl",
    "desk.words.sheets.opening",
    "xml.etree.ElementTree",
    "desk.law.conditions",
    "desk.words.as_written",
    "desk.counter.rolls",
    "desk.counter.people",
    "desk.counter.intake",
    "PySide6.QtPrintSupport",
    "desk.law.catalogue.rules",
    "ui.widgets.ask",
    "ui.pages.today_drafts",
)
_AFTER_LOGIN = ("hashlib", "socket", "logging.handlers", "concurrent.futures", "subprocess", "json", "argon2")
_LOGIN = """
import sys
from pathlib import Path
from ui.app import Front, application
app = application([])
front = Front(Path(sys.argv[1]), "")
front.login.show(); front.login.grab()
"""
_TYPING = """
import time
from ui import tasks
late = time.monotonic() + 60
while "desk.app.opening" not in sys.modules and time.monotonic() < late:
    app.processEvents()
tasks.wait_idle()
"""
_TRYING = """
import time
front.login._password.setText("not the password")
front.login.log_in()
late = time.monotonic() + 60
while "ui.pages.today" not in sys.modules and time.monotonic() < late:
    app.processEvents()
tasks.wait_idle()
"""
_MAIN = """
import sys
from pathlib import Path
from ui.app import application
app = application([])
from desk.app.opening import open_desk
from ui.window import MainWindow
from ui import tasks
window = MainWindow(open_desk(Path(sys.argv[1]), "suhe", sys.argv[2]))
window.show(); tasks.wait_idle(); window.grab()
"""
_SETTLING = """
import time
late = time.monotonic() + 60
while not ("ui.pages.case" in sys.modules and "hall" in vars(window.desk)) and time.monotonic() < late:
    app.processEvents()
tasks.wait_idle()
"""
_REGISTERING = """
import time
window.open("register")
late = time.monotonic() + 60
while "desk.papers.print_shop" not in sys.modules and time.monotonic() < late:
    app.processEvents()
tasks.wait_idle()
"""
_PAGES = """
import importlib, sys
import desk.app.updating
from ui import window
for module, _ in window._PAGES.values():
    importlib.import_module(module)
"""
_WHEN_USED = ("httpcore", "ssl", "reportlab", "PIL", "uharfbuzz", "pypinyin", "pypdfium2", "openpyxl", "zstandard")
_OURS = {_LOGIN: 50, _MAIN: 200}  # modules of ours: a start that needs more of them says so here


def loaded(code: str, *words: str, told: str = "sys.modules") -> list[str]:
    """What stands in `told` once the page is drawn."""
    code += f"\nprint('loaded', *{told}, flush=True)\nimport os\nos._exit(0)"
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, env=env)
    line = next((one for one in done.stdout.splitlines() if one.startswith("loaded ")), "")
    assert line, done.stderr
    return line.split()


@pytest.mark.parametrize("page", [_LOGIN, _MAIN], ids=["login", "main"])
def test_a_start_loads_nothing_that_it_does_not_need(desk: Desk, tmp_path: Path, page: str) -> None:
    desk.close()
    modules = loaded(page, str(tmp_path / "desk"), PASSWORD)
    assert [name for name in _LATER if name in modules] == []
    assert ("desk.app.open_desk" in modules) is (page is _MAIN)
    assert page is _MAIN or [name for name in _AFTER_LOGIN if name in modules] == []
    rules = [
        name for name in modules if name.startswith(("desk.law", "desk.folds", "desk.log", "desk.store.snapshots"))
    ]
    assert bool(rules) is (page is _MAIN), rules  # who it is, is asked before any rule is needed
    ours = [name for name in modules if name.partition(".")[0] in ("ui", "desk", "db", "resources")]
    assert len(ours) <= _OURS[page], len(ours)


def test_no_module_of_ours_is_read_a_second_time_for_pyside(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    code = f"{_MAIN}\nimport linecache"
    sources = loaded(code, str(tmp_path / "desk"), PASSWORD, told="linecache.cache")
    assert [one for one in sources if one.endswith(("ui/window.py", "desk/app/opening.py", "argon2/__init__.py"))] == []


def test_a_start_makes_no_class_of_widgets_that_stands_nowhere(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    known = "import sys, PySide6.QtWidgets", f"{_MAIN}\nimport PySide6.QtWidgets"
    if "QWizard" in loaded(known[0], told="vars(PySide6.QtWidgets)"):
        pytest.skip("this PySide makes all of them as it is loaded")
    made = loaded(known[1], str(tmp_path / "desk"), PASSWORD, told="vars(PySide6.QtWidgets)")
    assert "QPushButton" in made
    assert [one for one in ("QWizard", "QMessageBox", "QFileDialog", "QGraphicsView") if one in made] == []


def test_pages_are_loaded_without_the_network_and_without_what_shows_paper() -> None:
    modules = loaded(_PAGES)
    assert [name for name in ("httpcore", "ssl", "pypdfium2") if name in modules] == []


def test_a_start_reads_no_item_but_those_of_open_cases(desk: Desk, tmp_path: Path) -> None:
    draft = full_draft(desk)
    desk.register(draft)
    desk.close()
    with contextlib.closing(opening.open_desk(tmp_path / "desk", "suhe", PASSWORD)) as opened:
        assert opened.today().recent
        assert not opened.session._items.are_read
        assert opened.item(draft.task_code)


def test_a_start_looks_for_corrections_without_reading_the_log(desk: Desk) -> None:
    seen: list[str] = []
    with desk.store.read() as db:
        db.conn.set_trace_callback(seen.append)
        today.today(desk.session, ())
        db.conn.set_trace_callback(None)
        (asked,) = [one for one in seen if "case.corrected" in one]
        ways = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert any("entry_corrected" in way for way in ways), ways


def test_what_opens_the_desk_is_loaded_while_the_password_is_typed(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    modules = loaded(_LOGIN + _TYPING, str(tmp_path / "desk"))
    assert "desk.app.opening" in modules
    assert "ui.window" not in modules  # made by the thread of the window alone


def test_the_window_is_loaded_while_the_password_is_looked_at(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    modules = loaded(_LOGIN + _TYPING + _TRYING, str(tmp_path / "desk"))
    assert "ui.pages.today" in modules  # though nobody came in: the password was wrong


def test_a_settled_window_has_loaded_the_usual_pages_and_nothing_that_is_not_used(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    modules = loaded(_MAIN + _SETTLING, str(tmp_path / "desk"), PASSWORD)
    assert "ui.pages.register" in modules
    assert "ui.pages.case" in modules
    assert [name for name in _WHEN_USED if name in modules] == []
    assert [name for name in modules if name.startswith("desk.sync.hall.service")] == []  # nobody switched it on


def test_what_the_first_search_and_paper_need_is_loaded_while_a_case_begins(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    modules = loaded(_MAIN + _REGISTERING, str(tmp_path / "desk"), PASSWORD)
    assert [name for name in ("pypinyin", "reportlab", "desk.counter.checks") if name not in modules] == []
