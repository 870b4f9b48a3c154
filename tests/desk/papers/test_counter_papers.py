"""Guides and notice sheets that a township prints for its villages say what each village's own desk would say."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from banner import HERE, publish_towns, redraft, seeded, stands
from conftest import POINT, Served, item_code, sync
from counter_steps import text_of
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.centre.node import bodies
from desk.counter.township.counter_run import BOARDS, GUIDES, Run
from desk.errors import CancelledError, RefusedError
from desk.sync.outcome import SyncProgress

TOWN, OTHER = "152523202000", "152523202200"  # 洪格尔苏木, another gacha of it
FAR = "152523203201"


def quietly(_far: SyncProgress) -> None:
    """Nobody looks on."""


def keep(name: str, pdf: bytes) -> None:
    """Put it where DAIBAN_PICTURES says, to be looked at."""
    if folder := os.environ.get("DAIBAN_PICTURES"):
        (Path(folder) / f"counters-{name}.pdf").write_bytes(pdf)


@pytest.fixture
def town(served: Served, make_desk: Callable[..., Desk]) -> Desk:
    """A township's desk; its centre, its government and two villages each with telephones of their own."""
    made = make_desk("town", TOWN)
    publish_towns(served, item_code(made))
    seeded(served)
    told = (
        (HERE, "洪格尔街 1 号", "0479-2511111"),
        (f"{TOWN}-BF", "便民大厅", "0479-2500000"),
        (f"{POINT}-DB", "乌日尼勒图队部", "0479-2522222"),
        (f"{OTHER}-DB", "另一个队部", "0479-2533333"),
    )
    for code, place, phone in told:
        body = msgspec.structs.replace(stands(served, code), address=place, enquiry_phone=phone)
        redraft(served, msgspec.structs.replace(body, hours=f"逢{place[:1]}日", complaint_phone=f"{phone[:-1]}9"))
    bodies.publish(served.centre, "bian")
    sync(made)
    return made


def test_a_guide_is_the_villages_own(town: Desk, make_desk: Callable[..., Desk]) -> None:
    village, code = make_desk("village"), item_code(town)
    sync(village)
    said = text_of(town.papers.guide(code, point=POINT).pdf)
    for words in ("洪格尔苏木乌日尼勒图嘎查便民代办点", "地点 乌日尼勒图队部", "时间 逢乌日", "0479-2522222"):
        assert words in said
    assert "洪格尔苏木人民政府" in said
    assert "0479-2511111" in said
    assert not any(words in said for words in ("便民服务中心", "便民大厅", "0479-2500000"))
    assert "地点 乌日尼勒图队部" in text_of(village.papers.guide(code).pdf)
    own = text_of(town.papers.guide(code).pdf)
    assert "便民大厅" in own
    assert "0479-2522222" not in own


def test_all_at_once_with_bookmarks(town: Desk) -> None:
    codes, far = tuple(row.item.task_code for row in town.items()[:3]), list[SyncProgress]()
    paper = town.papers.bound(Run(GUIDES, (POINT, OTHER), codes), far.append, lambda: False)
    reader = PdfReader(io.BytesIO(paper.pdf))
    names = [one if isinstance(one, list) else one.title for one in reader.outline]
    inner = [[one.title for one in each] for each in names if isinstance(each, list)]
    assert [one for one in names if isinstance(one, str)] == [town.villages.counter(one).name for one in (POINT, OTHER)]
    assert inner == [[town.item(code).item_name for code in codes]] * 2
    assert [(one.done, one.total) for one in far] == [*((at, 6) for at in range(6)), (0, 2), (1, 2)]
    said = text_of(paper.pdf)
    assert "0479-2522222" in said
    assert "0479-2533333" in said
    keep("guides", paper.pdf)


def test_a_file_a_village(town: Desk, tmp_path: Path) -> None:
    run = Run(GUIDES, (POINT, OTHER), (item_code(town),))
    made = town.papers.to_folder(run, tmp_path, quietly, lambda: False)
    assert made[0].name == "乌日尼勒图嘎查-服务指南.pdf"
    assert ["队部" in text_of(one.read_bytes()) for one in made] == [True, True]
    assert "0479-2533333" not in text_of(made[0].read_bytes())


def test_notice_sheets_of_the_township_and_its_villages(town: Desk) -> None:
    pdf = town.papers.bound(Run(BOARDS, (TOWN, POINT)), quietly, lambda: False).pdf
    keep("boards", pdf)
    said = text_of(pdf)
    for words in ("洪格尔苏木便民服务中心", "0479-2500000", "便民大厅", "乌日尼勒图队部", "0479-2522222", "逢乌日"):
        assert words in said
    one = text_of(town.papers.bound(Run(BOARDS, (POINT,)), quietly, lambda: False).pdf)
    assert "便民大厅" not in one


def test_what_is_not_to_be_printed(town: Desk, make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    code, steps = item_code(town), list[SyncProgress]()
    for run in (Run(GUIDES, (), (code,)), Run(GUIDES, (POINT,)), Run(GUIDES, (FAR,), (code,)), Run(BOARDS, (FAR,))):
        with pytest.raises(RefusedError):
            town.papers.bound(run, quietly, lambda: False)
    with pytest.raises(RefusedError):
        make_desk("village").papers.bound(Run(GUIDES, (OTHER,), (code,)), quietly, lambda: False)
    with pytest.raises(CancelledError):
        town.papers.to_folder(Run(BOARDS, (POINT, OTHER)), tmp_path, steps.append, lambda: len(steps) == 1)
    assert [one.name for one in tmp_path.glob("*.pdf")] == ["乌日尼勒图嘎查-公示栏张贴页.pdf"]


def test_without_bodies_a_sheet_says_what_is_missing(make_desk: Callable[..., Desk]) -> None:
    with pytest.raises(RefusedError, match="机构名录"):
        make_desk("town", TOWN).papers.bound(Run(BOARDS, (TOWN, POINT)), quietly, lambda: False)
