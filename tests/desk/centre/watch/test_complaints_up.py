"""A complaint about the banner centre itself goes up: a level above answers, the answer comes down, nobody else moves
it."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest
from conftest import PASSWORD, Served
from office import hidden, logged_in

from db.centre import records
from desk.centre.levels import forwarding
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import asking
from desk.errors import RefusedError
from desk.log.office_events import Said


def there(place: Served, number: str) -> bool:
    with place.centre.database.read() as db:
        return records.one_record(db, "complaint", number) is not None


def subject(place: Served, number: str) -> str:
    with place.centre.database.read() as db:
        row = records.one_record(db, "complaint", number)
    assert row is not None
    return str(row["id"])


@pytest.mark.usefixtures("above")
def test_a_level_above_answers_what_is_about_the_banner_itself(served: Served, above: tuple[Served, Served]) -> None:
    league, _ = above
    for place in (served, league):
        guard.add_clerk(place.centre, "jian", "监", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    told = asking.Statement("complaint", "旗中心大厅中午不开门，打电话没人接", phone="13900000001")
    made, other = asking.complain(served.centre, told), asking.complain(served.centre, told)
    forwarding.forward(served.centre)
    assert not there(league, made.number)  # it is the banner's
    with logged_in(served, "jian") as own, logged_in(league, "jian") as meng:
        place = f"/complaints/{made.number}"
        step = lambda one, name, **typed: one.post(f"{place}/{name}", data=hidden(one, place) | typed)  # noqa: E731
        assert "报上级" in own.get(place).text
        assert step(own, "answer-above", text="自己答").status_code == httpx.codes.CONFLICT
        assert "等上级中心答复" in step(own, "send-up", text="投诉的是大厅，请盟里查").text
        assert step(own, "close", text="不等了").status_code == httpx.codes.CONFLICT
        forwarding.forward(served.centre)
        forwarding.forward(league.centre)
        assert not there(league, other.number)
        page = meng.get(place).text
        assert "苏尼特左旗报来的" in page.replace("政务服务中心", "")
        for name in ("assign", "answer", "call-back", "close", "publish", "send-up"):
            assert f'action="{place}/{name}"' not in page
            assert step(meng, name, text="试试看", org="盟局", verdict="yes").status_code in (403, 409)
        with pytest.raises(RefusedError, match="由收到它的中心办理"):
            league.centre.say("jian", "complaint.closed", subject(league, made.number), Said("监"))
        assert "已经答复" in step(meng, "answer-above", text="已责令大厅中午值班").text
        for one in (league, served):
            forwarding.forward(one.centre)
        page = own.get(place).text
        assert "已责令大厅中午值班" in page
        assert "上级答复" in page
        asked = {"number": made.number, "code": made.code}
        assert "已责令大厅中午值班" in httpx.post(f"{served.address}/follow", data=asked).text
        step(own, "call-back", verdict="yes", text="")
        assert "已办结" in step(own, "close", text="").text


def test_what_another_centre_writes_of_it_counts_nowhere(served: Served, above: tuple[Served, Served]) -> None:
    league, _ = above
    made = asking.complain(served.centre, asking.Statement("complaint", "旗中心大厅中午不开门"))
    key = subject(served, made.number)
    forwarding.forward(served.centre)
    with league.centre.database.write() as db:  # as a careless program would
        league.centre.add(db, [Own("jian", "complaint.answered_above", key, Said("监", text="没有报来"), "152523")])
    for place in (league, served):
        forwarding.forward(place.centre)
    with served.centre.database.read() as db:
        row = records.one_record(db, "complaint", key)
    assert row is not None
    assert row["state"] == "made"


def test_handing_it_on_makes_the_first_day_no_later(served: Served) -> None:
    guard.add_clerk(served.centre, "jian", "监", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    made = asking.complain(served.centre, asking.Statement("help", "大雪封路", phone="13900000001"))
    far = served.centre.today() + dt.timedelta(40)
    for kind in ("complaint.assigned", "complaint.sent_up"):
        key = subject(served, made.number)
        served.centre.say("jian", kind, key, Said("监", "水利局", "请办", until=far))
        with served.centre.database.read() as db:
            row = records.one_record(db, "complaint", key)
        assert row is not None
        assert (row["due"], row["state"] in ("assigned", "above")) == (str(made.due), True), kind
