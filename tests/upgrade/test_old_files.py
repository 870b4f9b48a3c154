"""Every old file still opens: a folder for each released schema, written by the program of its day."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import HERDER, PASSWORD, SetClock

from desk.app import opening
from desk.folds.case import State
from desk.store.snapshots import CaseQuery

HERE = Path(__file__).parent


def test_desk_1(tmp_path: Path, tell: SetClock) -> None:
    """Schema 1 knew no agents, no sorting by pinyin, no merged people; the log fills them in."""
    folder = tmp_path / "desk"
    shutil.copytree(HERE / "desk-1", folder)
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    (row,) = desk.cases(CaseQuery(text="altqqg"))
    assert (row.intake_no, row.agent) == ("152523202202012611240012", "苏和")
    case = desk.case(row.intake_no)
    assert (case.case.state, len(case.papers)) == (State.ARRIVED, 1)
    assert desk.people.search("altqqg")[0].name == HERDER.name
    before = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == before
    assert desk.store.verify(desk.identity.node) == 4
    desk.close()
