"""Government information composed at a desk goes the centre's road, and what becomes of it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from banner import seeded
from browsing import form_of
from conftest import PASSWORD, Served, sync
from counter_steps import same_after_rebuild
from office import logged_in

from db.centre import records
from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.office.memos import Typed
from desk.errors import RefusedError
from desk.log.local_events import Memo
from desk.log.office_events import Said
from desk.store.entries import Fact

TOWN = "152523202000"
NEWS = Typed("接羔保育顺利", "工作动态", "今春产羔两万只，<b>成活率</b>九成八。\n草料充足。")


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "编辑", PASSWORD, "编辑部", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def item_of(served: Served) -> str:
    """The address of the one item that the centre has."""
    with served.centre.database.read() as db:
        (row,) = records.record_data(db, "info", 0)
    return f"/writings/{row['id']}"


def press(editor: httpx.Client, address: str, act: str, text: str = "") -> str:
    """Press a button of an item's page; the page that follows."""
    return editor.post(f"{address}/{act}", data=form_of(editor.get(address).text) | {"text": text}).text


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(one.state_name, one.answer.partition("：")[2]) for one in desk.memos.all()]


def test_it_is_written_off_line_adopted_and_told(
    served: Served, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    seeded(served)
    town = make_desk("town", TOWN)
    town.memos.keep_draft(NEWS)
    town.close()
    town = make_desk("town", TOWN)
    assert town.memos.draft() == NEWS
    town.memos.send(town.memos.draft())
    assert (town.memos.draft(), states(town)) == (Typed(), [("等同步送出", "")])
    sync(town)
    assert states(town) == [("等中心处理", "")]
    sync(town)  # once, however often it comes
    address = item_of(served)
    listed = editor.get("/writings?tab=info").text
    assert "洪格尔苏木便民服务中心" in listed
    assert "待编辑" in listed
    assert "&lt;b&gt;成活率" in editor.get(address).text
    press(editor, address, "adopt", "写得好")
    sync(town)
    assert states(town) == [("已采用", "写得好")]
    press(editor, address, "circulate")
    sync(town)
    same_after_rebuild(town)
    town.close()
    assert states(make_desk("town", TOWN)) == [("已通报", "")]


def test_a_refusal_comes_back_with_its_reason_to_that_counter_alone(
    served: Served, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    village, town = make_desk("village"), make_desk("town", TOWN)
    village.memos.send(NEWS)
    sync(village)
    address = item_of(served)
    assert "请写明退回的原因" in press(editor, address, "return")
    assert "已退回" in press(editor, address, "return", "请写清数字的出处")
    assert "这一步现在不能办" in press(editor, address, "adopt")
    sync(village), sync(town)
    assert states(village) == [("已退回", "请写清数字的出处")]
    assert town.memos.all() == ()


def test_what_is_not_taken(served: Served, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("village")
    for typed in (Typed("", "工作动态", "正文"), Typed("标题", "工作动态", " "), Typed("题" * 121, "工作动态", "正文")):
        with pytest.raises(RefusedError):
            desk.memos.send(typed)
    with desk.store.write() as db:  # what no window writes
        desk.session.append(db, Fact("memo.sent", "memo:../x", Memo("题" * 200, "文", "?", "苏和")))
        desk.session.append(db, Fact("memo.sent", "memo:abc", Memo("题" * 200, "文", "?", "苏和")))
        desk.session.append(db, Fact("memo.answered", "memo:abc", Said("苏和", verdict="adopted")))
    sync(desk)
    assert item_of(served) == "/writings/info:abc"
    assert {one.state for one in desk.memos.all()} == {"sent"}
