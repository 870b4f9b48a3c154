"""One change to many items on its page: looked at, made in one step, undone in one; and one item put right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from browsing import form_of
from conftest import Served, both_databases
from judged import ITEM, WHY, WRITER, adjusted, editors, waiting
from office import hidden_in, logged_in

from desk.centre.drafting import approving
from desk.centre.node import publishing
from desk.law.catalogue import load
from desk.law.catalogue.item import Item

OLD, NEW = "0479-2512399", "0479-7654321"
MANY = 40


@pytest.fixture
def writer(served: Served) -> Iterator[httpx.Client]:
    editors(served)
    with logged_in(served, WRITER.account) as client:
        yield client


def with_telephone(served: Served) -> list[Item]:
    """Forty items that name one telephone, for questions or for complaints."""
    items = [one for one in load.seed().items if not one.effective_to][:MANY]
    made = [
        msgspec.structs.replace(
            one, version=one.version + 1, **{"supervision_phone" if at % 2 else "enquiry_phone": OLD}
        )
        for at, one in enumerate({one.task_code: one for one in items}.values())
    ]
    publishing.catalogue(served.centre, "", msgspec.structs.replace(load.seed(), items=tuple(made)))
    return made


def items(served: Served) -> dict[str, Item]:
    with served.centre.database.read() as db:
        served.centre.publications.refresh(served.centre.node, db)
    return served.centre.publications.items


def marks(page: str) -> list[str]:
    return re.findall(r'name="mark" value="([^"]+)"[^>]* checked', page)


def make(client: httpx.Client, **asked: str) -> httpx.Response:
    page = client.get("/catalogue/bulk", params=asked).text
    told = {"csrf": hidden_in(page)["csrf"], "mark": marks(page)}
    return client.post("/catalogue/bulk", params=asked, data=told)


@both_databases
def test_a_telephone_of_forty_items_is_changed_and_changed_back(served: Served, writer: httpx.Client) -> None:
    made = with_telephone(served)
    page = writer.get("/catalogue/bulk", params={"field": "phones", "old": OLD, "new": NEW}).text
    assert (len(marks(page)), f"会改 {len(made)} 项" in page) == (len(made), True)
    answer = make(writer, field="phones", old=OLD, new=NEW)
    assert f"{len(made)} 项已更正，今天起用" in answer.text
    phones = [(one.enquiry_phone, one.supervision_phone) for one in items(served).values()]
    assert (sum(NEW in told for told in phones), sum(OLD in told for told in phones)) == (len(made), 0)
    approving.correct(served.centre, WRITER, {made[0].task_code: {"enquiry_phone": "12345"}})
    key = re.search(r"/catalogue/bulk/(\w+)/undo", answer.text)[1]
    undone = writer.post(f"/catalogue/bulk/{key}/undo", data={"csrf": form_of(answer.text)["csrf"]})
    assert f"已撤销，{len(made) - 1} 项改回原来的。另 1 项后来又改过" in undone.text
    stands = items(served)
    assert [stands[one.task_code].supervision_phone for one in made[1::2]] == [OLD] * (len(made) // 2)
    assert stands[made[0].task_code].enquiry_phone == "12345"
    again = writer.post(f"/catalogue/bulk/{key}/undo", data={"csrf": form_of(answer.text)["csrf"]})
    assert (again.status_code, "已经撤销" in again.text) == (409, True)


def test_what_has_to_be_judged_becomes_drafts_and_keeps_what_waits(served: Served, writer: httpx.Client) -> None:
    adjusted(served, place="三楼")
    asked = {"field": "result_name", "new": "电子证照", "org": ITEM.org_name}
    answer = make(writer, **asked)
    assert "收为草稿，送审后生效" in answer.text
    found = {one.draft.item.task_code: one.draft for one in waiting(served)}
    assert len(found) > 1
    assert {one.item.result_name for one in found.values()} == {"电子证照"}
    assert found[ITEM.task_code].item.place == "三楼"
    assert items(served)[ITEM.task_code].result_name == ITEM.result_name
    key = re.search(r"/catalogue/bulk/(\w+)/undo", answer.text)[1]
    assert "已撤销" in writer.post(f"/catalogue/bulk/{key}/undo", data={"csrf": form_of(answer.text)["csrf"]}).text
    (left,) = waiting(served)
    assert (left.draft.item.place, left.draft.item.result_name) == ("三楼", ITEM.result_name)


def test_what_changed_meanwhile_is_not_made(served: Served, writer: httpx.Client) -> None:
    made = with_telephone(served)
    asked = {"field": "phones", "old": OLD, "new": NEW}
    page = writer.get("/catalogue/bulk", params=asked).text
    approving.correct(served.centre, WRITER, {made[1].task_code: {"hours": "全天"}})
    told = {"csrf": hidden_in(page)["csrf"], "mark": marks(page)}
    answer = writer.post("/catalogue/bulk", params=asked, data=told)
    assert (answer.status_code, "刚刚有了变化" in answer.text) == (409, True)
    assert items(served)[made[0].task_code].enquiry_phone == OLD


def test_what_is_being_judged_or_is_no_telephone_is_told_before(served: Served, writer: httpx.Client) -> None:
    adjusted(served, result_name="证")
    approving.send(served.centre, WRITER, {"k"}, WHY)
    page = writer.get("/catalogue/bulk", params={"field": "hours", "new": "全天", "text": ITEM.item_name}).text
    assert "现在是“征求意见”，办完再改" in page
    assert "没有勾选事项" in make(writer, field="hours", new="全天", text=ITEM.item_name).text
    assert (
        "不像电话号码"
        in writer.get("/catalogue/bulk", params={"field": "phones", "old": ITEM.enquiry_phone, "new": "1"}).text
    )


def test_one_item_is_put_right_on_its_page(served: Served, writer: httpx.Client) -> None:
    page = writer.get(f"/catalogue/life/{ITEM.task_code}").text
    held = form_of(page[page.index("/catalogue/lives/correct") :])
    assert held["place"].strip() == ITEM.place
    wrong = writer.post("/catalogue/lives/correct", data=held | {"enquiry_phone": "看情况", "hours": "全天"})
    assert (wrong.status_code, "不像电话号码" in wrong.text) == (409, True)
    assert form_of(wrong.text)["hours"] == "全天"
    told = held | {"enquiry_phone": NEW, "faq": "能代办吗？能。\n要几天？当场。"}
    assert "已更正，今天起用" in writer.post("/catalogue/lives/correct", data=told).text
    stands = items(served)[ITEM.task_code]
    assert (stands.enquiry_phone, stands.faq) == (NEW, ("能代办吗？能。", "要几天？当场。"))
    assert (stands.place, stands.version) == (ITEM.place, ITEM.version + 1)
    assert "更正办理信息" in writer.get(f"/catalogue/life/{ITEM.task_code}").text
