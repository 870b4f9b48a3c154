"""Texts of items judged at the centre: sent, opinions, decision, approval by another; corrected; withdrawn."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, both_databases, item_code, sync
from judged import ITEM, OTHER, WHY, WRITER, adjusted, decided, editors, filed, heard, life, publish, waiting
from office import hidden_in, logged_in

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre.drafting import approving, item_drafts
from desk.centre.drafting.approving import Why
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.law.catalogue import load
from desk.log import chain


@pytest.fixture
def writer(served: Served) -> Iterator[httpx.Client]:
    editors(served)
    with logged_in(served, WRITER.account) as client:
        yield client


@pytest.fixture
def other(served: Served) -> Iterator[httpx.Client]:
    editors(served)
    with logged_in(served, OTHER.account) as client:
        yield client


def post(client: httpx.Client, what: str, code: str, **said: str) -> httpx.Response:
    form = hidden_in(client.get("/catalogue/lives").text)
    return client.post(f"/catalogue/lives/{what}", data={"csrf": form["csrf"], "code": code} | said)


def words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def csrf(client: httpx.Client) -> dict[str, str]:
    return {"csrf": hidden_in(client.get("/catalogue/drafts").text)["csrf"]}


@both_databases
def test_from_a_draft_to_a_version_in_force_on_the_pages(
    served: Served, writer: httpx.Client, other: httpx.Client, desk: Desk
) -> None:
    code, today = adjusted(served), served.centre.today().isoformat()
    sent = writer.post("/catalogue/drafts/send", data=csrf(writer) | {"key": "k"})
    assert (sent.status_code, "要选调整原因" in sent.text) == (409, True)
    told = {"key": "k", "reason": WHY.reason, "document": WHY.document, "note": WHY.note}
    assert "已送审 1 条" in writer.post("/catalogue/drafts/send", data=csrf(writer) | told).text
    early = post(other, "approve", code, approved_by="旗委编办", filed_no="9号", filed_on=today)
    assert (early.status_code, "还没有集体决定" in early.text) == (409, True)
    early = post(writer, "decide", code, decided_on=today, meeting="常务会议", minutes="3号")
    assert "还没有专家论证、公开征求意见、合法性审核" in early.text
    assert 'value="常务会议"' in early.text  # what was typed is kept
    for sort in ("expert", "public", "legal"):
        said = {"sort": sort, "who": "草原站", "heard_on": today, "opinion": "没有意见", "verdict": "for"}
        assert "已记下 1 项的意见" in post(writer, "hear", code, **said).text
    assert (
        "已记下 1 项的集体决定"
        in post(writer, "decide", code, decided_on=today, meeting="常务会议", minutes="3号").text
    )
    approval = {"approved_by": "旗委编办", "filed_no": "编备〔2026〕9号", "filed_on": today, "version": "旗2026.9"}
    own = post(writer, "approve", code, **approval)
    assert (own.status_code, "起草的人自己不能核定" in own.text) == (409, True)
    page = words(writer.get(f"/catalogue/life/{code}").text)
    assert "起草的人自己不能核定" in page
    assert "已核定备案 1 项，发布 1 条" in post(other, "approve", code, **approval).text
    assert waiting(served) == []
    sync(desk)
    stands = next(one for one in desk.session.items.values() if one.task_code == code)
    assert (stands.version, stands.result_name, stands.filed_no) == (ITEM.version + 1, "结婚证", "编备〔2026〕9号")
    page = words(other.get(f"/catalogue/life/{code}").text)
    for told in ("旗政发〔2026〕8号", "核定备案", "实施中", "已被新版本代替"):
        assert told in page
    assert served.centre.verify()[served.centre.node] > 0


def entries(served: Served, kind: str) -> list[chain.Entry]:
    with served.centre.database.read() as db:
        found = rows.about(db, [f"item:{ITEM.task_code}", f"life:{ITEM.task_code}"])
    every = [chain.decoded(one) for some in found.values() for one in some]
    return [one for one in every if one.kind == kind]


def test_one_changed_field_sends_one_entry(served: Served) -> None:
    editors(served)
    publishing.catalogue(served.centre, "", load.seed())
    with served.centre.database.read() as db:
        before = rows.own_end(db)[0]
    adjusted(served)
    publish(served)
    with served.centre.database.read() as db:
        after = rows.own_end(db)[0]
    assert len(entries(served, "item.published")) == 2  # the seed's, and this
    assert after - before == 1 + 6  # and the six of its life, which stay here


def test_whoever_calls_the_rules_are_asked(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    with pytest.raises(RefusedError, match="还没有集体决定"):
        approving.approve(served.centre, OTHER, [code], filed(served))
    approving.send(served.centre, WRITER, {"k"}, WHY)
    with pytest.raises(RefusedError, match="不能集体决定"):
        decided(served, [code])
    heard(served, [code])
    decided(served, [code])
    with pytest.raises(RefusedError, match="起草的人自己不能核定"):
        approving.approve(served.centre, WRITER, [code], filed(served))
    guard.add_clerk(served.centre, "clerk", "经办", PASSWORD, "民政局", frozenset({Role.CLERK}))
    clerk = msgspec.structs.replace(OTHER, account="clerk")
    with pytest.raises(RefusedError, match="不归您的岗位"):
        approving.approve(served.centre, clerk, [code], filed(served))
    assert entries(served, "item.published") == []


def test_several_together_or_none(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    approving.send(served.centre, WRITER, {"k"}, WHY)
    with pytest.raises(RefusedError):
        heard(served, [code, "nobody"])
    found = life(served, code)
    assert found is not None
    assert found.last.opinions == ()
    with pytest.raises(RefusedError, match="没有勾选"):
        heard(served, [])


def test_what_was_written_after_it_was_sent_goes_on_waiting(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    approving.send(served.centre, WRITER, {"k"}, WHY)
    (one,) = waiting(served)
    later = msgspec.structs.replace(one.draft.item, place="别处")
    item_drafts.mend(served.centre, WRITER.account, "k", later, item_drafts.mark(one.draft))
    heard(served, [code])
    decided(served, [code])
    approving.approve(served.centre, OTHER, [code], filed(served))
    assert [one.draft.item.place for one in waiting(served)] == ["别处"]
    with served.centre.database.read() as db:
        served.centre.publications.refresh(served.centre.node, db)
    assert served.centre.publications.items[code].place == ITEM.place


def test_a_hand_in_the_draft_may_not_approve_it(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    (one,) = waiting(served)
    later = msgspec.structs.replace(one.draft.item, place="别处")
    item_drafts.mend(served.centre, OTHER.account, "k", later, item_drafts.mark(one.draft))
    approving.send(served.centre, WRITER, {"k"}, WHY)
    heard(served, [code])
    decided(served, [code])
    with pytest.raises(RefusedError, match="起草的人自己不能核定"):
        approving.approve(served.centre, OTHER, [code], filed(served))


def test_published_meanwhile_it_is_not_approved(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    approving.send(served.centre, WRITER, {"k"}, WHY)
    heard(served, [code])
    decided(served, [code])
    new = msgspec.structs.replace(ITEM, version=ITEM.version + 1, place="某处")
    publishing.catalogue(served.centre, "", msgspec.structs.replace(load.seed(), items=(new,)))
    with pytest.raises(RefusedError, match="送审之后又发布了"):
        approving.approve(served.centre, OTHER, [code], filed(served))


def test_a_telephone_is_put_right_at_once_and_nothing_else(served: Served) -> None:
    editors(served)
    codes = [one.task_code for one in load.seed().items[:3]]
    approving.correct(served.centre, WRITER, {code: {"enquiry_phone": "0479-7654321"} for code in codes})
    with served.centre.database.read() as db:
        served.centre.publications.refresh(served.centre.node, db)
    known = served.centre.publications.items
    assert {known[code].enquiry_phone for code in codes} == {"0479-7654321"}
    with pytest.raises(RefusedError, match="别的内容要送审"):
        approving.correct(served.centre, WRITER, {codes[0]: {"result_name": "证"}})
    with pytest.raises(RefusedError, match="与现行的一样"):
        approving.correct(served.centre, WRITER, {codes[0]: {"enquiry_phone": "0479-7654321"}})


def test_an_item_is_withdrawn_by_two_and_takes_no_case(
    served: Served, writer: httpx.Client, other: httpx.Client, desk: Desk
) -> None:
    code, today = item_code(desk), served.centre.today().isoformat()
    why = {"reason": "cancelled", "document": "旗政发〔2026〕9号", "note": "不再办", "back": code}
    assert "已提出下架" in post(writer, "withdraw", code, **why).text
    approval = {"approved_by": "旗委编办", "filed_no": "编备〔2026〕10号", "filed_on": today, "back": code}
    assert "提出的人自己不能核定" in post(writer, "end", code, **approval).text
    assert "已下架 1 项" in post(other, "end", code, **approval).text
    sync(desk)
    assert code not in {row.item.task_code for row in desk.items()}


def test_the_pages_show_what_waits(served: Served, writer: httpx.Client) -> None:
    assert "没有征求意见的事项" in writer.get("/catalogue/lives").text
    code = adjusted(served)
    approving.send(served.centre, WRITER, {"k"}, Why("amended", "旗政发〔2026〕8号", "照新法改"))
    page = words(writer.get("/catalogue/lives").text)
    assert "还没有专家论证、公开征求意见、合法性审核" in page
    assert "送审中" in writer.get("/catalogue/drafts").text
    assert "<ins>结婚证</ins>" in writer.get(f"/catalogue/life/{code}").text
    assert writer.get("/catalogue/life/nothing").status_code == 404
    assert "已退回 1 项" in post(writer, "return", code, why="照会议意见改").text
    assert "退回的在草稿里改好" in writer.get("/catalogue/lives?only=returned").text
