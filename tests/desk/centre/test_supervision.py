"""Supervision: what the rules find, a card's whole life, complaints from the public page to the published answer."""

from __future__ import annotations

import datetime as dt
import html
import re
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
from conftest import HERDER, PASSWORD, Served, SetClock, both_databases, full_draft, sync

from db.centre import case_rows, records
from desk import events
from desk.app import Desk
from desk.centre import guard, seat, watching
from desk.centre.roles import Role

pytestmark = both_databases
Log = Callable[[str], httpx.Client]


@pytest.fixture
def number(desk: Desk) -> str:
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


@pytest.fixture
def log_in(served: Served) -> Iterator[Log]:
    org = "洪格尔苏木人民政府"
    guard.add_clerk(served.centre, "office", "巴图", PASSWORD, org, frozenset({Role.CHIEF}))
    guard.add_clerk(served.centre, "watcher", "斯琴", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    opened: list[httpx.Client] = []

    def go(account: str) -> httpx.Client:
        client = httpx.Client(base_url=served.address, follow_redirects=True)
        opened.append(client)
        assert client.post("/login", data={"account": account, "password": PASSWORD}).status_code == 200
        return client

    yield go
    for one in opened:
        one.close()


def cards(served: Served) -> dict[str, str]:
    """Rule of each card, and its id."""
    with served.centre.database.read() as db:
        return {row["kind"]: row["id"].partition(":")[2] for row in records.record_page(db, "card", 0, 500)}


def hidden(client: httpx.Client, path: str) -> dict[str, str]:
    found = re.findall(r'name="(csrf|seen)" value="([^"]*)"', client.get(path).text)
    return {name: html.unescape(value) for name, value in found}


def act(served: Served, kind: str, number: str, data: events.Data) -> None:
    with served.centre.database.read() as db:
        seen = int(case_rows.one_case(db, number)["entries"])
    served.centre.act("wulan", kind, number, data, seen)


def test_silence_of_the_office_is_acceptance(served: Served, number: str, tell: SetClock) -> None:
    assert watching.watch(served.centre) == 0
    with served.centre.database.read() as db:
        row = case_rows.one_case(db, number)
    tell.at = dt.datetime.combine(dt.date.fromisoformat(row["next_due"]), dt.time(10), tell.at.tzinfo)
    tell.at -= dt.timedelta(1)
    watching.watch(served.centre)
    assert "due" in cards(served)
    tell.at += dt.timedelta(2)
    watching.watch(served.centre)
    late = "deemed" if row["notice_due"] else "step"
    assert late in cards(served)
    assert watching.watch(served.centre) == 0  # each once


def test_what_the_rules_find(served: Served, desk: Desk, number: str, tell: SetClock) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    act(served, "case.refused", number, events.Decision("乌兰", "局", ""))
    tell.at += dt.timedelta(12)
    sync(desk)
    watching.watch(served.centre)
    assert {"no_reasons", "not_served"} <= set(cards(served))
    tell.at += dt.timedelta(8)
    watching.watch(served.centre)
    assert "silent" in cards(served)


def test_a_poor_rating_is_a_card_and_a_complaint(served: Served, desk: Desk, number: str) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    for kind in ("case.granted", "case.returning"):
        act(served, kind, number, events.Decision("乌兰", "局"))
    sync(desk)
    desk.handling.rate(number, 1, "等了太久")
    sync(desk)
    assert watching.watch(served.centre) == 2
    with served.centre.database.read() as db:
        (row,) = records.record_page(db, "complaint")
    assert (row["kind"], row["about"], row["state"]) == ("rating", number, "made")
    assert watching.watch(served.centre) == 0


def test_two_watches_at_once_raise_a_card_once(served: Served, number: str, tell: SetClock, centre_url: str) -> None:
    tell.at += dt.timedelta(60)
    others = [seat.Centre(served.centre.folder, centre_url, tell) for _ in range(3)]
    threads = [threading.Thread(target=watching.watch, args=[one]) for one in others]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with served.centre.database.read() as db:
        found = [row["id"] for row in records.record_page(db, "card", 0, 500)]
    assert len(found) == len(set(found)) > 0
    assert all(row["entries"] == 1 for row in _rows(served))
    served.centre.verify()
    for one in others:
        one.close()


def _rows(served: Served) -> list[dict[str, object]]:
    with served.centre.database.read() as db:
        return [dict(row) for row in records.record_page(db, "card", 0, 500)]


def test_a_cards_life_with_an_appeal(served: Served, number: str, tell: SetClock, log_in: Log) -> None:
    watcher = log_in("watcher")
    raised = watcher.post(
        "/supervision/raise",
        data=hidden(watcher, "/supervision") | {"number": number, "colour": "red", "text": "群众反映没有给回执"},
    )
    assert "待说明" in raised.text
    path = f"/supervision/cards/{cards(served)['hand']}"
    office = log_in("office")

    def step(who: httpx.Client, what: str, **typed: str) -> httpx.Response:
        return who.post(f"{path}/{what}", data=hidden(who, path) | {"text": "写明了情况"} | typed)

    assert step(watcher, "corrected").status_code == 409  # not asked for yet
    assert "待答复" in step(office, "explained").text
    late = hidden(office, path)
    assert "待整改" in step(watcher, "answered", verdict="correct").text
    assert office.post(f"{path}/corrected", data=late | {"text": "x"}).status_code == 409  # seen too little
    assert "申诉中" in step(office, "appealed").text
    assert "待整改" in step(watcher, "appeal_decided", verdict="dismissed").text
    assert step(office, "appealed").status_code == 409  # once
    assert "待复核" in step(office, "corrected").text
    assert step(office, "closed", verdict="done").status_code == 409  # not the office's
    assert "已销牌" in step(watcher, "closed", verdict="done").text
    (row,) = (one for one in _rows(served) if one["kind"] == "hand")
    assert (row["state"], row["due"], bool(row["closed_day"])) == ("closed", "", True)
    assert served.centre.rebuild() == 1
    assert row == next(one for one in _rows(served) if one["kind"] == "hand")


def test_an_office_sees_its_own_cards(served: Served, number: str, log_in: Log) -> None:
    guard.add_clerk(served.centre, "other", "丙", PASSWORD, "林草局", frozenset({Role.CHIEF}))
    watcher = log_in("watcher")
    token = hidden(watcher, "/supervision")
    watcher.post("/supervision/raise", data=token | {"number": number, "colour": "yellow", "text": "看一看"})
    path = f"/supervision/cards/{cards(served)['hand']}"
    assert log_in("office").get(path).status_code == 200
    assert log_in("other").get(path).status_code == 404


def test_a_complaint_from_the_public_page_to_its_published_answer(served: Served, number: str, log_in: Log) -> None:
    with httpx.Client(base_url=served.address) as herder:
        short = herder.post("/complain", data={"sort": "complaint", "text": "不好"})
        assert short.status_code == 409
        typed = {"sort": "complaint", "text": "窗口两次让我回去，没有一次说清楚。", "about": number}
        assert herder.post("/complain", data=typed | {"website": "x"}).status_code == 409
        sent = herder.post("/complain", data=typed | {"name": HERDER.name, "phone": HERDER.phone}).text
        given, code = re.findall(r'class="code">([^<]+)<', sent)
        assert "待转办" in herder.get(f"/complain/{given}", params={"code": code}).text
        wrong = herder.get(f"/complain/{given}", params={"code": "AAAAAAAA"}).text
        assert "不对" in wrong
        assert "待转办" not in wrong
        watcher, office = log_in("watcher"), log_in("office")
        with served.centre.database.read() as db:
            path = f"/complaints/{records.one_record(db, 'complaint', given)['id'].partition(':')[2]}"

        def step(who: httpx.Client, what: str, **typed: str) -> httpx.Response:
            return who.post(f"{path}/{what}", data=hidden(who, path) | typed)

        assert "办理中" in step(watcher, "assigned", org="洪格尔苏木人民政府").text
        assert HERDER.phone in office.get(path).text
        assert "待回访" in step(office, "answered", text="已向您道歉，并改了告知单。").text
        assert "办理中" in step(watcher, "called_back", verdict="no").text
        step(office, "answered", text="所长上门说明。")
        step(watcher, "called_back", verdict="yes")
        assert step(watcher, "published", text=f"打 {HERDER.phone} 联系").status_code == 409
        assert step(watcher, "published", text=f"{HERDER.name}的事已办").status_code == 409
        assert step(watcher, "published", text="窗口已改进一次性告知。").status_code == 200
        assert "已办结" in step(watcher, "closed").text
        seen = herder.get("/answers").text
        assert "窗口已改进一次性告知。" in seen
        assert HERDER.name not in seen
        assert "所长上门说明。" in herder.get(f"/complain/{given}", params={"code": code}).text


def test_a_request_for_disclosure(served: Served, log_in: Log) -> None:
    with httpx.Client(base_url=served.address) as citizen:
        typed = {"name": "乌云", "id_number": HERDER.id_number, "phone": "13900000009"}
        assert citizen.post("/disclosure", data=typed | {"id_number": "1", "text": "x" * 20}).status_code == 409
        sent = citizen.post("/disclosure", data=typed | {"text": "二〇二五年草原补奖资金发放明细表"}).text
        given, code = re.findall(r'class="code">([^<]+)<', sent)
        watcher = log_in("watcher")
        assert given in watcher.get("/complaints").text
        with served.centre.database.read() as db:
            row = records.one_record(db, "disclosure", given)
        path = f"/disclosures/{row['id'].partition(':')[2]}"
        watcher.post(f"{path}/extended", data=hidden(watcher, path) | {"text": "涉及第三方"})
        watcher.post(f"{path}/answered", data=hidden(watcher, path) | {"text": "附后", "verdict": "open"})
        assert "予以公开" in citizen.get(f"/disclosure/{given}", params={"code": code}).text


def test_public_pages_tell_no_personal_data(served: Served, desk: Desk, number: str, tell: SetClock) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    act(served, "case.granted", number, events.Decision("乌兰", "局", "符合"))
    month = tell.at.strftime("%Y-%m")
    secrets = (HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address)
    code = next(iter(served.centre.shelf.items))
    with httpx.Client(base_url=served.address) as public:
        pages = [f"/published?month={month}", f"/open/results.json?month={month}", "/ratings", "/", "/items"]
        pages += [f"/items/{code}", "/open/items.json", f"/query?number={number}&last={HERDER.id_number[-4:]}"]
        for path in pages:
            answer = public.get(path)
            assert answer.status_code == 200, path
            assert not any(one in answer.text for one in secrets), path
        assert "阿××" in public.get(pages[0]).text
        assert public.get(pages[1]).json()["results"][0]["cd_batch"]
        assert "准予" in public.get(pages[-1]).text
        assert public.get(f"/query?number={number}&last=9999").status_code == 404
        assert public.get(f"/items/{code}/flow.svg").text.startswith("<svg")
        assert public.get(f"/items/{code}/guide.pdf").content[:5] == b"%PDF-"
        assert "最低生活保障" in public.get("/items", params={"text": "zdsh"}).text
        for _ in range(25):
            last = public.get("/query", params={"number": "1", "last": "0000"}).status_code
        assert last == 429
