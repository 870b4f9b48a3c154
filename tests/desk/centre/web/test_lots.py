"""Files by lot: anyone draws the same, two reviewers do not overwrite each other, the office sees its own results."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterator

import httpx
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, Served, SetClock, both_databases, full_draft, item_code, sync
from office import Log, browsers, hidden, hidden_in
from openpyxl import load_workbook

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.folds.office import lots
from desk.log import events

FULL = [str(one.most) for one in lots.CHECKLIST]


@pytest.fixture
def org(desk: Desk) -> str:
    return desk.item(item_code(desk)).org_name


@pytest.fixture
def closed(served: Served, desk: Desk, tell: SetClock) -> list[str]:
    """Six cases of one department, ended on the 24th; a seventh stays open."""
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(7)]
    sync(desk)
    for number in made[:6]:
        _, seen = served.centre.case(number)
        served.centre.act(
            "wulan", "case.not_accepted", number, events.NotAccepted("乌兰", "民政局", "不属本机关"), seen
        )
    tell.at += dt.timedelta(days=1)
    return made[:6]


@pytest.fixture
def log_in(served: Served, org: str) -> Iterator[Log]:
    people = {
        "bai": (Role.REVIEWER, "政务服务局"),
        "gao": (Role.REVIEWER, "政务服务局"),
        "chief": (Role.CHIEF, org),
        "other": (Role.CHIEF, "林业和草原局"),
        "super": (Role.SUPERVISOR, "政务服务局"),
        "editor": (Role.EDITOR, "政务服务局"),
    }
    for account, (role, where) in people.items():
        guard.add_clerk(served.centre, account, f"某{account}", PASSWORD, where, frozenset({role}))
    with browsers(served) as go:
        yield go


def drawn(client: httpx.Client, **typed: str) -> httpx.Response:
    asked = {"since": "2026-11-01", "until": "2026-11-24", "count": "3", "seed": "20261125"} | typed
    return client.post("/lots", data=hidden(client, "/lots") | asked)


def scored(client: httpx.Client, lot: str, number: str, points: list[str], text: str = "") -> httpx.Response:
    page = client.get(f"{lot}/files/{number}").text
    return client.post(f"{lot}/files/{number}", data=hidden_in(page) | {"point": points, "text": text})


def test_a_draw_is_the_same_for_everybody_and_hangs_on_the_seed() -> None:
    pool = [f"{number:05d}" for number in range(500)]
    first = lots.draw(pool, 20, "20261125")
    assert lots.draw(list(reversed(pool)), 20, "20261125") == first
    assert lots.draw(pool, 30, "20261125")[:20] == first  # more files begin with the same
    assert lots.draw(pool, 20, "20261126") != first
    assert lots.draw(pool[:5], 20, "x") != ()
    assert len(set(lots.draw(pool, 500, "x"))) == 500
    hits = sum("00007" in lots.draw(pool, 50, str(seed)) for seed in range(2000))
    assert 130 < hits < 270  # one in ten: no file is drawn more than another
    passed = lots.Pool(pool)
    assert lots.draw(passed, 20, "20261125") == first
    assert (passed.count, passed.mark) == (500, hashlib.sha256("\n".join(pool).encode()).hexdigest()[:16])


@both_databases
def test_what_can_be_drawn_stands_in_the_counts(served: Served, closed: list[str], log_in: Log, org: str) -> None:
    """Departments and items come from the months that are counted, not from a walk through all cases."""
    asked: list[str] = []

    def seen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    bai = log_in("bai")
    assert f"<option>{org}</option>" in bai.get("/lots").text
    lot = drawn(bai, task=closed_item(served, closed)).url.path
    sa.event.listen(served.centre.database.engine, "before_cursor_execute", seen)
    page = bai.get("/lots").text
    sa.event.remove(served.centre.database.engine, "before_cursor_execute", seen)
    assert f"<option>{org}</option>" in page
    assert "最低生活保障审核确认</option>" in page
    assert not [one for one in asked if "case_row" in one]
    assert "<dd>最低生活保障审核确认</dd>" in bai.get(lot).text


def closed_item(served: Served, closed: list[str]) -> str:
    return served.centre.case(closed[0])[0].collected.item.task_code


@both_databases
def test_a_draw_from_the_page_to_the_office(served: Served, closed: list[str], log_in: Log, org: str) -> None:
    bai = log_in("bai")
    page = drawn(bai, title="十一月抽查")
    lot = page.url.path
    chosen = lots.draw(closed, 3, "20261125")
    shown = re.findall(r'href="/cases/([^"]+)"', page.text)
    assert tuple(shown) == chosen
    assert "20261125" in page.text
    assert "6 件" in page.text
    again = bai.get(lot, params={"again": "1"}).text
    assert "顺序完全相同" in again
    assert log_in("chief").get(lot).status_code == 404  # not before it is closed
    for at, number in enumerate(chosen):
        points = [*FULL]
        points[-1] = str(5 - at)
        assert scored(bai, lot, number, points, "图片不清" if at else "").url.path == lot
    page = bai.get(lot).text
    assert [int(one) for one in re.findall(r"<b>(\d+)</b>", page)] == [100, 99, 98]
    assert "优秀" in page
    empty = bai.post(f"{lot}/close", data=hidden_in(page))
    assert (empty.status_code, "评查意见" in empty.text) == (409, True)
    closed_page = bai.post(f"{lot}/close", data=hidden_in(page) | {"text": "总体规范，图片要清楚。"}).text
    assert "已反馈" in closed_page
    chief = log_in("chief")
    assert "十一月抽查" in chief.get("/lots").text
    assert "总体规范" in chief.get(lot).text
    other = log_in("other")
    assert "十一月抽查" not in other.get("/lots").text
    assert other.get(lot).status_code == other.get(f"{lot}/results.xlsx").status_code == 404
    book = load_workbook(io.BytesIO(chief.get(f"{lot}/results.xlsx").content))
    assert book.sheetnames == ["抽取", "评分"]
    lines = list(book["评分"].iter_rows(min_row=2, values_only=True))
    assert [(line[0], line[12], line[13]) for line in lines] == [
        (number, 100 - at, "优秀") for at, number in enumerate(chosen)
    ]
    book = load_workbook(io.BytesIO(bai.get(f"{lot}/results.xlsx").content))
    assert [row[0] for row in book["范围"].iter_rows(min_row=2, values_only=True)] == sorted(closed)
    assert dict(book["抽取"].iter_rows(min_row=2, max_col=2, values_only=True))["种子"] == "20261125"
    assert scored(bai, lot, chosen[0], FULL).status_code == 409
    before = served.centre.node, bai.get(lot).text
    served.centre.rebuild()
    assert (served.centre.node, bai.get(lot).text) == before


def test_two_reviewers_at_once(closed: list[str], log_in: Log) -> None:
    bai, gao = log_in("bai"), log_in("gao")
    lot = drawn(bai).url.path
    first, second, _ = lots.draw(closed, 3, "20261125")
    seen = hidden(gao, f"{lot}/files/{first}")
    other = hidden(gao, f"{lot}/files/{second}")
    assert scored(bai, lot, first, FULL).status_code == 200
    late = gao.post(f"{lot}/files/{first}", data=seen | {"point": ["0", *FULL[1:]], "text": "主体不对"})
    assert late.status_code == 409
    assert "刚刚被别的评查员评过分" in late.text
    assert "主体不对" in late.text  # what was typed is still there
    assert (
        gao.post(f"{lot}/files/{second}", data=other | {"point": FULL}).status_code == 200
    )  # another file: no quarrel
    assert re.findall(r"<b>(\d+)</b>", bai.get(lot).text) == ["100", "100"]
    assert scored(gao, lot, first, ["0", *FULL[1:]], "主体不对").status_code == 200  # having seen it, she may
    assert "90" in re.findall(r"<b>(\d+)</b>", bai.get(lot).text)


def test_the_pool_that_changed_is_told(
    served: Served, closed: list[str], desk: Desk, log_in: Log, tell: SetClock
) -> None:
    tell.at += dt.timedelta(days=2)
    lot = drawn(log_in("bai"), until="2026-11-25").url.path
    tell.at -= dt.timedelta(days=2)
    number = desk.register(full_draft(desk, 20)).intake_no
    sync(desk)
    _, seen = served.centre.case(number)
    served.centre.act("wulan", "case.not_accepted", number, events.NotAccepted("乌兰", "民政局", "不属本机关"), seen)
    again = log_in("bai").get(lot, params={"again": "1"}).text
    assert "现在是 7 件" in again
    assert "完全相同" not in again


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"until": "2026-11-25"}, "今天以前"),
        ({"since": "2026-11-25", "until": "2026-11-20"}, "晚于"),
        ({"since": "x"}, "日期不对"),
        ({"since": ""}, "日期不对"),
        ({"count": "0"}, "1 到 200"),
        ({"count": "²"}, "1 到 200"),
        ({"count": "-1"}, "1 到 200"),
        ({"seed": "x" * 65}, "种子"),
        ({"org": "没有这个部门"}, "没有办结的案卷"),
    ],
)
def test_a_draw_that_cannot_be(closed: list[str], log_in: Log, typed: dict[str, str], words: str) -> None:
    answer = drawn(log_in("bai"), **typed)
    assert answer.status_code == 409
    assert words in answer.text


def test_points_have_their_range_and_lost_ones_a_reason(served: Served, closed: list[str], log_in: Log) -> None:
    bai = log_in("bai")
    lot = drawn(bai, seed="").url.path  # no seed typed: a random one is recorded
    assert re.search(r"<code>[0-9a-f]{16}</code>", bai.get(lot).text)
    number = re.search(r"/files/([0-9A-Z]+)", bai.get(lot).text).group(1)
    for points in ([], FULL[:-1], ["11", *FULL[1:]], ["-1", *FULL[1:]], ["", *FULL[1:]], ["1.5", *FULL[1:]]):
        assert scored(bai, lot, number, points, "评语").status_code == 409, points
    assert "写明原因" in scored(bai, lot, number, ["9", *FULL[1:]]).text
    assert scored(bai, lot, "1" * 24, FULL).status_code == 404
    assert bai.post(f"{lot}/close", data=hidden(bai, lot) | {"text": "好"}).status_code == 409
    guard.change_clerk(served.centre, "wulan", frozenset({Role.REVIEWER}), "政务服务局", ())
    own = scored(log_in("wulan"), lot, number, FULL)
    assert (own.status_code, "回避" in own.text) == (409, True)


def test_who_may_see_and_draw(closed: list[str], log_in: Log) -> None:
    lot = drawn(log_in("bai")).url.path
    for account, expected in (("super", 200), ("editor", 403), ("chief", 404)):
        client = log_in(account)
        assert client.get(lot).status_code == expected
        assert drawn(client).status_code == 403
    assert "抽取案卷" not in log_in("super").get("/lots").text
