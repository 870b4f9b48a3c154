"""Supervision by the banner's own rulebook, cards that are only acknowledged, files reviewed by their own regime, and a
fault from its finding to its end."""

from __future__ import annotations

import datetime as dt
import re

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, sync
from office import Log, hidden, later, log_in, maker, number, rows, step

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.centre.web import supervision_rules
from desk.errors import RefusedError
from desk.folds.office.cards import Card
from desk.folds.office.lots import CHECKLIST
from desk.folds.office.overseeing import checklists, rulebook
from desk.law.catalogue import load
from desk.log import events
from desk.log.office_events import FaultFound, LotDrawn, LotScored, RulebookWritten, Said

__all__ = ["log_in", "maker", "number"]  # fixtures


def due_soon(served: Served, number: str, tell: SetClock) -> str:
    """The key of the yellow card that a last day near at hand raises."""
    case, seen = served.centre.case(number)
    org = case.collected.item.org_name
    served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", org), seen)
    with served.centre.database.read() as db:
        from db.centre.lists import case_rows

        row = case_rows.one_case(db, number)
    last = dt.date.fromisoformat(row["promised"] or row["due"])
    tell.at = dt.datetime.combine(last - dt.timedelta(1), dt.time(10), tell.at.tzinfo)
    watching.watch(served.centre)
    (card,) = rows(served, kind="soon")
    return str(card["id"]).partition(":")[2]


