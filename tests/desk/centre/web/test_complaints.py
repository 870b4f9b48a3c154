"""Complaints, poor ratings and requests for disclosure on the office's side."""

from __future__ import annotations

import datetime as dt
import re

import httpx
from conftest import HERDER, PASSWORD, Served, SetClock, both_databases
from office import ORG, Log, change, hidden, later, log_in, maker, number, reply, rows, step

from db.centre import people
from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk.app.open_desk import Desk
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.log.events import Rated
from desk.log.office_events import ComplaintMade, DisclosureAsked

pytestmark = both_databases
__all__ = ["log_in", "maker", "number"]  # fixtures


def chief_org(served: Served) -> str:
    with served.centre.database.read() as db:
        return str(people.one_clerk(db, "chief")["org"])


# -- complaints and disclosure -----------------------------------------------------------------------------------


def complained(served: Served) -> str:
    """As the public page says it."""
    told = ComplaintMade(
        "TS20261124-0001", "ABCD2345", "complaint", "窗口中午没有人。", name="巴图", phone="13800000000"
    )
    served.centre.say("", "complaint.made", "complaint:00aa", told)
    return told.number


def disclosure_asked(served: Served) -> str:
    """As the public page says it."""
    due = dt.date(2026, 12, 22)
    told = DisclosureAsked("SQ1", "ABCD2345", "巴图", HERDER.id_number, "13800000000", "申请公开草场补贴名单", due=due)
    served.centre.say("", "disclosure.asked", "disclosure:00aa", told)
    return told.number


def test_a_poor_rating_is_answered_called_back_and_published(
    served: Served, desk: Desk, number: str, tell: SetClock, log_in: Log
) -> None:
    with served.centre.database.write() as db:
        own = centre_node.Own("", "case.rated", number, Rated(1, "code", "跑了三趟"), "")
        made = served.centre.append(db, [own], {number: 9})
        served.centre.project(db, {number: [*served.centre.about(db, [number])[number]]})
        assert len(made) == 1
    change(served, number, ended_day="2026-11-24", next_due="")
    assert watching.watch(served.centre) == 1
    assert watching.watch(served.centre) == 0
    (row,) = rows(served, "complaint")
    assert (row["kind"], row["due"], row["about"]) == ("rating", "2026-12-01", number)
    place = f"/complaints/{str(row['id']).partition(':')[2]}"
    clerk, watch, other = log_in("clerk"), log_in("watch"), log_in("other")
    assert other.get(place).status_code == 404
    page = clerk.get(place).text
    assert "跑了三趟" in page
    assert HERDER.phone not in page
    assert HERDER.phone in clerk.post(f"{place}/look", data=hidden(clerk, place) | {"reasons": "回访"}).text
    later(tell, 8)
    watching.watch(served.centre)
    assert len(rows(served, kind="rating")) == 1
    clerk, watch = log_in("clerk"), log_in("watch")  # a session does not last a week
    assert "已过" in clerk.get("/complaints?late=1").text
    assert step(watch, place, "answer", text="x").status_code == 403
    assert step(watch, place, "close").status_code == 409
    assert "已答复" in step(clerk, place, "answer", text="已向当事人道歉").text
    assert step(watch, place, "close").status_code == 409
    step(watch, place, "call-back", verdict="no", text="还是没人管")
    assert rows(served, "complaint")[0]["state"] == "assigned"
    step(clerk, place, "answer", text="已上门办好")
    step(watch, place, "call-back", verdict="yes")
    assert "已办结" in step(watch, place, "close").text
    for wrong in (f"向{HERDER.name}道歉", f"电话 {HERDER.phone}", "证件 152523 19560302 0027"):
        assert step(watch, place, "publish", text=wrong).status_code == 409
    assert "已公开" in step(watch, place, "publish", text="有群众反映跑了三趟，已上门办好并道歉。").text
    assert "已上门办好并道歉" in httpx.get(f"{served.address}/answers").text


def test_a_complaint_is_handed_on_and_answered_in_time(served: Served, tell: SetClock, log_in: Log) -> None:
    told = complained(served)
    clerk, watch, general = log_in("clerk"), log_in("watch"), log_in("wulan")
    assert told in general.get("/complaints").text
    assert told not in clerk.get("/complaints").text
    place = f"/complaints/{told}"
    assert clerk.get(place).status_code == 404
    assert step(watch, place, "assign", org=" ").status_code == 409
    assert step(watch, place, "assign", org=ORG, until="2026-11-01").status_code == 409
    org = clerk.get("/account").text
    name = re.search(r'<a href="/account">([^　]*)', org)[1]
    page = step(watch, place, "assign", org=name).text
    assert "2026-12-01" in page
    assert told in clerk.get("/complaints").text
    stale = hidden(clerk, place)
    step(log_in("chief"), place, "answer", text="已安排轮班")
    assert clerk.post(f"{place}/answer", data=stale | {"text": "重复"}).status_code == 409
    assert served.centre.verify()


