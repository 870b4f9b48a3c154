"""Cards and complaints as workbooks: as the page is narrowed, of what the visitor sees, and text stays text."""

from __future__ import annotations

import datetime as dt
import io

import httpx
import pytest
from conftest import POINT, Served, SetClock, both_databases
from office import ORG, Log, log_in, maker, number
from openpyxl import load_workbook

from desk.centre.web import list_books
from desk.log.office_events import CardRaised, ComplaintMade, Said

__all__ = ["log_in", "maker", "number"]  # fixtures
DUE = dt.date(2026, 12, 1)
EVIL = '=HYPERLINK("http://x","点")'


@pytest.fixture
def kept(served: Served, tell: SetClock) -> None:
    """Five cards and four complaints of two departments, over two days."""
    centre = served.centre
    for at, (colour, org, title) in enumerate(
        (
            ("red", ORG, "超过期限"),
            ("yellow", ORG, EVIL),
            ("red", "林草局", "超过期限"),
            ("yellow", "林草局", "明天到期"),
        )
    ):
        card = CardRaised("over", colour, f"{at:024d}", org, POINT, "苏和", title, "迟了", DUE)
        centre.say("", "card.raised", f"card:{at:032x}", card)
    for at, (sort, org) in enumerate((("complaint", ORG), ("question", ""), ("complaint", "林草局"))):
        made = ComplaintMade(f"TS{at}", "c", sort, "慢", org=org, name="其木格", phone="13900000009", due=DUE)
        centre.say("", "complaint.made", f"complaint:{at}", made)
    tell.at += dt.timedelta(days=1)
    centre.say(
        "", "card.raised", f"card:{9:032x}", CardRaised("soon", "yellow", "x-01", ORG, POINT, "", "终端", "", DUE)
    )
    centre.say("w", "complaint.assigned", "complaint:0", Said("巴图", ORG, until=DUE))


def sheet(client: httpx.Client, path: str, **asked: str) -> list[dict[str, object]]:
    answer = client.get(path, params=asked)
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet"), answer.text[:200]
    lines = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows())
    assert all(cell.data_type != "f" for line in lines for cell in line)
    heads = [cell.value for cell in lines[0]]
    return [dict(zip(heads, [cell.value for cell in line], strict=True)) for line in lines[1:]]


@both_databases
def test_cards_as_the_page_is_narrowed(kept: None, log_in: Log) -> None:
    watch, clerk = log_in("watch"), log_in("other")
    rows = sheet(watch, "/supervision.xlsx", state="all")
    assert len(rows) == 5
    assert [row["事由"] for row in rows if row["事由"] == EVIL] == [EVIL]
    assert all(row["规则"] not in ("", "over", "soon") for row in rows)
    assert {(row["批次标记"], str(row["制表时间"])[:10]) for row in rows} == {("152523-20261125", "2026-11-25")}
    assert len(sheet(watch, "/supervision.xlsx", state="all", colour="red")) == 2
    assert len(sheet(watch, "/supervision.xlsx", state="all", org=ORG, colour="yellow")) == 2
    assert len(sheet(watch, "/supervision.xlsx", state="all", since="2026-11-25", until="2026-11-30")) == 1
    assert sheet(watch, "/supervision.xlsx", state="closed") == []
    assert {row["部门"] for row in sheet(clerk, "/supervision.xlsx", state="all", org=ORG)} == set()
    assert {row["部门"] for row in sheet(clerk, "/supervision.xlsx", state="all")} == {"林草局"}
    page = watch.get("/supervision?state=all&colour=red").text
    assert '/supervision.xlsx?state=all&amp;colour=red"' in page
    assert "共 1 张" in watch.get("/supervision?state=all&since=2026-11-25").text


@both_databases
def test_complaints_as_the_page_is_narrowed(kept: None, log_in: Log) -> None:
    watch, clerk = log_in("watch"), log_in("other")
    rows = sheet(watch, "/complaints.xlsx", state="all")
    assert sorted(str(row["编号"]) for row in rows) == ["TS0", "TS1", "TS2"]
    assert "其木格" not in str(rows)
    assert "13900000009" not in str(rows)
    assert [row["编号"] for row in sheet(watch, "/complaints.xlsx", state="assigned")] == ["TS0"]
    assert [row["编号"] for row in sheet(watch, "/complaints.xlsx", state="all", sort="question")] == ["TS1"]
    assert {row["承办部门"] for row in sheet(clerk, "/complaints.xlsx", state="all")} == {"林草局"}
    assert sheet(watch, "/complaints.xlsx", state="all", until="2026-11-23") == []


def test_a_list_without_end_says_what_it_left_out(kept: None, log_in: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_books, "MOST", 3)
    monkeypatch.setattr(list_books, "_PAGE", 2)
    rows = sheet(log_in("watch"), "/supervision.xlsx", state="all")
    assert len(rows) == 4
    assert "还有 2 条没有列出" in str(rows[-1]["监察编号"])
