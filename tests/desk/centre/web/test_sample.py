"""A fresh centre publishes nothing as its own; the sample is taken and left with one step, and marked wherever it
shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import PASSWORD, POINT, Served, full_draft, move, sync
from office import hidden, logged_in

from desk.app.open_desk import Desk
from desk.centre import commands
from desk.centre.drafting import approving, sample
from desk.centre.drafting.approving import By
from desk.centre.node import centre_node, publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.catalogue import load

SEED = load.seed()
CODES = {one.task_code for one in SEED.items}
EVERY, NOTHING, MARK = len(CODES), "还没有公布办事事项", "这是示例目录"


@pytest.fixture
def fresh(served: Served) -> Iterator[httpx.Client]:
    sample.begin_without(served.centre)
    guard.add_clerk(served.centre, "bian", "编", PASSWORD, "政务服务局", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def pressed(client: httpx.Client, step: str) -> str:
    return client.post(f"/catalogue/sample/{step}", data=hidden(client, "/catalogue")).text


def own_item(served: Served) -> str:
    """One item of the banner's own, in place of the sample's."""
    item = next(one for one in SEED.items if one.item_name == "最低生活保障审核确认")
    new = msgspec.structs.replace(item, version=item.version + 1, sample=False, sample_note="", task_code="NMOWN1")
    publishing.catalogue(
        served.centre, "bian", msgspec.structs.replace(SEED, version="本旗1", items=(new,), regimes=())
    )
    return new.task_code


def test_a_centre_that_is_made_offers_nothing(tmp_path: Path) -> None:
    for name, more, left in (("plain", [], True), ("tried", ["--sample"], False)):
        asked = ["--data", str(tmp_path / name), "init", "--code", "152523", "--name", "中心", *more]
        assert commands.run_centre(asked) == 0
        made = centre_node.Centre(tmp_path / name)
        assert sample.state(made).has_left is left
        assert bool(made.publications.items) is not left
        made.close()


def test_everybody_is_told_kindly_that_nothing_is_published(served: Served, fresh: httpx.Client) -> None:
    for path in ("/", "/items"):
        page = httpx.get(served.address + path).text
        assert NOTHING in page
        assert MARK not in page
    assert httpx.get(f"{served.address}/open/items.json").json() == {"items": []}
    assert httpx.get(f"{served.address}/open/catalogue.json").json()["version"] == ""
    offered = fresh.get("/catalogue").text
    assert "还没有发布事项" in offered
    assert f"用示例目录（{EVERY} 项）" in offered


def test_the_sample_is_taken_and_left_with_one_step_each(
    served: Served, fresh: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk(point=POINT)
    sync(desk)
    assert desk.items() == ()
    assert f"示例目录 {EVERY} 项" in pressed(fresh, "take")
    assert "已经在用" in pressed(fresh, "take")
    code = next(iter(CODES))
    for path in ("/", "/items", f"/items/{code}"):
        assert MARK in httpx.get(served.address + path).text
    assert "示例，不是办事依据" in httpx.get(f"{served.address}/open/items.csv").text
    assert all(one["sample"] for one in httpx.get(f"{served.address}/open/catalogue.json").json()["items"])
    sync(desk)
    assert len(desk.items()) == EVERY
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    assert "1 件照收件时的版本办完" in fresh.get("/catalogue").text
    assert f"已去掉示例目录 {EVERY} 项" in pressed(fresh, "leave")
    assert "没有在用" in pressed(fresh, "leave")
    assert NOTHING in httpx.get(served.address).text
    sync(desk)
    assert desk.items() == ()
    move(served, number, "case.accepted", "case.granted")  # what was taken in goes on
    case, _ = served.centre.case(number)
    law = served.centre.publications.law(case)
    assert law.item
    assert law.item.task_code == case.collected.item.task_code
    assert f"示例目录 {EVERY} 项" in pressed(fresh, "take")
    sync(desk)
    assert len(desk.items()) == EVERY


def test_what_is_the_banners_own_stays(served: Served, fresh: httpx.Client) -> None:
    code = own_item(served)
    assert MARK not in httpx.get(f"{served.address}/items").text
    pressed(fresh, "take")
    first = next(one for one in sorted(CODES) if one in served.centre.publications.items)
    approving.correct(served.centre, By("bian", "编"), {first: {"enquiry_phone": "0479-1"}})  # still the sample's
    assert len(served.centre.publications.items) == EVERY + 1
    assert "本地发布的有 1 项" in fresh.get("/catalogue").text
    pressed(fresh, "leave")
    offered = [one for one in served.centre.publications.items if one not in served.centre.publications.withdrawn]
    assert offered == [code]
    printed = httpx.get(f"{served.address}/open/catalogue.json").json()
    assert [printed["version"], [one["task_code"] for one in printed["items"]]] == ["本旗1", [code]]
    pressed(fresh, "take")
    assert served.centre.publications.items[first].enquiry_phone == "0479-1"
    assert first not in served.centre.publications.withdrawn


def test_a_centre_of_before_keeps_what_it_had(served: Served) -> None:
    assert not sample.state(served.centre).has_left
    assert MARK in httpx.get(f"{served.address}/items").text
