"""Supervision judges each office by its own step and its own days; the sections of a body are a list."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest
from conftest import PASSWORD, Served, SetClock, both_databases
from office import browsers, hidden_in, rows
from test_walking import ACCEPT, BUREAU, HOLD, PEOPLE, act, number, opine, sections

from db.centre.lists import case_rows
from desk.centre.node.roles import GENERAL, Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.errors import RefusedError
from desk.folds.office.cards import Card
from desk.folds.office.roster import duties
from desk.log.duty.duty_events import Holder, RosterSet, Section, SectionsSet
from desk.log.office_events import CardRaised

__all__ = ["number"]  # a fixture


def card(served: Served, rule: str) -> CardRaised:
    watching.watch(served.centre)
    (row,) = rows(served, kind=rule)
    return msgspec.json.decode(row["data"], type=Card).raised


def last_day(served: Served, number: str) -> dt.date:
    with served.centre.database.read() as db:
        row = case_rows.one_case(db, number)
    return dt.date.fromisoformat(row["due"] or row["office_due"] or row["promised"])


@both_databases
def test_a_card_is_for_the_step_that_was_late(served: Served, number: str, tell: SetClock) -> None:
    sections(served)
    first = served.centre.today()
    act(served, "aa", number, *ACCEPT)
    last = last_day(served, number)
    tell.at += dt.timedelta(8)
    own = card(served, "step").own
    assert own is not None
    assert (own.step, own.post, own.section, own.who) == ("调查", "handle", "社会救助股", "哈斯、红梅")
    assert (own.since, own.allowed, own.spent) == (first, "3 个工作日", "6 个工作日")
    tell.at = dt.datetime.combine(last, dt.time(10), tell.at.tzinfo)
    act(served, "ha", number, "case.opined", msgspec.structs.replace(opine("handle"), officer="哈斯"))
    tell.at += dt.timedelta(1)
    late = card(served, "over")  # the review has had it for a day and has two
    assert late.own is not None
    assert (late.own.step, late.own.who, late.colour, late.org) == ("调查", "哈斯", "red", BUREAU.name)
    assert f"责任环节“调查”（社会救助股 哈斯），{first} 到手，{last} 交出，本环节 3 个工作日" in late.facts
    guard.add_clerk(served.centre, "jian", "监察", PASSWORD, GENERAL, frozenset({Role.SUPERVISOR}))
    with browsers(served) as go:
        listed = go("jian").get("/supervision?section=社会救助股").text
        assert "共 2 张" in listed
        page = go("jian").get(re.findall(r"/supervision/cards/[0-9a-f]+", listed)[0]).text
        assert ("<dt>责任环节</dt><dd>调查（承办岗）" in page, "3 个工作日，最迟" in page) == (True, True)
        assert "没有符合条件" in go("jian").get("/supervision?section=局办").text
        case = go("ha").get(f"/cases/{number}").text
    told = re.search(r'id="steps".*?</ol>', case, re.DOTALL)
    assert told is not None
    assert ("超过本环节时限" in told[0], "社会救助股 哈斯 承办岗" in told[0]) == (True, True)


def test_what_the_general_window_was_told_to_accept_is_its_own(served: Served, number: str, tell: SetClock) -> None:
    hold = tuple(Holder(one, PEOPLE[one], told) for one, told in HOLD.items() if one != "aa")
    told = RosterSet("德", BUREAU.name, (*hold, Holder("wulan", "乌兰", ("window", "accept"))))
    served.centre.say("de", "roster.set", duties.subject(BUREAU.code), told)
    tell.at += dt.timedelta(5)
    late = card(served, "step")
    assert late.own is not None
    assert (late.org, late.own.step, late.own.who, late.own.allowed) == (GENERAL, "受理", "乌兰", "1 个工作日")
    assert "能办的是综合窗口" in late.facts


def test_sections_are_listed_renamed_and_left_when_nobody_is_there(served: Served, number: str) -> None:
    sections(served)
    with browsers(served) as go:
        head = go("de")
        page = head.get("/posts").text
        assert '<option value="k1" selected>社会救助股</option>' in page
        known = hidden_in(page) | {"body": BUREAU.code}
        named = {"code": ["k1", "k2", ""], "name": ["救助股", "局办", "信访股"]}
        assert "已保存科室" in head.post("/posts/sections", data=known | named).text
        for body in ("\u202e", "\x00", "没有的机关"):  # else an entry that no desk reads stops the centre's whole feed
            answer = head.post("/posts/sections", data=known | named | {"body": body})
            assert (answer.status_code, "没有这个机关" in answer.text) == (409, True)
        page = head.get("/posts").text
        assert re.findall(r'name="code" value="([^"]*)"', page) == ["k1", "k2", "k3", "", ""]
        assert '<option value="k1" selected>救助股</option>' in page  # the people went along
        gone = head.post("/posts/sections", data=known | {"code": ["k2"], "name": ["局办"]})
        assert (gone.status_code, "“救助股”还有" in gone.text) == (409, True)
        twice = head.post("/posts/sections", data=known | {"code": ["k1", "k2"], "name": ["局办", "局办"]})
        assert twice.status_code == 409
        clerk = go("ha")
        typed = hidden_in(clerk.get("/posts").text) | named | {"body": BUREAU.code}
        assert clerk.post("/posts/sections", data=typed).status_code == 409
    strange = RosterSet("德", BUREAU.name, tuple(Holder(one, "x", told, "k9") for one, told in HOLD.items()))
    with pytest.raises(RefusedError, match="没有“k9”这个科室"):
        served.centre.say("de", "roster.set", duties.subject(BUREAU.code), strange)
    empty = SectionsSet("德", BUREAU.name, (Section("", "无"),))
    with pytest.raises(RefusedError, match="科室没有名称"):
        served.centre.say("de", "roster.sections", duties.subject(BUREAU.code), empty)
