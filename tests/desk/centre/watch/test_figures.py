"""Figures of the office: cases whose outcomes are known, and every number equal to one counted by hand."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from conftest import (
    PASSWORD,
    POINT,
    Served,
    SetClock,
    both_databases,
    enrol_desk,
    full_draft,
    item_code,
    make_centre,
    opened,
    sync,
)
from made_once import MadeOnce
from office import stood
from openpyxl import load_workbook

from db.centre.lists import tallies
from desk import clock
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import figuring, periods
from desk.log import events
from desk.log.office_events import CardRaised, Said
from desk.store.snapshots import DraftMaterial

HELP, BADGE = "临时救助", "残疾人证核发"
OFFICE, FEDERATION = "洪格尔苏木人民政府", "苏尼特左旗残疾人联合会"
OTHER_POINT = "152523203201"
START = dt.datetime(2026, 10, 12, 9, 0, tzinfo=clock.BEIJING)
GIVEN = events.Act("乌兰", reasons="符合条件")

# By hand: eleven cases of HELP at POINT, seven of BADGE at OTHER_POINT; what happened to each, after how many days, and
# how it was rated. The law gives 20 working days.
HELPED = (
    *(("granted", 10, score) for score in (5, 5, 4, 2)),
    *(("granted", 10, 0),) * 2,
    *(("granted", 60, 0),) * 2,
    ("refused", 20, 0),
    ("not_accepted", 2, 0),
    ("withdrawn", 3, 0),
)
BADGES = (("granted", 5, 5), ("granted", 5, 0), ("granted", 5, 0), ("refused_silently", 6, 0), *(("open", 1, 0),) * 1)
SUPPLEMENTS = (("居民户口簿（复印件不清）", "照片"), ("居民户口簿", "居民户口簿 第二页"))


class Told:
    """What the test knows of the centre: its address, and how things are said to it."""

    def __init__(self, served: Served, tell: SetClock) -> None:
        self.centre, self.address, self.tell, self.served = served.centre, served.address, tell, served

    def act(self, kind: str, number: str, data: events.Data) -> None:
        """A clerk's move."""
        _case, seen = self.centre.case(number)
        self.centre.act("wulan", kind, number, data, seen)

    def rate(self, number: str, score: int) -> None:
        """What a herder said, as it stands in a log."""
        with self.centre.database.write() as db:
            entries = self.centre.about(db, [number])[number]
            own = Own("suhe", "case.rated", number, events.Rated(score, "screen"), "")
            made = self.centre.append(db, [own], {number: max(one.rank for one in entries)})
            self.centre.project(db, {number: [*entries, made[0].entry]})

    def end(self, number: str, outcome: str, score: int) -> None:
        """Bring a case to its outcome."""
        if outcome == "not_accepted":
            self.act("case.not_accepted", number, events.NotAccepted("乌兰", OFFICE, "不属于本机关"))
        elif outcome == "withdrawn":
            self.act("case.withdrawn", number, GIVEN)
        elif outcome != "open":
            self.act("case.accepted", number, events.Accepted("乌兰", OFFICE))
            kind = "case.refused" if outcome.startswith("refused") else "case.granted"
            if outcome == "refused_silently":
                stood(self.served, number, kind, events.Act("乌兰"))
            else:
                self.act(kind, number, GIVEN)
        if score:
            self.rate(number, score)


def draft(desk: Desk, at: int, name: str) -> object:
    item = desk.item(item_code(desk, name))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    fields = {one.code: one.choices[0] for one in item.fields if one.required}
    return full_draft(desk, at, task_code=item.task_code, fields=fields, materials=ticks)


def make_year(folder: Path, url: str) -> dt.datetime:
    """A centre after all of it."""
    make_centre(folder, url)
    tell = SetClock()
    tell.at = START
    with opened(folder, url, tell) as served:
        _live(Told(served, tell), folder)
    return tell.at


