"""What the pages of a league and the region show of a banner's case: everything, and no way to move it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import PASSWORD, Served, full_draft, sync
from office import hidden_in

from desk.app.open_desk import Desk
from desk.centre.levels import forwarding
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.folds import case as cases
from desk.log import events

MOVES = ("accept", "pre-check", "not-accept", "supplement", "refuse", "grant", "void", "withdraw", "send-back")


@pytest.fixture
def chief(above: tuple[Served, Served]) -> Iterator[httpx.Client]:
    """The chief of the league's own windows: whoever may do most with a case."""
    league, _ = above
    guard.add_clerk(league.centre, "meng", "巴雅尔", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    with httpx.Client(base_url=league.address, follow_redirects=True) as client:
        assert client.post("/login", data={"account": "meng", "password": PASSWORD}).status_code == 200
        yield client


def test_a_league_sees_a_banner_s_case_and_moves_nothing(
    desk: Desk, served: Served, above: tuple[Served, Served], chief: httpx.Client
) -> None:
    league, region = above
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    forwarding.forward(served.centre)
    page = chief.get(f"/cases/{number}").text
    assert "只能查看" in page
    for move in (*MOVES, "papers", "correct"):
        assert f'action="/cases/{number}/{move}"' not in page
    listed = chief.get("/cases").text
    assert number in listed
    assert 'name="number"' not in listed
    assert "受理选中的" not in listed
    known = hidden_in(chief.get("/account").text)
    _, seen = league.centre.case(number)
    for move in MOVES:
        refused = chief.post(f"/cases/{number}/{move}", data={**known, "seen": seen, "reasons": "试"})
        assert refused.status_code == 409, move
        assert "不归本中心办理" in refused.text
    many = chief.post("/cases/accept", data={**known, "number": [number]})
    assert many.status_code == 409
    assert league.centre.case(number)[1] == seen  # nothing was written

    with league.centre.database.write() as db:  # as a program of before did
        told = events.Act("巴雅尔", "盟局", "不予")
        league.centre.add(db, [Own("meng", "case.returned", number, told, "")])
        league.centre.project(db, league.centre.about(db, [number]))
    forwarding.forward(league.centre)
    page = chief.get(f"/cases/{number}").text
    assert "未生效：这件办件由下级中心（152523000000-00）办理" in page
    for place in (served, league, region):
        assert place.centre.case(number)[0].state is cases.State.ARRIVED
    if folder := os.environ.get("DAIBAN_PICTURES"):
        Path(folder, "league.html").write_text(page)


def test_a_case_is_rated_where_it_is_handled(desk: Desk, served: Served, above: tuple[Served, Served]) -> None:
    league, _ = above
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    case, seen = served.centre.case(number)
    told = events.NotAccepted("乌兰", "综合窗口", "不属于本机关职权", "可申请复议")
    served.centre.act("wulan", "case.not_accepted", number, told, seen)
    forwarding.forward(served.centre)
    last = case.collected.applicant.id_number[-4:]
    for place, words in ((league, "请在办理它的中心的网页上评价"), (served, "谢谢")):
        asked = {"number": number, "last": last, "score": "5", "words": "好"}
        answer = httpx.post(f"{place.address}/rate", data=asked, follow_redirects=True)
        assert words in answer.text
