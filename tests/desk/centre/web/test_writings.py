"""Reports and information items: made from known cases, banner to league and back, over real HTTP between centres."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from conftest import PASSWORD, POINT, Served, SetClock, both_databases, full_draft, item_code, sync
from office import hidden, logged_in

from db.centre import records, rows
from desk.app.open_desk import Desk
from desk.centre.levels import forwarding, level_writings
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import reporting
from desk.centre.watch.reporting import Figures, Office, span
from desk.centre.web.writings import place_of
from desk.errors import RefusedError
from desk.folds import whose
from desk.folds.office import writings
from desk.log import chain, events
from desk.log.chain import Entry
from desk.log.office_events import CardRaised, ComplaintMade, Said, Written

Log = Callable[..., httpx.Client]
BANNER, LEAGUE, REGION = "152523000000-00", "152500000000-00", "150000000000-00"


# -- the fold ----------------------------------------------------------------------------------------------------


def told(*steps: tuple[str, str, object]) -> writings.Writing:
    entries: list[Entry] = []
    for rank, (node, kind, data) in enumerate(steps, 1):
        kept = chain.make(
            node=node,
            seq=rank,
            prev=chain.GENESIS,
            time=f"2026-11-{rank:02d}T09:00:00.000+08:00",
            author="a",
            kind=kind,
            subject="x:1",
            rank=rank,
            data=data,
        )
        entries.append(kept.entry)
    found = writings.fold(reversed(entries))
    assert found is not None
    return found


W, S = Written("标题", "正文", "乌兰"), Said("乌兰")


def test_only_levels_above_say_what_becomes_of_a_report() -> None:
    begun = (BANNER, "report.written", W), (BANNER, "report.sent", S)
    assert told(*begun).state == "sent"
    assert told(*begun, (BANNER, "report.adopted", S)).state == "sent"  # not by itself
    assert told(*begun, ("152524000000-00", "report.adopted", S)).state == "sent"  # not by a neighbour
    assert told(*begun, ("152523202202-01", "report.adopted", S)).state == "sent"  # not by a desk
    assert told(begun[0], (LEAGUE, "report.adopted", S)).state == "draft"  # not before it was sent
    found = told(*begun, (LEAGUE, "report.received", S), (LEAGUE, "report.adopted", S), (LEAGUE, "report.received", S))
    assert (found.state, found.mark_of(LEAGUE).state) == ("adopted", "adopted")
    assert told(*begun, (BANNER, "report.written", Written("改", "改", ""))).written == W


def test_an_item_is_edited_by_its_home_adopted_by_each_level() -> None:
    edited = Written("改过", "正文", "编辑")
    begun = (BANNER, "info.written", W), (BANNER, "info.sent", S), (BANNER, "info.edited", edited)
    assert told(*begun).written == edited
    assert told(*begun, (LEAGUE, "info.edited", W)).written == edited
    assert told(*begun, (BANNER, "info.forwarded", S)).sent_by == ()  # only what was adopted goes on
    up = *begun, (BANNER, "info.adopted", S), (BANNER, "info.forwarded", S)
    found = told(*up, (LEAGUE, "info.adopted", S), (LEAGUE, "info.forwarded", S), (REGION, "info.adopted", S))
    assert found.sent_by == (BANNER, LEAGUE)
    assert [found.state_at(node) for node in (BANNER, LEAGUE, REGION)] == ["adopted"] * 3
    assert told(*up, (LEAGUE, "info.circulated", S)).mark_of(LEAGUE) is None  # not before it is adopted
    assert told(*up, (BANNER, "info.circulated", S)).state == "circulated"


def test_above_is_by_division() -> None:
    assert whose.is_above(LEAGUE, BANNER)
    assert whose.is_above(REGION, BANNER)
    assert not whose.is_above(BANNER, BANNER)
    assert not whose.is_above(BANNER, LEAGUE)
    assert not whose.is_above("152600000000-00", BANNER)


# -- the report --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "period", "first", "last"),
    [
        ("monthly", "2026-02", "2026-02-01", "2026-02-28"),
        ("monthly", "2028-02", "2028-02-01", "2028-02-29"),
        ("monthly", "2026-12", "2026-12-01", "2026-12-31"),
        ("quarterly", "2026-Q1", "2026-01-01", "2026-03-31"),
        ("quarterly", "2026-q4", "2026-10-01", "2026-12-31"),
    ],
)
def test_spans(sort: str, period: str, first: str, last: str) -> None:
    found = span(sort, period)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("sort", "period"),
    [
        ("monthly", "2026-13"),
        ("monthly", "2026-Q1"),
        ("quarterly", "2026-Q5"),
        ("", "2026-01"),
        ("monthly", "２０２６-01"),
    ],
)
def test_no_span(sort: str, period: str) -> None:
    with pytest.raises(RefusedError):
        span(sort, period)


def test_periods_begin_with_the_month_that_is_over() -> None:
    assert [words for _, _, words in reporting.periods(dt.date(2026, 1, 15))] == [
        "2025年12月月报",
        "2026年1月月报",
        "2025年11月月报",
        "2025年10月月报",
        "2025年第四季度季报",
        "2026年第一季度季报",
    ]


def test_the_sentences_carry_the_figures() -> None:
    offices = (Office("民政局", 60, 6, 50, 45, 5, 20, 1, 2, 1, 3, 2), Office("农牧局", 40, 0, 30, 30))
    text = reporting.text(
        "旗中心", "盟中心", span("monthly", "2026-11"), Figures(offices, 20, 80), dt.date(2026, 12, 1)
    )
    for words in (
        "盟中心：",
        "本月共接收办件 100 件，比上月（80 件）增加 20 件，增长 25.0%；办结 80 件，",
        "其中按期办结 75 件，超期办结 5 件，按期办结率 93.8%。期末在办 20 件。",
        "民政局：接收 60 件，办结 50 件，按期办结率 90.0%，超期 5 件。",
        "农牧局：接收 40 件，办结 30 件，按期办结率 100.0%。",
        "6 件告知过补正，材料一次齐全率 94.0%。补正最多的是民政局（6 件）。",
        "亮黄牌 2 张、红牌 1 张。红牌涉及民政局（1 张）。收到投诉和建议 3 件，已办结 2 件。",
        "收到评价 20 件，参评率 25.0%；基本满意以上 19 件，占 95.0%，差评 1 件。",
        "2026年12月1日",
    ):
        assert words in text
    nothing = reporting.text("旗中心", "盟中心", span("quarterly", "2026-Q1"), Figures((), 0, 0), dt.date(2026, 4, 1))
    for words in ("与上季度持平", "没有新到的办件", "没有亮牌", "没有收到投诉", "没有办结的办件"):
        assert words in nothing
    assert "%" not in nothing
    running = reporting.text("旗", "盟", span("monthly", "2026-11"), Figures((), 0, 0), dt.date(2026, 11, 25))
    assert "（11月1日至11月25日）" in running  # a month that is not over
    figures = reporting.figures(Figures(offices, 20, 80))
    assert reporting.ordered(dict(sorted(figures.items()))) == list(figures.items())
    assert (figures["到件"], figures["差评"]) == ("100", "1")


@both_databases
def test_counts_from_known_cases(served: Served, desk: Desk, tell: SetClock) -> None:
    org = desk.item(item_code(desk)).org_name
    centre = served.centre
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(5)]
    sync(desk)
    for number in made[:3]:
        centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", org), centre.case(number)[1])
    supplement = events.SupplementAsked("乌兰", org, ("户口簿",), None, "", "")
    centre.act("wulan", "case.supplement_asked", made[4], supplement, centre.case(made[4])[1])
    centre.act("wulan", "case.granted", made[0], events.Act("乌兰", org), centre.case(made[0])[1])
    card = CardRaised("late", "red", made[1], org, POINT, "", "超期", "", dt.date(2026, 11, 30))
    centre.say("", "card.raised", "card:1", card)
    centre.say("", "complaint.made", "complaint:1", ComplaintMade("1", "c", "complaint", "慢", org=org))
    tell.at += dt.timedelta(days=120)
    for number in made[1:2]:
        centre.act("wulan", "case.granted", number, events.Act("乌兰", org), centre.case(number)[1])
    with centre.database.read() as db:
        found = reporting.count(db, span("monthly", "2026-11"))
        later = reporting.count(db, span("quarterly", "2027-Q1"), (org,))
        other = reporting.count(db, span("monthly", "2026-11"), ("别的局",))
    assert found.offices == (Office(org, 5, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0),)
    assert (found.open, found.arrived_before) == (4, 0)
    assert later.offices == (Office(org, ended=1, late=1),)
    assert (later.open, later.arrived_before) == (3, 5)
    assert (other.offices, other.open) == ((), 0)


@both_databases
def test_each_figure_of_a_report_opens_what_it_counts(served: Served, desk: Desk, tell: SetClock, log_in: Log) -> None:
    org = desk.item(item_code(desk)).org_name
    centre = served.centre
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(6)]
    sync(desk)

    def act(number: str, kind: str, data: events.Data) -> None:
        centre.act("wulan", kind, number, data, centre.case(number)[1])

    for number in made[:3]:
        act(number, "case.accepted", events.Accepted("乌兰", org))
    act(made[4], "case.supplement_asked", events.SupplementAsked("乌兰", org, ("户口簿",)))
    act(made[0], "case.granted", events.Act("乌兰", org))
    act(made[5], "case.withdrawn", events.Act("乌兰", org, "不办了"))  # never ended for the office
    for at, colour in enumerate(("red", "yellow", "yellow")):
        card = CardRaised("late", colour, made[at], org, POINT, "", "超期", "", dt.date(2026, 11, 30))
        centre.say("", "card.raised", f"card:{at}", card)
    centre.say("", "complaint.made", "complaint:1", ComplaintMade("1", "c", "complaint", "慢", org=org))
    tell.at += dt.timedelta(days=9)  # into December: what is open now is not what was open then
    act(made[1], "case.granted", events.Act("乌兰", org))
    watch, chief = log_in(served, "watch", Role.SUPERVISOR, "监察室"), log_in(served, "chief", Role.CHIEF, org)
    other = log_in(served, "other", Role.CHIEF, "别的局")
    wanted = {"到件": 6, "办结": 1, "按期办结": 1, "超期办结": 0, "期末在办": 4, "补正": 1, "黄牌": 2, "红牌": 1,
              "投诉和建议": 1, "投诉已办结": 0, "收到评价": 0, "差评": 0}  # fmt: skip
    for client in (watch, chief):
        csrf = hidden(client, "/writings")
        page = client.post("/writings/reports", data=csrf | {"period": "monthly 2026-11"})
        found = dict(re.findall(r'<th scope="row">([^<]*)</th><td><a href="([^"]*)">', page.text))
        assert set(wanted) | {"按期办结率", "一次齐全率", "参评率"} == set(found)
        told = dict(re.findall(r'<th scope="row">([^<]*)</th><td><a [^>]*>(\d+)</a>', page.text))
        assert {name: int(value) for name, value in told.items()} == wanted
        for name, count in wanted.items():
            shown = client.get(html.unescape(found[name])).text
            said = re.search(r"共 (\d+) [件张]", shown)
            assert int(said[1] if said else 0) == count, name
        assert other.get(page.url.path).status_code == 404
    editor = log_in(served, "editor", Role.EDITOR, "政务服务局")
    assert "/cases?" not in editor.get(page.url.path).text  # whoever may not open the list has no link to it


# -- pages -------------------------------------------------------------------------------------------------------


def client_of(place: Served, account: str, role: Role, org: str) -> httpx.Client:
    with contextlib.suppress(RefusedError):
        guard.add_clerk(place.centre, account, f"某{account}", PASSWORD, org, frozenset({role}))
    return logged_in(place, account)


@pytest.fixture
def log_in() -> Iterator[Log]:
    with contextlib.ExitStack() as opened:
        yield lambda *who: opened.enter_context(client_of(*who))


def do(client: httpx.Client, path: str, act: str, **typed: str) -> httpx.Response:
    return client.post(f"{path}/{act}", data=hidden(client, path) | typed)


def same_when_rebuilt(place: Served) -> None:
    def all_records() -> list[dict[str, object]]:
        with place.centre.database.read() as db:
            return [row for family in ("report", "info", "card") for row in records.record_data(db, family)]

    before = all_records()
    place.centre.rebuild()
    assert all_records() == before


@both_databases
def test_a_report_goes_up_and_its_fate_comes_down(
    served: Served, desk: Desk, above: tuple[Served, Served], log_in: Log
) -> None:
    league, region = above
    desk.register(full_draft(desk))
    sync(desk)
    super_, editor = log_in(served, "super", Role.SUPERVISOR, "政务服务局"), log_in(league, "meng", Role.EDITOR, "盟局")
    page = super_.post("/writings/reports", data=hidden(super_, "/writings") | {"period": "monthly 2026-11"})
    path = page.url.path
    assert "本月共接收办件 1 件" in page.text
    assert "锡林郭勒盟政务服务中心：" in page.text
    forwarding.forward(served.centre)
    assert editor.get(path).status_code == 404  # a draft is its writer's
    edited = do(super_, path, "text", title="十一月报告", text="改过的正文")
    assert "改过的正文" in edited.text
    assert "已上报" in do(super_, path, "send").text
    assert do(super_, path, "text", title="再改", text="再改").status_code == 409
    assert do(super_, path, "send").status_code == 409
    forwarding.forward(served.centre)
    received = editor.get("/writings", params={"tab": "received"}).text
    assert "十一月报告" in received
    assert "苏尼特左旗" in received
    assert "待处理" in received
    do(editor, path, "receive")
    assert "已采用" in do(editor, path, "adopt", text="写得实").text
    assert do(editor, path, "receive").status_code == 409
    assert "上级已收到" not in super_.get(path).text
    assert forwarding.forward(served.centre).heard == 2
    assert forwarding.forward(served.centre).heard == 0
    home = super_.get(path).text
    assert "已采用" in home
    assert "写得实" in home
    assert "锡林郭勒盟" in home
    forwarding.forward(league.centre)
    regional = log_in(region, "qu", Role.EDITOR, "厅")
    assert regional.get(path).status_code == 404  # it was sent to the league
    for place in (served, league, region):
        same_when_rebuilt(place)
        place.centre.verify()


@both_databases
def test_an_item_from_the_sumu_to_the_region(served: Served, above: tuple[Served, Served], log_in: Log) -> None:
    league, region = above
    sumu = log_in(served, "sumu", Role.CHIEF, "洪格尔苏木")
    other = log_in(served, "other", Role.CHIEF, "民政局")
    banner, meng = log_in(served, "qi", Role.EDITOR, "政务服务局"), log_in(league, "meng", Role.SUPERVISOR, "盟局")
    qu = log_in(region, "qu", Role.SUPERVISOR, "厅")
    csrf = hidden(sumu, "/writings?tab=info")
    assert sumu.post("/writings/info", data=csrf | {"title": "只有标题"}).status_code == 409
    typed = {"title": "流动代办车进牧区", "text": "三天办了四十件。", "topic": "经验做法"}
    path = sumu.post("/writings/info", data=csrf | typed).url.path
    assert other.get(path).status_code == 404
    assert "待编辑" in do(sumu, path, "send").text
    assert do(sumu, path, "text", title="x", text="x").status_code == 409  # now the editor's
    assert sumu.post(f"{path}/adopt", data=hidden(sumu, path)).status_code == 403
    do(banner, path, "text", title="流动代办车开进牧区", text="三天办了四十件，行程三百公里。")
    do(banner, path, "adopt")
    assert other.get(path).status_code == 404
    do(banner, path, "circulate")
    assert "开进牧区" in other.get(path).text  # circulated to all
    do(banner, path, "forward")
    forwarding.forward(served.centre)
    assert "开进牧区" in meng.get("/writings?tab=received").text
    do(meng, path, "adopt", text="好经验")
    do(meng, path, "circulate")
    do(meng, path, "forward")
    forwarding.forward(league.centre)
    forwarding.forward(served.centre)
    assert "好经验" in sumu.get(path).text
    assert "已通报" in sumu.get(path).text
    do(qu, path, "adopt")
    forwarding.forward(league.centre)
    assert "自治区" in meng.get(path).text or "内蒙古" in meng.get(path).text
    table = banner.get("/writings", params={"tab": "table", "month": "2026-11"}).text
    cells = re.findall(r"<td[^>]*>(?:<a [^>]*>)?([^<]*)", table)
    assert cells == ["1", "洪格尔苏木", "1", "1", "1", "1", "1"]
    numbers = re.findall(r'<td[^>]*><a href="(/writings[^"]*)">(\d+)</a>', table)
    assert len(numbers) == 5
    for to, count in numbers:  # each opens the writings that it counts
        shown = banner.get(html.unescape(to)).text
        assert len(re.findall(r'class="row" href="/writings/', shown)) == int(count)
        assert "开进牧区" in shown
    gone = other.get("/writings?tab=table&which=forwarded&month=2026-11&of=洪格尔苏木").text
    assert "开进牧区" in gone  # it was circulated; a draft of another department would be counted and not shown
    none = banner.get("/writings?tab=table&which=sent&month=2026-10&of=洪格尔苏木").text
    assert "没有这样的信息" in none
    table = meng.get("/writings?tab=table").text
    cells = re.findall(r"<td[^>]*>(?:<a [^>]*>)?([^<]*)", table)
    assert cells == ["1", "锡林郭勒盟苏尼特左旗", "1", "1", "1", "1", "1"]
    to = re.search(r'href="(/writings[^"]*which=adopted_above[^"]*)"', table)
    assert "开进牧区" in meng.get(html.unescape(to[1])).text
    assert banner.get("/writings?tab=table&month=2026-14").status_code == 409
    for place in (served, league, region):
        same_when_rebuilt(place)


def test_two_editors_at_once_and_text_is_text(served: Served, log_in: Log) -> None:
    one, two = (log_in(served, name, Role.SUPERVISOR, "政务服务局") for name in ("one", "two"))
    typed = {"title": "<script>alert(1)</script>", "text": "<b>x</b>"}
    path = one.post("/writings/info", data=hidden(one, "/writings?tab=info") | typed).url.path
    assert "<script>alert" not in one.get(path).text
    seen = hidden(two, path)
    do(one, path, "text", title="标题", text="一的")
    late = two.post(f"{path}/text", data=seen | {"title": "标题", "text": "二的"})
    assert late.status_code == 409
    assert "刚刚被别人办理过" in late.text
    assert "二的" in late.text
    assert "一的" in one.get(path).text
    long = do(one, path, "text", title="标题", text="长" * 20_001)
    assert (long.status_code, "最多" in long.text) == (409, True)


def test_who_may_and_where_nobody_is_above(served: Served, log_in: Log) -> None:
    super_, chief = log_in(served, "super", Role.SUPERVISOR, "局"), log_in(served, "chief", Role.CHIEF, "民政局")
    for client in (super_, chief):
        csrf = hidden(client, "/writings")
        assert client.post("/writings/reports", data=csrf | {"period": "monthly 2027-01"}).status_code == 409
        assert client.post("/writings/reports", data=csrf).status_code == 409
        path = client.post("/writings/reports", data=csrf | {"period": "monthly 2026-11"}).url.path
        sent = do(client, path, "send")
        assert sent.status_code == (409 if client is super_ else 403)
    assert chief.get(path).status_code == 200
    assert "民政局关于2026年11月" in chief.get(path).text
    assert super_.get("/writings/card:1").status_code == super_.get("/writings/report:none").status_code == 404
    assert do(super_, path, "dance").status_code == 409


def test_places_of_offices() -> None:
    assert place_of("152523", "洪格尔苏木") == "152523202"
    assert place_of("152523", "民政局") == "152523"
    assert place_of("152524", "洪格尔苏木") == "152524"


def test_what_a_league_lost_and_said_anew(served: Served, above: tuple[Served, Served], tmp_path: Path) -> None:
    """The league comes back from a backup and says other things in the same places: its own chain is the truth."""
    import sqlalchemy as sa

    league, _ = above
    for at in (1, 2):
        served.centre.say("wulan", "report.written", f"report:{at}", W)
        served.centre.say("wulan", "report.sent", f"report:{at}", S)
    forwarding.forward(served.centre)
    seq, head = kept(league)
    for kind in ("report.received", "report.adopted"):
        level_writings.mark(league.centre, "meng", kind, "report:1", S, entries(league, "report:1"))
    forwarding.forward(served.centre)
    assert state(served, "report:1") == "adopted"
    with league.centre.database.write() as db:
        db.execute(sa.text("DELETE FROM entry WHERE node = :n AND seq > :s"), {"n": league.centre.node, "s": int(seq)})
        rows.set_value(db, "seq", seq)
        rows.set_value(db, "head", head)
    league.centre.rebuild()
    level_writings.mark(league.centre, "meng", "report.received", "report:2", S, entries(league, "report:2"))
    forwarding.forward(served.centre)
    assert (state(served, "report:1"), state(served, "report:2")) == ("sent", "received")
    same_when_rebuilt(served)


def kept(place: Served) -> tuple[str, str]:
    with place.centre.database.read() as db:
        return rows.value(db, "seq"), rows.value(db, "head")


def entries(place: Served, key: str) -> int:
    with place.centre.database.read() as db:
        return int(records.one_record(db, "report", key)["entries"])


def state(place: Served, key: str) -> str:
    with place.centre.database.read() as db:
        return str(records.one_record(db, "report", key)["state"])


def test_what_is_not_sent_to_us_is_not_marked(served: Served, above: tuple[Served, Served]) -> None:
    league, region = above
    served.centre.say("wulan", "report.written", "report:1", W)
    forwarding.forward(served.centre)
    with pytest.raises(RefusedError):  # a draft
        level_writings.mark(league.centre, "meng", "report.adopted", "report:1", S, entries(league, "report:1"))
    served.centre.say("wulan", "report.sent", "report:1", S)
    forwarding.forward(served.centre)
    forwarding.forward(league.centre)
    with pytest.raises(RefusedError):  # sent to the league
        level_writings.mark(region.centre, "qu", "report.adopted", "report:1", S, entries(region, "report:1"))
    with pytest.raises(RefusedError):  # someone was quicker
        level_writings.mark(league.centre, "meng", "report.adopted", "report:1", S, entries(league, "report:1") - 1)
    with served.centre.database.write() as db:  # cards of a banner are seen above, and moved by the banner alone
        card = CardRaised("late", "red", "x", "局", POINT, "", "超期", "", dt.date(2026, 11, 30))
        served.centre.say_in(db, [Own("", "card.raised", "card:9", card, "")])
    forwarding.forward(served.centre)
    same_when_rebuilt(league)
    with league.centre.database.read() as db:
        assert [row["id"] for row in records.record_data(db, "card")] == ["card:9"]
