"""Requests for disclosure at the office: by letter, at the window, parted and joined, and the cards of what is late."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from conftest import HERDER, PASSWORD, Served, SetClock, both_databases, full_draft, item_code, sync
from office import hidden, hidden_in, later, logged_in, reply, rows, step

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard, kept
from desk.centre.watch import watching
from desk.folds.office.disclosing import yearly
from desk.log.events import Act
from desk.store.snapshots import DraftMaterial

ASKED = {
    "channel": "window", "came": "2026-11-24", "name": HERDER.name, "id_number": HERDER.id_number, "phone": "139",
    "text": "草场补贴名单和金额", "form": "纸质件", "way": "collect",
}  # fmt: skip


@pytest.fixture
def head(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "head", "其木格", PASSWORD, "综合窗口", frozenset({Role.SUPERVISOR}))
    with logged_in(served, "head") as client:
        yield client


def taken(client: httpx.Client, **typed: str) -> httpx.Response:
    return client.post("/disclosures/new", data=hidden(client, "/disclosures/new") | ASKED | typed)


def one(served: Served, number: str) -> dict[str, object]:
    return next(row for row in rows(served, "disclosure") if row["number"] == number)


def test_at_the_window_it_is_registered_at_once_and_a_letter_on_its_confirmation(
    served: Served, head: httpx.Client
) -> None:
    assert "待转办" in taken(head).text
    assert "待登记" in taken(head, channel="letter").text
    place = "/disclosures/SQ20261124-0002"
    assert "确认之日" in head.get(place).text
    assert step(head, place, "register", day="2026-11-23").status_code == 409
    assert "待转办" in step(head, place, "register", day="2026-11-24").text
    for wrong in ({"came": "2026-11-30"}, {"channel": ""}, {"phone": " "}, {"way": "post"}, {"id_number": "1"}):
        refused = taken(head, **wrong)
        assert refused.status_code == 409, wrong
        assert "草场补贴名单和金额" in refused.text
    once = hidden(head, "/disclosures/new") | ASKED | {"once": "a" * 32}
    assert len({head.post("/disclosures/new", data=once).url.path for _ in range(2)}) == 1


def test_one_request_is_one_review(served: Served, head: httpx.Client) -> None:
    for _ in range(3):
        taken(head)
    first, second, third = (f"SQ20261124-000{at}" for at in (1, 2, 3))
    assert step(head, f"/disclosures/{first}", "join", other=second).status_code == 409  # the later into the earlier
    assert "已并案" in step(head, f"/disclosures/{second}", "join", other=first).text
    assert second in head.get(f"/disclosures/{first}").text
    assert step(head, f"/disclosures/{third}", "split", text="补贴名单").status_code == 409
    assert "已分件" in step(head, f"/disclosures/{third}", "split", text="补贴名单\n补贴标准").text
    parts = [one(served, f"{third}-{at}") for at in (1, 2)]
    assert [(row["state"], row["due"]) for row in parts] == [("registered", "2026-12-22")] * 2
    assert step(head, f"/disclosures/{first}", "assign", org="综合窗口").status_code == 200
    assert reply(head, f"/disclosures/{first}", verdict="again", text="答复过", other=second).status_code == 409


def test_an_answer_is_made_from_the_page_that_showed_it(served: Served, head: httpx.Client) -> None:
    taken(head)
    place = f"/disclosures/{str(one(served, 'SQ20261124-0001')['id']).partition(':')[2]}"
    assert step(head, place, "assign", org="综合窗口").status_code == 200
    assert step(head, place, "review", verdict="part", text="金额可以公开").status_code == 200
    typed = {"verdict": "part", "text": "隐去户名", "what": ["", "户名"], "why_not": ["", "not_one"]}
    typed |= {"reasons": ["", "与申请无关"]}
    refused = head.post(f"{place}/answer", data=hidden(head, place) | typed)
    assert (refused.status_code, "先在确认页上看清" in refused.text) == (409, True)
    assert "隐去户名" in refused.text
    shown = head.post(f"{place}/reply", data=hidden(head, place) | typed)
    for word in ("还没有答复", "户名", "不属于政府信息", "《政府信息公开条例》第三十七条", "行政复议", "required"):
        assert word in shown.text, word
    assert "隐去户名" in head.get(place).text  # on the way back it stands in its form
    mark, file = hidden_in(shown.text), [("file", ("表.pdf", b"%PDF-1.4 list"))]
    other = head.post(f"{place}/answer", data=mark | typed | {"text": "隐去金额"}, files=file)
    assert other.status_code == 409  # not what was shown
    lacking = head.post(f"{place}/answer", data=mark | typed)
    assert (lacking.status_code, "附上要公开的文件" in lacking.text) == (409, True)
    assert one(served, "SQ20261124-0001")["state"] == "assigned"
    done = head.post(f"{place}/answer", data=mark | typed, files=file)
    assert (done.status_code, "待送出" in done.text, "表.pdf" in done.text) == (200, True, True)
    assert kept.of(served.centre, "head") == ()


@both_databases
def test_what_is_late_shows_its_card(served: Served, head: httpx.Client, tell: SetClock) -> None:
    taken(head, channel="fax")
    taken(head)
    watching.watch(served.centre)
    assert rows(served, kind="disclosure_unregistered") == []
    later(tell, 1)
    watching.watch(served.centre)
    (card,) = rows(served, kind="disclosure_unregistered")
    assert card["about"] == one(served, "SQ20261124-0001")["id"]
    later(tell, 26)  # the 21st of December
    watching.watch(served.centre)
    assert [row["about"] for row in rows(served, kind="disclosure_soon")] == [one(served, "SQ20261124-0002")["id"]]
    assert rows(served, kind="disclosure_over") == []
    later(tell, 3)
    watching.watch(served.centre)
    (over,) = rows(served, kind="disclosure_over")
    assert over["score"] == 2
    with logged_in(served, "head") as client:
        page = client.get(f"/supervision/cards/{str(over['id']).partition(':')[2]}").text
    assert "政府信息公开条例§33" in page
    assert f"/disclosures/{str(over['about']).partition(':')[2]}" in page


def at_the_point(served: Served, desk: Desk) -> tuple[str, str]:
    """A case of a point that asks for disclosure, adopted: its number, and the address of its request."""
    item = desk.item(item_code(desk, "政府信息公开申请"))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    draft = full_draft(desk, 1, task_code=item.task_code, fields={"what": "收支", "form": "纸质"}, materials=ticks)
    number = desk.register(draft).intake_no
    sync(desk)
    watching.watch(served.centre)
    return number, f"/disclosures/{rows(served, 'disclosure')[0]['number']}"


def withdraw(served: Served, number: str) -> None:
    act = Act("乌兰", "综合窗口", "不要了")
    served.centre.act("wulan", "case.withdrawn", number, act, served.centre.case(number)[1])
    watching.watch(served.centre)


def test_a_case_that_was_withdrawn_mends_nothing(served: Served, desk: Desk, head: httpx.Client) -> None:
    number, place = at_the_point(served, desk)
    assert step(head, place, "register").status_code == 200
    assert step(head, place, "ask-mend", text="写明年份", until="2026-12-10").status_code == 200
    withdraw(served, number)
    (row,) = rows(served, "disclosure")
    assert row["state"] == "withdrawn"  # nobody mended it
    assert "补正材料由代办点交来" not in head.get(place).text
    assert "不要了" in head.get(place).text


@both_databases
@pytest.mark.parametrize("is_registered", [True, False])
def test_a_case_that_was_withdrawn_takes_its_request_along(
    served: Served, desk: Desk, head: httpx.Client, is_registered: bool
) -> None:
    number, place = at_the_point(served, desk)
    if is_registered:
        assert step(head, place, "register").status_code == 200
    withdraw(served, number)
    assert rows(served, "disclosure")[0]["state"] == "withdrawn"
    assert "不要了" in head.get(place).text


def test_what_was_parted_is_not_withdrawn_with_its_case(served: Served, desk: Desk, head: httpx.Client) -> None:
    """Parting a request ends the case that it came with; the parts go on."""
    _, place = at_the_point(served, desk)
    step(head, place, "register")
    assert step(head, place, "split", text="收入\n支出").status_code == 200
    watching.watch(served.centre)
    assert sorted(str(row["state"]) for row in rows(served, "disclosure")) == ["registered", "registered", "split"]


def test_an_applicant_at_a_point_without_a_number_is_a_person() -> None:
    assert [yearly.sort_of(one) for one in ("", yearly.UNKNOWN, "A1")] == ["person", "person", "other"]
