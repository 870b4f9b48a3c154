"""What was decided, approved and filed elsewhere is taken over by two people, and the record says so."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from conftest import Served
from judged import ITEM, OTHER, WHY, WRITER, adjusted, editors, filed, heard, life, waiting
from office import hidden_in, logged_in

from desk.centre.drafting import approving, item_drafts, regimes
from desk.errors import RefusedError
from desk.law.catalogue import load


@pytest.fixture
def code(served: Served) -> str:
    """An item that was sent as one that is filed already."""
    editors(served)
    code = adjusted(served)
    approving.send(served.centre, WRITER, {"k"}, WHY, filed(served))
    return code


def test_the_second_reads_the_document_for_himself(served: Served, code: str) -> None:
    for step in (lambda: heard(served, [code]), lambda: approving.approve(served.centre, OTHER, [code], filed(served))):
        with pytest.raises(RefusedError):
            step()
    with pytest.raises(RefusedError, match="起草的人自己不能核定"):
        approving.adopt(served.centre, WRITER, [code], filed(served))
    with pytest.raises(RefusedError, match="与送来的人写的不一样"):
        approving.adopt(served.centre, OTHER, [code], filed(served, "编备〔2026〕19号"))
    assert approving.adopt(served.centre, OTHER, [code], filed(served)) == 1
    found = life(served, code)
    assert found is not None
    assert (found.state, found.last.way, found.last.item.filed_no) == ("approved", "adopted", "编备〔2026〕9号")
    assert [one.kind for one in found.history] == ["life.drafted", "life.adopted"]
    assert "已由旗委编办核定" in found.history[0].text
    assert waiting(served) == []


def test_a_text_that_is_judged_here_is_not_adopted(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    approving.send(served.centre, WRITER, {"k"}, WHY)
    with pytest.raises(RefusedError, match="不是送来核对的"):
        approving.adopt(served.centre, OTHER, [code], filed(served))


def test_on_the_pages(served: Served) -> None:
    editors(served)
    code = adjusted(served)
    today = served.centre.today().isoformat()
    told = {"adopted": "1", "approved_by": "旗委编办", "filed_no": "编备〔2026〕9号", "filed_on": today}
    why = {"reason": WHY.reason, "document": WHY.document, "note": WHY.note}
    with logged_in(served, WRITER.account) as writer, logged_in(served, OTHER.account) as other:
        csrf = {"csrf": hidden_in(writer.get("/catalogue/drafts").text)["csrf"], "key": "k"}
        assert "日期不对" in writer.post("/catalogue/drafts/send", data=csrf | why | {"adopted": "1"}).text
        assert "照批准的文件核对" in writer.post("/catalogue/drafts/send", data=csrf | why | told).text
        assert "由别人核定" in writer.get("/catalogue/lives?only=adopting").text
        page = other.get("/catalogue/lives?only=adopting").text
        assert "照批准的文件填写" in page
        assert "编备〔2026〕9号" not in page  # the second reads it in the document, not here
        form = {"csrf": hidden_in(page)["csrf"], "code": code} | told
        assert "不一样" in other.post("/catalogue/lives/adopt", data=form | {"filed_no": "9号"}).text
        assert "已核对收录 1 项" in other.post("/catalogue/lives/adopt", data=form).text
        assert "照别处核定的收录" in other.get(f"/catalogue/life/{code}").text


def test_what_a_file_brings_is_all_or_nothing_and_undone(served: Served) -> None:
    editors(served)
    seed = {one.task_code: one for one in reversed(load.seed().items)}
    first, second, *others = seed.values()
    today = served.centre.today()
    new = [
        msgspec.structs.replace(one, place="二楼", version=one.version + 1, effective_from=today)
        for one in (first, second)
    ]
    later = today + dt.timedelta(30)
    twice = [*new, msgspec.structs.replace(new[0], place="三楼", version=new[0].version + 1, effective_from=later)]
    with pytest.raises(RefusedError, match="一次只能收一个版本"):
        item_drafts.bring(served.centre, WRITER.account, "a.json", twice)
    assert waiting(served) == []
    assert item_drafts.bring(served.centre, WRITER.account, "a.json", [*new, *others[:3]]) == 2
    (run,) = {one.run for one in waiting(served)}
    item_drafts.change(served.centre, OTHER.account, "由谁实施", {first.task_code: {"hours": "上午"}})
    both = next(one.draft for one in waiting(served) if one.draft.item.task_code == first.task_code)
    assert (both.item.place, both.item.hours, both.hands) == ("二楼", "上午", (WRITER.account, OTHER.account))
    assert item_drafts.undo(served.centre, run)[0] == 1


def test_legal_clocks_of_two_editors_do_not_mix(served: Served) -> None:
    editors(served)
    clocks = msgspec.structs.replace(load.seed().regimes[0], code="eigen")
    assert regimes.propose(served.centre, WRITER.account, "a", [clocks]) == 1
    with pytest.raises(RefusedError, match="还在等核对"):
        regimes.propose(served.centre, OTHER.account, "b", [msgspec.structs.replace(clocks, name="别的")])
    with pytest.raises(RefusedError, match="刚刚变了"):
        regimes.confirm(served.centre, OTHER.account, "before")
    assert regimes.drop(served.centre) == 1
    assert ITEM.task_code not in {one.draft.item.task_code for one in waiting(served)}