def _live(told: Told, folder: Path) -> None:
    plan = []
    for name, point, item, lines in (("one", POINT, HELP, HELPED), ("two", OTHER_POINT, BADGE, BADGES)):
        enrol_desk(folder / name, told.served, point, told.tell)
        with contextlib.closing(opening.open_desk(folder / name, "suhe", PASSWORD, told.tell)) as desk:
            plan += [(desk.register(draft(desk, at, item)).intake_no, *line) for at, line in enumerate(lines)]
            if item == BADGE:
                asked = [desk.register(draft(desk, 50 + at, item)).intake_no for at in range(len(SUPPLEMENTS))]
            sync(desk)
    for number, missing in zip(asked, SUPPLEMENTS, strict=True):
        told.act("case.supplement_asked", number, events.SupplementAsked("乌兰", FEDERATION, missing))
    for number, outcome, days, score in sorted(plan, key=lambda one: one[2]):
        told.tell.at = START + dt.timedelta(days=days)
        told.end(number, outcome, score)
    for at, cancelled in enumerate((False, True)):
        told.centre.say("rule", "card.raised", f"card:{at:032x}", card(plan[6][0]))
        if cancelled:
            for who, kind, verdict in (
                ("w", "explained", ""),
                ("w", "appealed", ""),
                ("boss", "appeal_decided", "upheld"),
            ):
                told.centre.say(who, f"card.{kind}", f"card:{at:032x}", Said("其木格", verdict=verdict))
    guard.add_clerk(told.centre, "boss", "其木格", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    guard.add_clerk(told.centre, "chief", "巴特尔", PASSWORD, FEDERATION, frozenset({Role.CHIEF}))


@pytest.fixture
def told(tmp_path: Path, tell: SetClock, centre_url: str, templates: MadeOnce) -> Iterator[Told]:
    """A copy of that centre."""
    tell.at = templates.copy(make_year, tmp_path, centre_url).at
    with opened(tmp_path, centre_url, tell, waits=False) as served:
        yield Told(served, tell)


def card(number: str) -> CardRaised:
    due = (START + dt.timedelta(days=65)).date()
    return CardRaised("over_limit", "red", number, OFFICE, POINT, "苏和", "超过法定期限", "迟了", due)


@pytest.fixture
def boss(told: Told) -> Iterator[httpx.Client]:
    yield from entered(told, "boss")


@pytest.fixture
def chief(told: Told) -> Iterator[httpx.Client]:
    yield from entered(told, "chief")


def entered(told: Told, account: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=told.address, follow_redirects=True, timeout=60) as client:
        assert client.post("/login", data={"account": account, "password": PASSWORD}).status_code == 200
        yield client


def scores(told: Told, period: str, by: str) -> dict[str, figuring.Line]:
    figuring.fresh(told.centre)
    chosen = periods.period(period, told.tell().date())
    return {one.name: one for one in figuring.appraisal(told.centre, chosen, by, figuring.Asked())}


@both_databases
def test_every_number_is_the_one_counted_by_hand(told: Told) -> None:
    found = scores(told, "2026-Q4", "org")
    help_, badge = found[OFFICE].counts, found[FEDERATION].counts
    assert (help_.arrived, help_.supplemented, help_.ended, help_.on_time, help_.late) == (11, 0, 10, 8, 2)
    assert (help_.granted, help_.refused, help_.not_accepted) == (8, 1, 1)
    assert help_.days == 6 * 10 + 2 * 60 + 20 + 2
    assert (help_.rated, help_.score, help_.poor, help_.red) == (4, 16, 1, 1)
    assert (badge.arrived, badge.supplemented, badge.ended, badge.on_time, badge.late) == (7, 2, 4, 4, 0)
    assert (badge.granted, badge.refused, badge.not_accepted, badge.days) == (3, 1, 0, 3 * 5 + 6)
    assert (badge.rated, badge.score, badge.poor, badge.red) == (1, 5, 0, 0)
    assert found[OFFICE].mark.score == round(40 * 0.8 + 25 + 25 * 0.75 + 8, 1)
    assert found[FEDERATION].mark.score == round(40 + 25 * 5 / 7 + 25 + 10, 1)
    assert (found[OFFICE].mark.few, found[FEDERATION].mark.few) == (False, True)


@both_databases
def test_a_month_counts_its_own_arrivals_and_ends_and_is_counted_again(told: Told) -> None:
    october, december = scores(told, "2026-10", "org")[OFFICE].counts, scores(told, "2026-12", "org")[OFFICE].counts
    assert (october.arrived, october.ended, october.late, october.red) == (11, 7, 0, 0)
    assert (december.arrived, december.ended, december.late, december.red) == (0, 2, 2, 1)
    with told.centre.database.read() as db:
        assert tallies.waiting(db) == []
        ended = tallies.sums(db, "org", "2026-10", "2026-10")
    told.centre.rebuild()
    assert figuring.refresh(told.centre) == 3
    with told.centre.database.read() as db:
        assert sorted(map(str, tallies.sums(db, "org", "2026-10", "2026-10"))) == sorted(map(str, ended))


@both_databases
def test_a_count_that_was_cut_short_is_taken_up(told: Told) -> None:
    before = scores(told, "2026", "org")
    told.centre.rebuild()
    with told.centre.database.write() as db:
        assert set(tallies.claim(db, 9)) == {"2026-10", "2026-11", "2026-12"}
    assert scores(told, "2026", "org") == before
    with told.centre.database.read() as db:
        assert tallies.waiting(db) == []


NUMBER = re.compile(r'href="(/cases\?[^"]*)"[^>]*>([^<]*)</a>')


@both_databases
@pytest.mark.parametrize("by", ["org", "sumu", "agent"])
def test_each_number_opens_exactly_so_many_cases(boss: httpx.Client, by: str) -> None:
    page = boss.get("/supervision/appraisal", params={"by": by, "period": "2026-Q4"}).text
    counts = [(html.unescape(to), int(told)) for to, told in NUMBER.findall(page) if told.isdigit()]
    assert len(counts) == 2 * 4  # two lines: arrived, ended, late, poor
    assert sum(number for _, number in counts) == 11 + 7 + 10 + 4 + 2 + 1
    for to, number in counts:
        assert listed(boss, to) == number
    rates = {"late=no": [], "rated=1": [], "supplemented=1": []}
    for to, _words in NUMBER.findall(page):
        for key, found in rates.items():
            if key in to:
                found.append(listed(boss, html.unescape(to)))
    assert {key: sorted(found) for key, found in rates.items()} == {
        "late=no": [4, 8],
        "rated=1": [1, 1, 1, 4, 4, 4],  # the mean, how many, the response rate
        "supplemented=1": [2],
    }
    for words in ("平均天数", "得分"):  # what they are averaged over: all that ended
        to = re.findall(f'data-label="{words}">(?:<span>|<strong>)*<a href="([^"]*)"', page)
        assert sorted(listed(boss, html.unescape(one)) for one in to) == [4, 10]


def listed(client: httpx.Client, to: str) -> int:
    page = client.get(to).text
    shown = len(re.findall(r'class="row" href="/cases/', page))
    assert "只看：" in page
    said = re.search(r"共 (\d+) 件", page)
    assert shown == (int(said[1]) if said else 0)
    return shown


@both_databases
def test_seasons_and_steps_open_the_cases_they_count(boss: httpx.Client) -> None:
    page = boss.get("/supervision/analysis?period=2026-Q4").text
    total = re.search(r'data-label="合计"><a href="([^"]*)">18<', page)
    assert listed(boss, html.unescape(total[1])) == 18
    means = re.findall(r'data-label="平均天数"><a href="(/cases[^"]*)">', page)
    assert {listed(boss, html.unescape(one)) for one in means} >= {10, 4, 11}
    steps = re.findall(r'data-label="件数"><a href="(/supervision/analysis/steps[^"]*)">(\d+)<', page)
    assert len(steps) >= 3
    sample = re.search(r'这里取了 <a href="([^"]*)">(\d+) 件', page)
    for to, count in (*steps, sample.groups()):
        shown = boss.get(html.unescape(to)).text
        assert len(re.findall(r'class="row" href="/cases/', shown)) == int(count)
        assert f"共 {count} 件" in shown
    first = boss.get(html.unescape(steps[1][0])).text
    days = [float(one) for one in re.findall(r'data-label="天数">([\d.]+)<', first)]
    assert days == sorted(days, reverse=True)
    assert len(days) == int(steps[1][1])


@both_databases
def test_many_red_cards_are_paged(boss: httpx.Client, told: Told) -> None:
    with told.centre.database.write() as db:
        raised = [Own("", "card.raised", f"card:{at:032x}", card(f"{at:024d}"), "") for at in range(100, 220)]
        told.centre.say_in(db, raised)
    page = boss.get("/supervision/appraisal?by=org&period=2026-Q4").text
    to = html.unescape(re.search(r'href="(/supervision/appraisal/cards[^"]*)">121<', page)[1])
    found: list[str] = []
    for at, count in ((1, 50), (2, 50), (3, 21)):
        shown = boss.get(f"{to}&at={at}").text
        assert f"第 {at} / 3 页，共 121 张" in shown
        found += (lines := re.findall(r'href="/supervision/cards/([0-9a-f]+)"', shown))
        assert len(lines) == count
    assert len(set(found)) == 121


@both_databases
def test_red_cards_open_their_list_and_a_cancelled_one_counts_not(boss: httpx.Client) -> None:
    page = boss.get("/supervision/appraisal?by=agent&period=2026-Q4").text
    to = re.findall(r'href="(/supervision/appraisal/cards[^"]*)">1<', page)
    assert len(to) == 1
    assert "共 1 张" in boss.get(html.unescape(to[0])).text


@both_databases
def test_a_chief_sees_the_own_department_only(chief: httpx.Client, told: Told) -> None:
    for path in ("/supervision/appraisal", "/supervision/analysis"):
        page = chief.get(path, params={"period": "2026-Q4"}).text
        assert BADGE in page or FEDERATION in page
        assert HELP not in page
        assert OFFICE not in page
    for client in entered(told, "wulan"):
        assert client.get("/supervision/appraisal").status_code == 403


@both_databases
def test_the_analysis_and_what_supplements_asked_for(boss: httpx.Client, told: Told) -> None:
    chosen = periods.period("2026-Q4", told.tell().date())
    figuring.fresh(told.centre)
    found = figuring.analysis(told.centre, chosen, figuring.Asked())
    assert [(one.key, one.counts.arrived, one.counts.ended) for one in found.months][-3:] == [
        ("2026-10", 18, 11),
        ("2026-11", 0, 1),
        ("2026-12", 0, 2),
    ]
    assert found.seasons == (("2026", (None,) * 9 + (18, 0, 0)),)
    assert {one.name: one.counts.ended for one in found.items} == {HELP: 10, BADGE: 4}
    assert found.sampled == 14
    steps = {one.name: one for one in found.steps}
    assert steps["中心接收到受理决定"].cases == 14
    assert steps["中心接收到受理决定"].mean == pytest.approx((6 * 10 + 2 * 60 + 20 + 2 + 3 * 5 + 6) / 14, abs=0.01)
    asked = figuring.Asked(task_code=next(one.key for one in found.items if one.name == BADGE))
    reasons = figuring.supplement_reasons(told.centre, chosen, asked)
    assert (reasons.arrived, reasons.asked) == (7, 2)
    assert [(one.name, one.cases, one.known) for one in reasons.missing if one.cases] == [
        ("居民户口簿", 2, True),
        ("照片", 1, False),
    ]
    page = boss.get("/supervision/analysis", params={"period": "2026-Q4", "task": asked.task_code}).text
    assert all(f'<a href="/cases/{number}">' in page for number in reasons.missing[0].numbers)
    assert "居民户口簿" in page
    assert f'href="/items/{asked.task_code}"' in page
    links = [(html.unescape(to), int(words)) for to, words in NUMBER.findall(page) if words.isdigit()]
    assert len(links) > 20
    for to, number in links:
        assert "task" in parse_qs(urlsplit(to).query)
        assert listed(boss, to) == number


@both_databases
def test_workbooks_and_the_printed_report(boss: httpx.Client) -> None:
    answer = boss.get("/supervision/appraisal.xlsx?by=org&period=2026-Q4")
    book = load_workbook(io.BytesIO(answer.content))
    rows = {line[0]: line for line in book.worksheets[0].iter_rows(values_only=True)}
    head = rows["部门"]
    office = dict(zip(head, rows[OFFICE], strict=True))
    assert (office["到件"], office["办结"], office["超期"], office["红牌"], office["得分"]) == (11, 10, 2, 1, 83.8)
    assert office["按时办结率"] == 0.8
    assert "按时办结率" in [row[0].value for row in book["计分办法"].rows]
    task = "NM152523-07-005"
    book = load_workbook(io.BytesIO(boss.get(f"/supervision/analysis.xlsx?period=2026-Q4&task={task}").content))
    assert [one.title for one in book] == ["近12个月", "季节", "事项", "地区", "环节", "补正原因"]
    assert [cell.value for cell in book["补正原因"][2]][:3] == ["居民户口簿", 2, round(2 / 7, 4)]
    for sheet in book:  # each row carries its batch and when it was made
        lines = list(sheet.iter_rows(values_only=True))
        assert lines[0][-2:] == ("批次标记", "制表时间")
        assert {line[-2] for line in lines[1:]} == {"152523-20261211"}
        assert all(str(line[-1]).startswith("2026-12-11 ") for line in lines[1:])
    pdf = boss.get("/supervision/report.pdf?period=2026-Q4").content
    assert zipfile.is_zipfile(io.BytesIO(boss.get("/supervision/report.ofd?period=2026-Q4").content))
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    words = done.stdout.decode()
    wanted = ("电子监察报告", "2026 年第 4 季度", OFFICE, "83.8", "92.9*", "18 件", "计分办法", "季节（每月到件）")
    for part in (*wanted, "各苏木乡镇", "洪格尔苏木", "补正原因", f"{BADGE}：到件 7 件，要求补正 2 件", "居民户口簿"):
        assert part in words or part.replace(" ", "") in words.replace(" ", ""), words


def test_odd_addresses_are_answered(boss: httpx.Client) -> None:
    for path in ("/supervision/appraisal", "/supervision/analysis", "/supervision/appraisal/cards"):
        for query in ("period=2026-13", "period=x&by=y&order=z", "task=%00&place=..", "by=agent&key=-&place=-"):
            assert boss.get(f"{path}?{query}").status_code == 200
    for query in ("since=x&until=2026-02-30", "on=ended&outcome=z&late=7", "agent=-&org=-&until=2026-10-31"):
        assert boss.get(f"/cases?tab=all&{query}").status_code == 200


@pytest.mark.parametrize("text", ["2026-02", "2026-Q1", "2026"])
def test_periods_end_on_their_last_day(text: str) -> None:
    found = periods.period(text, dt.date(2026, 11, 24))
    assert (found.since[:7], found.until[:7]) == (found.first, found.last)
    last = dt.date.fromisoformat(found.until)
    assert (last + dt.timedelta(days=1)).day == 1
