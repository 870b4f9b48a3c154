"""Supervision: what each rule finds, a card's whole life, who may."""

from __future__ import annotations

import datetime as dt
import threading

import msgspec
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, Served, SetClock, both_databases, called, sync
from office import ORG, Log, change, hidden, later, licence, log_in, maker, number, rows, step

from db.centre import records, schema
from db.centre import rows as db_rows
from desk.app.open_desk import Desk
from desk.centre.node import centre_node
from desk.centre.node.projection import entry_row
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.folds.office import findings
from desk.law import numbers
from desk.log import chain, events
from desk.log.office_events import Said

pytestmark = both_databases
__all__ = ["log_in", "maker", "number"]  # fixtures


def kinds(served: Served) -> set[str]:
    return {row["kind"] for row in rows(served)}


def act(served: Served, number: str, kind: str, data: events.Data) -> None:
    served.centre.act("wulan", kind, number, data, served.centre.case(number)[1])


# -- what the rules find -----------------------------------------------------------------------------------------

OPEN = {"state": "in_review", "ended_day": "", "next_due": "2026-12-20", "promised": "2026-12-20", "due": "2026-12-20"}
DONE = {"ended_day": "2026-11-20", "next_due": ""}
FOUND = [
    ("deemed", {"state": "arrived", "notice_due": "2026-11-23"}, {"state": "arrived", "notice_due": "2026-11-24"}),
    ("soon", OPEN | {"due": "2026-11-25", "next_due": "2026-11-25"}, OPEN | {"due": "2026-11-26"}),
    ("soon", OPEN | {"due": "", "promised": "2026-11-24"}, OPEN | {"due": "", "promised": "2026-11-23"}),
    ("soon", OPEN | {"promised": "2026-11-25"}, OPEN | {"promised": "2026-11-26"}),
    ("promise", OPEN | {"promised": "2026-11-23"}, OPEN | {"promised": "2026-11-23", "due": "2026-11-23"}),
    ("unmended", {"state": "supplement_asked", "suspended_until": "2026-11-23"},
     {"state": "supplement_asked", "suspended_until": "2026-11-24"}),
    ("unbundled", OPEN | {"flags": "unbundled", "arrived_at": "2026-11-16T10:00"},
     OPEN | {"flags": "unbundled", "arrived_at": "2026-11-18T10:00"}),
    ("over", OPEN | {"due": "2026-11-23"}, OPEN | {"due": "2026-11-23", **DONE}),
    ("step", OPEN | {"step": "审查", "step_due": "2026-11-23"}, OPEN | {"step_due": "2026-11-23", "due": "2026-11-20"}),
    ("supplement", OPEN | {"supplements": 2}, OPEN | {"supplements": 1}),
    ("no_reasons", DONE | {"state": "refused", "flags": "no_reasons"}, DONE | {"state": "refused", "flags": ""}),
    ("suspended", {"state": "suspended", "suspended_until": "2026-11-23", "next_due": ""}, {"state": "suspended"}),
    ("suspended", {"state": "suspended", "accepted_at": "2026-09-20T08:00:00"}, {"state": "suspended"}),
    ("unserved", DONE | {"state": "at_point", "decided_at": "2026-11-09T10:00", "deliver_due": "2026-11-23"},
     DONE | {"state": "at_point", "decided_at": "2026-11-10T10:00", "deliver_due": "2026-11-24"}),
    ("stuck", {"state": "collected", "arrived_at": "", "collected_at": "2026-11-20T09:00"},
     {"state": "collected", "arrived_at": "", "collected_at": "2026-11-23T09:00"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "yes", "no"), FOUND)
def test_a_rule_finds_what_it_looks_for(
    served: Served, number: str, rule: str, yes: dict[str, object], no: dict[str, object]
) -> None:
    calm = {"next_due": "2026-12-20", "notice_due": "", "step_due": "", "accepted_at": "2026-11-20T08:00:00"}
    change(served, number, **(calm | no))
    watching.watch(served.centre)
    assert rule not in kinds(served)
    change(served, number, **(calm | yes))
    assert watching.watch(served.centre) >= 1
    (card,) = rows(served, kind=rule)
    assert (card["about"], card["score"]) == (number, 2 if findings.BY_CODE[rule].colour == "red" else 1)
    assert watching.watch(served.centre) == 0
    change(served, number, **calm, state="withdrawn", ended_day="2026-11-24", flags="")
    watching.watch(served.centre)
    (stays,) = rows(served, kind=rule)
    assert stays["state"] == "raised"


def test_silence_is_told_as_deemed_acceptance_and_yellow_becomes_red_as_another_card(
    served: Served, number: str, tell: SetClock, log_in: Log
) -> None:
    assert watching.watch(served.centre) == 0
    later(tell, 8)
    watching.watch(served.centre)
    (card,) = rows(served, kind="deemed")
    key = str(card["id"]).partition(":")[2]
    page = log_in("clerk").get(f"/supervision/cards/{key}").text
    assert "视为受理" in page
    assert f"/cases/{number}" in page
    assert card["due"] == "2026-12-04"
    act(served, number, "case.accepted", events.Accepted("乌兰", ORG))
    with served.centre.database.read() as db:
        due = db.execute(sa.select(schema.case_row.c.due)).scalar_one()
    tell.at = dt.datetime.fromisoformat(f"{due}T09:00:00+08:00")
    watching.watch(served.centre)
    assert len(rows(served, kind="soon")) == 1
    later(tell, 1)
    watching.watch(served.centre)
    assert len(rows(served, kind="soon")) == len(rows(served, kind="over")) == 1


def test_a_second_supplement_and_a_long_suspension(served: Served, number: str, tell: SetClock) -> None:
    act(served, number, "case.accepted", events.Accepted("乌兰", ORG))
    until = dt.date(2027, 6, 1)
    act(served, number, "case.suspended", events.Act("乌兰", ORG, "现场勘验", "行政许可法§45", until=until))
    later(tell, 60)
    watching.watch(served.centre)
    assert "suspended" not in kinds(served)
    later(tell, 1)
    watching.watch(served.centre)
    assert "suspended" in kinds(served)


def test_a_silent_desk_and_missing_serials(served: Served, desk: Desk, number: str, tell: SetClock) -> None:
    for name in ("那顺", "巴图"):  # one homestead a household: another's
        desk.register(msgspec.structs.replace(licence(desk), applicant=called(name)))
    sync(desk)
    watching.watch(served.centre)
    assert "gaps" not in kinds(served)
    with served.centre.database.touch() as db:
        db.execute(sa.delete(schema.case_row).where(schema.case_row.c.intake_no == number))
    watching.watch(served.centre)
    (gap,) = rows(served, kind="gaps")
    assert (gap["about"], gap["org"]) == (numbers.node_of(number), "综合窗口")
    later(tell, 7)
    watching.watch(served.centre)
    (silent,) = rows(served, kind="silent")
    assert silent["about"] == desk.identity.node


def test_two_processes_raise_a_card_once(served: Served, number: str, tell: SetClock, centre_url: str) -> None:
    later(tell, 9)
    other = centre_node.Centre(served.centre.folder, centre_url, tell=tell)
    together = threading.Barrier(2)
    made: list[int] = []

    def look(centre: centre_node.Centre) -> None:
        together.wait()
        made.append(watching.watch(centre))

    threads = [threading.Thread(target=look, args=[one]) for one in (served.centre, other)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    found = rows(served)
    assert sum(made) == len(found) == len({row["number"] for row in found})
    assert all(row["entries"] == 1 for row in found)
    tell.at = tell.at.replace(second=0)
    assert [watching.take_turn(one) for one in (served.centre, other, served.centre)] == [True, False, False]
    later(tell, 1)
    assert watching.take_turn(other)
    other.close()


def test_the_watch_runs_beside_the_service(
    served: Served, number: str, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(tell, 9)
    looked = threading.Event()
    real = watching.watch

    def watch(centre: centre_node.Centre, silent_days: int) -> int:
        made = real(centre, silent_days)
        looked.set()
        return made

    monkeypatch.setattr(watching, "EVERY", 0.01)
    monkeypatch.setattr(watching, "watch", watch)
    with watching.beside(served.centre):
        assert looked.wait(10)
    assert "deemed" in kinds(served)


# -- a card's life -----------------------------------------------------------------------------------------------


def raised(served: Served, tell: SetClock) -> str:
    later(tell, 9)
    watching.watch(served.centre)
    return str(rows(served, kind="deemed")[0]["id"]).partition(":")[2]


def card(served: Served, key: str) -> dict[str, object]:
    with served.centre.database.read() as db:
        return dict(records.one_record(db, "card", f"card:{key}"))


def test_a_cards_whole_life(served: Served, tell: SetClock, log_in: Log) -> None:
    key = raised(served, tell)
    place = f"/supervision/cards/{key}"
    clerk, watch = log_in("clerk"), log_in("watch")
    assert step(clerk, place, "explain", text=" ").status_code == 409
    assert "待答复" in step(clerk, place, "explain", text="假期里没有人，材料已补看。").text
    assert (card(served, key)["state"], card(served, key)["due"]) == ("explained", "2026-12-08")
    assert step(watch, place, "answer", text="请改").status_code == 409
    assert "待整改" in step(watch, place, "answer", text="请排班", verdict="correct", until="2026-12-20").text
    assert card(served, key)["due"] == "2026-12-20"
    assert "待复核" in step(clerk, place, "correct", text="已排班").text
    assert "待整改" in step(watch, place, "close", text="没看到值班表", verdict="again").text
    step(clerk, place, "correct", text="附值班表")
    assert "已销牌" in step(watch, place, "close", text="好", verdict="done").text
    assert (card(served, key)["state"], card(served, key)["due"]) == ("closed", "")
    assert "申诉中" in step(clerk, place, "appeal", text="当天已口头告知").text
    done = step(watch, place, "decide", text="没有书面证据", verdict="rejected").text
    assert "申诉不成立，维持" in done
    assert card(served, key)["state"] == "closed"
    assert step(clerk, place, "appeal", text="再申诉").status_code == 409
    assert card(served, key)["entries"] == 9
    before = card(served, key)
    served.centre.rebuild()
    assert card(served, key) == before


def test_an_appeal_that_holds_takes_the_card_back(served: Served, tell: SetClock, log_in: Log) -> None:
    key = raised(served, tell)
    place = f"/supervision/cards/{key}"
    clerk, watch = log_in("clerk"), log_in("watch")
    step(clerk, place, "explain", text="有书面告知")
    step(clerk, place, "appeal", text="附件为证")
    assert "撤牌" in step(watch, place, "decide", text="属实", verdict="upheld").text
    assert card(served, key)["state"] == "cancelled"
    assert place not in log_in("watch").get("/supervision").text
    assert place in log_in("watch").get("/supervision?state=all").text


def test_the_second_of_two_is_told(served: Served, tell: SetClock, log_in: Log) -> None:
    key = raised(served, tell)
    place = f"/supervision/cards/{key}"
    first, second = log_in("clerk"), log_in("chief")
    stale = hidden(second, place)
    step(first, place, "explain", text="甲的说明")
    late = second.post(f"{place}/explain", data=stale | {"text": "乙的说明"})
    assert late.status_code == 409
    assert "不能这样办" in late.text
    watch = log_in("watch")
    late = watch.post(f"{place}/answer", data=hidden(watch, place) | {"seen": "1", "text": "x", "verdict": "accepted"})
    assert late.status_code == 409
    assert "刚刚被别人办理过" in late.text
    assert card(served, key)["state"] == "explained"


def test_who_may_with_cards(served: Served, tell: SetClock, log_in: Log, number: str) -> None:
    key = raised(served, tell)
    place = f"/supervision/cards/{key}"
    other, review, clerk, watch = (log_in(one) for one in ("other", "review", "clerk", "watch"))
    assert other.get(place).status_code == 404
    assert place not in other.get("/supervision").text
    assert "在办</a>" in other.get("/supervision/live").text
    assert review.get(place).status_code == 200
    assert "<textarea" not in review.get(place).text
    csrf = hidden(clerk, place)
    assert clerk.post(f"{place}/answer", data=csrf | {"text": "x", "verdict": "accepted"}).status_code == 403
    assert step(watch, place, "explain", text="x").status_code == 403
    assert step(watch, place, "dance", text="x").status_code == 409
    assert clerk.post("/supervision/raise", data=csrf | {"number": number}).status_code == 403
    both = frozenset({Role.CLERK, Role.SUPERVISOR})
    guard.add_clerk(served.centre, "both", "双岗", PASSWORD, ORG, both)
    person = log_in("both")
    step(person, place, "explain", text="我来说明")
    refused = person.post(f"{place}/answer", data=csrf | hidden(person, "/account") | {"text": "x", "seen": "2"})
    assert refused.status_code == 409
    assert "另一名监察员" in refused.text


def test_a_supervisors_own_card_and_the_lists(served: Served, log_in: Log, number: str) -> None:
    watch = log_in("watch")
    form = hidden(watch, "/supervision")
    for wrong in ({"number": "1"}, {"number": number}, {"number": number, "colour": "red", "text": " "}):
        assert watch.post("/supervision/raise", data=form | wrong).status_code == 409
    raised = form | {"number": number, "colour": "red", "text": "群众反映多收材料"}
    page, twice = (watch.post("/supervision/raise", data=raised) for _ in range(2))
    assert page.url == twice.url  # sent twice, it is one card
    assert "群众反映多收材料" in page.text
    assert "红牌" in page.text
    for query, there in (
        ("colour=red", True), ("colour=yellow", False), ("rule=by_hand", True), ("rule=over", False),
        ("place=152523202", True), ("place=152523203", False), ("state=closed", False), ("late=1", False),
    ):  # fmt: skip
        assert ("监察员亮牌：" in watch.get(f"/supervision?{query}").text) is there, query
    guard.add_clerk(served.centre, "narrow", "丙", PASSWORD, "林草局", frozenset({Role.SUPERVISOR}), ("林草局",))
    narrow = log_in("narrow")
    typed = hidden(narrow, "/supervision") | {"number": number, "colour": "red", "text": "不归我看的"}
    assert narrow.post("/supervision/raise", data=typed).status_code == 409
    assert len(rows(served)) == 1
    for path in ("/supervision/rules", "/supervision/live", "/supervision?state=x&rule=%00&at=9"):
        assert watch.get(path).status_code == 200
    assert numbers.grouped(number) in watch.get("/supervision/cases?which=open").text
    assert numbers.grouped(number) not in watch.get("/supervision/cases?which=over").text


def test_what_another_centre_writes_of_our_card_is_not_heard(
    served: Served, number: str, log_in: Log, tell: SetClock
) -> None:
    watch = log_in("watch")
    raised = hidden(watch, "/supervision") | {"number": number, "colour": "red", "text": "没有给回执"}
    watch.post("/supervision/raise", data=raised)
    (before,) = rows(served, kind=findings.BY_HAND)
    forged = chain.make(
        node="152522000000-00",
        seq=1,
        prev=chain.GENESIS,
        time=served.centre.now(),
        author="x",
        kind="card.answered",
        subject=str(before["id"]),
        rank=2,
        data=Said("别处", "别处", "不用说明", "accepted"),
    )
    with served.centre.database.write() as db:
        db_rows.add_entries(db, [entry_row(forged, served.centre.now(), "")])
    place = f"/supervision/cards/{str(before['id']).partition(':')[2]}"
    served.centre.rebuild()
    assert rows(served, kind=findings.BY_HAND) == [before]
    assert step(log_in("chief"), place, "explain", text="当天已补发回执").status_code == 200
    (after,) = rows(served, kind=findings.BY_HAND)
    assert (after["state"], after["entries"]) == ("explained", 2)