def test_a_request_for_disclosure_is_extended_once_and_answered(served: Served, log_in: Log) -> None:
    told = disclosure_asked(served)
    chief, watch = log_in("chief"), log_in("watch")
    assert log_in("clerk").get("/disclosures").status_code == 403
    place = f"/disclosures/{told}"
    assert told not in chief.get("/disclosures?state=all").text
    assert "待答复 " not in chief.get("/complaints").text
    for path in ("look", "answer", "assign"):  # not the chief's before it is handed on
        assert chief.post(f"{place}/{path}", data=hidden(chief, "/account") | {"reasons": "x"}).status_code == 404
    assert step(watch, place, "assign", org=ORG).status_code == 409  # not before it is registered
    assert "待转办" in step(watch, place, "register").text
    assert step(watch, place, "assign", org=" ").status_code == 409
    assert "待答复" in step(watch, place, "assign", org=chief_org(served), text="请按时答复").text
    guard.add_clerk(served.centre, "elsewhere", "名", PASSWORD, "林草局", frozenset({Role.CHIEF}))
    assert log_in("elsewhere").get(place).status_code == 404
    assert step(chief, place, "assign", org="林草局").status_code == 403
    assert told in chief.get("/disclosures").text
    page = chief.get(place).text
    assert HERDER.id_number not in page
    assert HERDER.id_number in chief.post(f"{place}/look", data=hidden(chief, place) | {"reasons": "核对身份"}).text
    assert chief.post(f"{place}/look", data=hidden(chief, place) | {"reasons": " "}).status_code == 409
    first = rows(served, "disclosure")[0]["due"]
    assert "已延长一次" in step(watch, place, "extend", text="要多方查找", approved="局长").text
    assert rows(served, "disclosure")[0]["due"] > first
    assert step(chief, place, "extend", text="再延").status_code == 409
    assert reply(chief, place, text="名单见附件").status_code == 409
    assert reply(chief, place, text="名单见附件", verdict="maybe").status_code == 409
    assert reply(chief, place, text="名单", verdict="open", where="公示栏").status_code == 409  # 先审查后公开
    step(chief, place, "review", verdict="open", text="不涉及第三方")
    assert "答复：予以公开" in reply(chief, place, text="名单见公示栏", verdict="open", where="公示栏").text
    assert "已答复" in step(chief, place, "send", way="collect", text="巴图").text
    assert step(watch, place, "answer", text="x", verdict="no").status_code == 409
    with served.centre.database.read() as db:
        assert record_lists.count(db, Wanted("disclosure", states=("answered",))) == 1


# -- by telephone and at the window ------------------------------------------------------------------------------

CALL = {
    "channel": "phone",
    "sort": "complaint",
    "text": "窗口中午没有人，跑了两趟。",
    "name": "巴图",
    "phone": "13800000000",
}


def taken_down(client: httpx.Client, **typed: str) -> httpx.Response:
    return client.post("/complaints/new", data=hidden(client, "/complaints/new") | CALL | typed)


def test_a_call_is_written_down_handed_on_and_followed(
    served: Served, number: str, tell: SetClock, log_in: Log
) -> None:
    watch, clerk = log_in("watch"), log_in("clerk")
    assert clerk.get("/complaints/new").status_code == 403
    org = served.centre.case(number)[0].collected.item.org_name
    page = taken_down(watch, about=number, org=org, until="2026-11-30")
    told, code = re.findall(r'class="code">([^<]+)<', page.text)
    assert told == "TS20261124-0001"
    (row,) = rows(served, "complaint")
    facts = {name: row[name] for name in ("state", "org", "due", "about", "channel", "entries", "agent")}
    assert facts == {
        "state": "assigned", "org": org, "due": "2026-11-30", "about": number, "channel": "phone", "entries": 2,
        "agent": "苏和",
    }  # fmt: skip
    page = clerk.get(f"/complaints/{told}").text
    assert "电话（12345）" in page
    assert "名watch" in page
    assert CALL["phone"] not in page
    assert "办理中" in httpx.post(f"{served.address}/follow", data={"number": told, "code": code}).text
    assert served.centre.verify()
    later(tell, 7)
    watching.watch(served.centre)
    assert [one["about"] for one in rows(served, kind="complaint")] == [row["id"]]


def test_what_came_by_one_channel_can_be_listed_alone(served: Served, log_in: Log) -> None:
    watch = log_in("watch")
    typed = complained(served)
    by_letter = "TS20261124-0001"
    taken_down(watch, channel="letter", text="来信：补贴公示栏半年没有换。")
    (made,) = [one for one in rows(served, "complaint") if one["channel"] == "letter"]
    assert (made["number"], made["state"]) == (by_letter, "made")
    assert f"/complaints/{str(made['id']).partition(':')[2]}" in watch.get("/complaints?channel=letter").text
    for channel, count in (("web", 1), ("letter", 1), ("window", 0), ("nothing", 2)):
        assert watch.get(f"/complaints?channel={channel}").text.count('class="row"') == count, channel
    assert typed


def test_what_is_written_down_keeps_to_the_rules_of_the_public_page(served: Served, number: str, log_in: Log) -> None:
    chief = log_in("chief")
    wrong = ({"channel": "web"}, {"sort": "rating"}, {"text": "太短"}, {"about": "152523"}, {"org": "林草局"})
    for one in (*wrong, {"org": ORG, "until": "2026-11-01"}):
        answer = taken_down(chief, **one)
        assert answer.status_code == 409, one
        assert CALL["name"] in answer.text  # nothing typed is lost
    assert rows(served, "complaint") == []
    page = taken_down(chief, about=number, channel="window")
    assert page.status_code == 200
    assert "/complaints/TS20261124-0001" in page.text
    assert "/complaints/TS" not in taken_down(chief).text  # nobody's yet: the supervisor hands it on
    assert [one["due"] for one in rows(served, "complaint")] == ["2026-12-15", "2026-12-15"]
