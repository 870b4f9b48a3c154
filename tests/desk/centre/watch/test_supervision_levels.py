"""Supervision is one: a card is raised once, at the banner, and travels up; what the levels above want of it, and their
notices, come down through every level to whom they are for."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import httpx
import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, sync
from office import hidden_in

from db.centre import records
from db.centre.lists import case_rows, record_lists
from desk.app.open_desk import Desk
from desk.centre.levels import forwarding, passing
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.errors import RefusedError
from desk.folds.office import cards
from desk.log.centre_events import NoticePublished
from desk.log.office_events import Said

LIMIT = dt.date(2026, 12, 4)


def exchange(banner: Served, league: Served) -> None:
    """What is said below comes to the region, and what the region says comes below."""
    for _ in range(2):
        forwarding.forward(banner.centre)
        forwarding.forward(league.centre)
    forwarding.forward(banner.centre)


def shown(place: Served, subject: str) -> cards.Card:
    with place.centre.database.read() as db:
        found = cards.fold(place.centre.about(db, [subject])[subject])
        row = records.one_record(db, "card", subject)
    assert found is not None
    assert row is not None
    assert row["state"] == found.state
    return found


def raised(served: Served, desk: Desk) -> str:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    with served.centre.database.read() as db:
        row = case_rows.one_case(db, number)
    return watching.raise_by_hand(served.centre, "wulan", row, "red", "材料压了五天")


def test_a_rule_finds_a_case_once(desk: Desk, served: Served, above: tuple[Served, Served], tell: SetClock) -> None:
    league, region = above
    desk.register(full_draft(desk))
    sync(desk)
    tell.at += dt.timedelta(days=120)
    exchange(served, league)
    assert watching.watch(served.centre) > 0
    assert watching.watch(league.centre) == watching.watch(region.centre) == 0
    exchange(served, league)
    with served.centre.database.read() as db:
        own = {row["id"] for row in record_lists.listed(db, record_lists.Wanted("card"), 0, 100)}
    for place in (league, region):
        with place.centre.database.read() as db:
            assert {row["id"] for row in record_lists.listed(db, record_lists.Wanted("card"), 0, 100)} == own


def test_an_order_of_the_region_comes_down_with_its_limit_and_is_answered(
    desk: Desk, served: Served, above: tuple[Served, Served]
) -> None:
    league, region = above
    subject = raised(served, desk)
    exchange(served, league)
    served.centre.say("wulan", "card.explained", subject, Said("乌兰", "综合窗口", "人手不够"))
    exchange(served, league)
    assert shown(region, subject).history[-1].text == "人手不够"  # its explanation travels up
    seen = len(shown(region, subject).history)
    order = Said("监察员", "自治区政务服务中心", "三日内办结", "", LIMIT)
    passing.demand(region.centre, "", "card.ordered", subject, order, seen)
    exchange(served, league)
    for place in (served, league, region):
        card = shown(place, subject)
        assert (card.state, card.due, len(card.demands)) == ("to_correct", LIMIT.isoformat(), 1)
        assert [one.text for one in card.waiting] == ["三日内办结"]
    served.centre.say("wulan", "card.corrected", subject, Said("乌兰", "综合窗口", "已办结"))
    exchange(served, league)
    for place in (served, league, region):
        card = shown(place, subject)
        assert (card.state, card.waiting) == ("corrected", ())
        assert card.demands[0].answer == "已办结"
        before = [dict(row) for row in _rows(place)]
        place.centre.rebuild()
        assert [dict(row) for row in _rows(place)] == before


def _rows(place: Served) -> list[dict[str, object]]:
    with place.centre.database.read() as db:
        return [dict(row) for row in record_lists.listed(db, record_lists.Wanted("card"), 0, 100)]


def test_urged_asked_and_replied(desk: Desk, served: Served, above: tuple[Served, Served]) -> None:
    league, region = above
    subject = raised(served, desk)
    exchange(served, league)
    for kind, text in (("card.urged", "抓紧"), ("card.asked", "为什么")):
        seen = len(shown(league, subject).history)
        passing.demand(league.centre, "", kind, subject, Said("盟", "盟中心", text, "", LIMIT), seen)
    exchange(served, league)
    card = shown(served, subject)
    assert (card.state, [one.text for one in card.waiting]) == ("raised", ["抓紧", "为什么"])
    served.centre.say("wulan", "card.replied", subject, Said("乌兰", "综合窗口", "今天办"))
    exchange(served, league)
    assert [one.answer for one in shown(region, subject).demands] == ["今天办", "今天办"]


@pytest.mark.parametrize("kind", ["card.answered", "card.closed", "card.explained", "card.appeal_decided"])
def test_a_level_above_takes_no_other_step(desk: Desk, served: Served, above: tuple[Served, Served], kind: str) -> None:
    league, _ = above
    subject = raised(served, desk)
    exchange(served, league)
    with pytest.raises(RefusedError):
        league.centre.say("", kind, subject, Said("盟", "盟", "销了", "accepted"))
    with pytest.raises(RefusedError):
        served.centre.say("wulan", "card.ordered", subject, Said("乌兰", "旗", "改", "", LIMIT))
    with league.centre.database.write() as db:  # a program that asks nobody
        from desk.centre.node.centre_node import Own

        league.centre.add(db, [Own("", kind, subject, Said("盟", "盟", "销了", "accepted"), "152523000000")])
        league.centre.project_records(db, league.centre.about(db, [subject]))
    exchange(served, league)
    for place in (served, league):
        assert shown(place, subject).state == "raised"


@pytest.mark.parametrize(
    ("to", "is_shown"), [((), True), (("152523",), True), (("1525",), True), (("152523202",), True), (("1526",), False)]
)
def test_a_notice_of_the_region_comes_to_the_desks_that_it_is_for(
    desk: Desk, served: Served, above: tuple[Served, Served], to: tuple[str, ...], is_shown: bool
) -> None:
    league, region = above
    publishing.notice(region.centre, "", NoticePublished("防汛值班", "今晚起", "自治区中心", None, to=to))
    for _ in range(2):
        exchange(served, league)
        sync(desk)
    assert [one.title for one in desk.today().notices] == (["防汛值班"] if is_shown else [])
    exchange(served, league)
    assert sync(desk).received == 0  # once


def test_a_notice_is_addressed_on_the_page(desk: Desk, served: Served) -> None:
    guard.add_clerk(served.centre, "bian", "编辑", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "bian", "password": PASSWORD})
        asked = hidden_in(client.get("/catalogue").text) | {"title": "值班", "text": "今晚", "to": "152523202"}
        assert client.post("/catalogue/notice", data=asked).status_code == 200
        asked |= {"title": "别处", "to": "1526"}  # no place of ours: nobody is left out by a slip
        assert client.post("/catalogue/notice", data=asked).status_code == 200
    sync(desk)
    assert {one.title: one.to for one in desk.today().notices} == {"值班": ("152523202",), "别处": ()}


def test_on_the_pages(desk: Desk, served: Served, above: tuple[Served, Served]) -> None:
    league, _ = above
    subject = raised(served, desk)
    exchange(served, league)
    key = subject.partition(":")[2]
    guard.add_clerk(league.centre, "meng", "巴雅尔", PASSWORD, "盟局", frozenset({Role.SUPERVISOR}))
    guard.add_clerk(league.centre, "ke", "科员", PASSWORD, "综合窗口")
    guard.add_clerk(served.centre, "qi", "其其格", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    with httpx.Client(base_url=league.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "meng", "password": PASSWORD})
        assert key in client.get("/supervision").text
        page = client.get(f"/supervision/cards/{key}").text
        if folder := os.environ.get("DAIBAN_PICTURES"):
            Path(folder, "card-above.html").write_text(page)
        for words in ("归苏尼特左旗办理", "督办", "询问", "责令整改"):
            assert words in page
        assert "/answer" not in page
        asked = hidden_in(page) | {"text": "三日内整改", "until": LIMIT.isoformat()}
        assert client.post(f"/supervision/cards/{key}/order", data=asked).status_code == 200
        again = client.post(f"/supervision/cards/{key}/order", data=asked)
        assert again.status_code == 409  # somebody went on with it
    with httpx.Client(base_url=league.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "ke", "password": PASSWORD})
        assert client.get(f"/supervision/cards/{key}").status_code == 404
    exchange(served, league)
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "qi", "password": PASSWORD})
        page = client.get(f"/supervision/cards/{key}").text
        assert "上级的要求" in page
        assert "三日内整改" in page
        told = client.post(f"/supervision/cards/{key}/reply", data=hidden_in(page) | {"text": "明天改完"})
        assert told.status_code == 200
        assert "明天改完" in told.text
    exchange(served, league)
    assert shown(league, subject).waiting == ()
    if folder := os.environ.get("DAIBAN_PICTURES"):
        Path(folder, "card.html").write_text(page)