def test_what_will_be_done_in_time_needs_no_essay(
    served: Served, number: str, tell: SetClock, log_in: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = due_soon(served, number, tell)
    chief, watch = log_in("chief"), log_in("watch")
    assert "知悉，按时办理" in chief.get(f"/supervision/cards/{key}").text
    page = chief.get("/supervision/acknowledge")
    assert key in page.text
    assert watch.post("/supervision/acknowledge", data=hidden(watch, "/supervision") | {"card": key}).status_code == 403
    monkeypatch.setattr(supervision_rules, "_AT_ONCE", 1)  # however many there are, all are looked at
    told = chief.post("/supervision/acknowledge", data=hidden(chief, "/supervision/acknowledge") | {"card": key})
    assert "已知悉 1 张" in told.text
    assert rows(served, kind="soon")[0]["state"] == "closed"
    later(tell, 4)
    watching.watch(served.centre)
    over = [one for one in rows(served) if one["kind"] in ("over", "promise")]
    assert over  # what is late after all is a card of its own, and that one is explained
    with pytest.raises(RefusedError, match="不能这样办"):
        served.centre.say("chief", "card.acknowledged", str(over[0]["id"]), Said("首席"))


def test_a_banner_has_its_own_rules(served: Served, number: str, tell: SetClock, log_in: Log) -> None:
    watch = log_in("watch")
    assert log_in("chief").post("/supervision/rules").status_code == 403
    at = {one.code: place for place, one in enumerate(rulebook.YELLOW)}
    typed = {f"use_{at['soon']}": "off", f"use_{at['silent']}": "quiet", "text": "首月试行"}
    page = watch.post("/supervision/rules", data=hidden(watch, "/supervision/rules") | typed)
    assert page.status_code == 200
    with served.centre.database.read() as db:
        book = watching.written(db)
    assert (book.quiet, book.off) == (("silent",), ("soon",))
    with pytest.raises(ValueError, match="unpack"):  # no such card is raised
        due_soon(served, number, tell)
    wrong = RulebookWritten("监察", (), ("over",), "想省事")
    with pytest.raises(RefusedError, match="只有黄牌"):
        served.centre.say("watch", "rulebook.written", rulebook.SUBJECT, wrong)
    with pytest.raises(RefusedError, match="岗位"):
        served.centre.say("chief", "rulebook.written", rulebook.SUBJECT, msgspec.structs.replace(wrong, off=()))


def test_a_card_cites_the_law_of_its_own_matter(served: Served, desk: Desk, number: str, tell: SetClock) -> None:
    relief = desk.register(full_draft(desk, 7)).intake_no
    sync(desk)
    later(tell, 60)
    watching.watch(served.centre)
    cards = [msgspec.json.decode(row["data"], type=Card).raised for row in rows(served)]
    laws = {one.law for one in cards if one.about == relief and one.rule in ("over", "deemed", "promise")}
    assert laws
    assert all("社会救助" in one for one in laws), laws


def test_files_are_reviewed_by_their_own_regime() -> None:
    seed = load.seed()
    regimes = {one.code: one for one in seed.regimes}
    for item in seed.items:
        found = checklists.of(item, regimes.get(item.regime))
        assert [(one.code, one.most) for one in found] == [(one.code, one.most) for one in CHECKLIST]
        if checklists.kind(item, regimes.get(item.regime)) != checklists.LICENCE:
            assert not [one.basis for one in found if one.basis.startswith("行政许可法")], item.item_name
    disclosure = next(one for one in seed.items if one.regime == "disclosure")
    words = {one.code: one.basis for one in checklists.of(disclosure, regimes["disclosure"])}
    assert words["notice"] == "政府信息公开条例§28、§30"
    dibao = next(one for one in seed.items if one.item_name == "最低生活保障审核确认")
    assert checklists.kind(dibao, regimes.get(dibao.regime)) == checklists.BENEFIT
    assert "社会救助法§45" in {one.code: one.basis for one in checklists.of(dibao, regimes[dibao.regime])}["decision"]


def test_a_fault_is_explained_corrected_and_closed(served: Served, desk: Desk, number: str, log_in: Log) -> None:
    org = served.centre.case(number)[0].collected.item.org_name
    due = served.centre.today() + dt.timedelta(7)
    guard.add_clerk(served.centre, "both", "名", PASSWORD, org, frozenset({Role.REVIEWER, Role.CHIEF}))
    what, basis = "补正告知了三次", "行政许可法§32(四)"
    found = FaultFound("GC2026-0001", "00aa", number, org, what, basis, "fault", "评查员", due)
    with pytest.raises(RefusedError, match="岗位"):
        served.centre.say("chief", "fault.found", "fault:00aa", found)
    with pytest.raises(RefusedError, match="依据"):
        served.centre.say("review", "fault.found", "fault:00aa", msgspec.structs.replace(found, basis=" "))
    served.centre.say("review", "fault.found", "fault:00aa", found)
    place = "/faults/00aa"
    chief, review = log_in("chief"), log_in("review")
    assert "补正告知了三次" in chief.get("/faults").text
    assert log_in("other").get(place).status_code == 404
    assert "先听部门说明" in step(review, place, "judge", verdict="correct", text="属实").text
    assert step(chief, place, "judge", verdict="correct", text="x").status_code == 403
    assert "待认定" in step(chief, place, "explain", text="换人时漏看").text
    assert step(review, place, "judge", verdict="maybe", text="x").status_code == 409
    assert "待改正" in step(review, place, "judge", verdict="correct", text="属实").text
    (row,) = rows(served, "fault")
    assert row["due"] > due.isoformat()
    assert "待复核" in step(chief, place, "correct", text="已一次告知并培训").text
    assert "待改正" in step(review, place, "close", verdict="again", text="没有培训记录").text
    step(chief, place, "correct", text="补了记录")
    assert "批评教育" in step(review, place, "close", verdict="talked", text="到位").text
    assert (rows(served, "fault")[0]["state"], rows(served, "fault")[0]["due"]) == ("closed", "")
    served.centre.say("review", "fault.found", "fault:00bb", msgspec.structs.replace(found, number="GC2026-0002"))
    served.centre.say("both", "fault.explained", "fault:00bb", Said("名", text="说明", until=due))
    with pytest.raises(RefusedError, match="替部门说明"):
        served.centre.say("both", "fault.judged", "fault:00bb", Said("名", text="x", verdict="dropped"))
    assert served.centre.verify()


def test_whoever_handled_a_case_reviews_no_file_of_it(served: Served, number: str, log_in: Log) -> None:
    """Also when somebody else moved it last."""
    org = served.centre.case(number)[0].collected.item.org_name
    guard.add_clerk(served.centre, "two", "双", PASSWORD, org, frozenset({Role.REVIEWER, Role.CLERK}))
    served.centre.act("two", "case.accepted", number, events.Accepted("双", org), served.centre.case(number)[1])
    served.centre.act("chief", "case.granted", number, events.Act("首席", org), served.centre.case(number)[1])
    due = served.centre.today() + dt.timedelta(7)
    found = FaultFound("GC2026-0001", "00aa", number, org, "补正三次", "行政许可法§32", "fault", "评查员", due)
    with pytest.raises(RefusedError, match="应当回避"):
        served.centre.say("two", "fault.found", "fault:00aa", found)
    served.centre.say("review", "fault.found", "fault:00aa", found)
    served.centre.say("chief", "fault.explained", "fault:00aa", Said("首席", text="说明", until=due))
    with pytest.raises(RefusedError, match="应当回避"):
        served.centre.say("two", "fault.judged", "fault:00aa", Said("双", text="x", verdict="dropped"))
    assert ('action="/faults/00aa/judge"' in log_in("two").get("/faults/00aa").text) is False
    assert 'action="/faults/00aa/judge"' in log_in("review").get("/faults/00aa").text
    drawn = LotDrawn("查", "s", "2026-11-01", "2026-11-23", "", "", 1, (number,), "评查员")
    served.centre.say("review", "lot.drawn", "lot:00cc", drawn)
    points = {one.code: one.most for one in CHECKLIST}
    with pytest.raises(RefusedError, match="应当回避"):
        served.centre.say("two", "lot.scored", "lot:00cc", LotScored(number, points, 100, "好", "双"))


def info(client: httpx.Client, **typed: str) -> str:
    asked = {"title": "代办车进牧区", "text": "三天办了四十件，行程三百公里，牧民不用出嘎查。", "topic": "经验做法"}
    return client.post("/writings/info", data=hidden(client, "/writings?tab=info") | asked | typed).url.path


def test_what_goes_upward_passes_the_filter_of_publications(served: Served, number: str, log_in: Log) -> None:
    chief, watch = log_in("chief"), log_in("watch")
    place = info(chief, text="牧民电话 13900000001，已经办好，三天办了四十件。")
    told = step(chief, place, "send")
    assert told.status_code == 409
    assert "13900000001" in told.text
    step(chief, place, "text", title="代办车进牧区", text="已经办好，三天办了四十件，牧民不用出嘎查。")
    assert step(chief, place, "send").status_code == 200
    assert "采用" in watch.get(place).text
    key = info(chief, text="身份证 152523195603020027 的牧民三天办好了。").rpartition("/")[2]
    with pytest.raises(RefusedError, match="个人信息"):
        served.centre.say("chief", "info.sent", key, Said("首席"))


def test_urgent_commissioned_planned_and_told_to_whom_it_concerns(served: Served, number: str, log_in: Log) -> None:
    chief, watch = log_in("chief"), log_in("watch")
    guard.add_clerk(served.centre, "far", "远", PASSWORD, "水利局", frozenset({Role.CHIEF}))
    far = log_in("far")
    org = re.search(r'<a href="/account">([^　]*)', chief.get("/account").text)[1]
    asked = {"title": "接羔保育", "orgs": org, "due": "2026-12-01", "sort": "ask"}
    assert chief.post("/writings/commissions", data=hidden(chief, "/writings") | asked).status_code == 403
    watch.post("/writings/commissions", data=hidden(watch, "/writings?tab=info") | asked)
    (row,) = rows(served, "commission")
    assert (row["state"], row["org"], row["due"]) == ("made", org, "2026-12-01")
    assert "接羔保育" not in far.get("/writings?tab=info").text
    info(chief, title="平常的一条")
    place = info(chief, title="暴雪中的接羔", asked_by=str(row["id"]), urgent="yes")
    assert rows(served, "commission")[0]["state"] == "answered"
    listed = chief.get("/writings?tab=info").text
    assert listed.index("暴雪中的接羔") < listed.index("平常的一条")
    assert "紧急" in listed
    for what, typed in (("send", {}), ("adopt", {}), ("circulate", {"to": "牧草站"})):
        who = chief if what == "send" else watch
        assert step(who, place, what, **typed).status_code == 200, what
    assert far.get(place).status_code == 404
    assert "暴雪中的接羔" not in far.get("/writings?tab=info").text
    watch.post("/writings/commissions/close", data=hidden(watch, "/writings?tab=info") | {"which": str(row["id"])})
    assert rows(served, "commission")[0]["state"] == "closed"
