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
    "httpx",
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
    "ssl",
    "desk.words.sheets.opening",
    "xml.etree.ElementTree",
    "desk.law.conditions",
    "desk.words.as_written",
    "desk.counter.rolls",
    "desk.counter.people",
    "desk.counter.intake",
)
_LOGIN = """
import sys
from pathlib import Path
from ui.app import Front, application
app = application([])
front = Front(Path(sys.argv[1]), "")
front.login.show(); front.login.grab()
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
_OURS = {_LOGIN: 60, _MAIN: 209}  # modules of ours: a start that needs more of them says so here


def loaded(code: str, *words: str) -> list[str]:
    """What stands in sys.modules once the page is drawn."""
    code += "\nprint('loaded', *sys.modules, flush=True)\nimport os\nos._exit(0)"
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
    rules = [
        name for name in modules if name.startswith(("desk.law", "desk.folds", "desk.log", "desk.store.snapshots"))
    ]
    assert bool(rules) is (page is _MAIN), rules  # who it is, is asked before any rule is needed
    ours = [name for name in modules if name.partition(".")[0] in ("ui", "desk", "db", "resources")]
    assert len(ours) <= _OURS[page], len(ours)


def test_what_is_offered_is_looked_up_without_the_network_s_parts() -> None:
    modules = loaded("import sys, desk.app.updating, ui.pages.settings.page")
    assert [name for name in ("httpx", "ssl") if name in modules] == []


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
