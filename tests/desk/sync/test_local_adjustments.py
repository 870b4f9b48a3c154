"""A township says otherwise of what was devolved to it; the centre reviews it, and only then its villages go by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import msgspec
import pytest
from banner import publish_towns, seeded
from conftest import PASSWORD, POINT, Served, called, full_draft, item_code, sync
from counter_steps import same_after_rebuild, text_of
from office import hidden, logged_in

from desk.app.open_desk import Desk
from desk.centre.drafting import asking_local
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.law.catalogue.adjusting import Adjustment
from desk.law.catalogue.item import Limit, Unit

TOWN, OTHER_TOWN, SIBLING = "152523202000", "152523101000", "152523202200"
SAID = Adjustment(Limit(12, Unit.WORKDAY), "便民大厅 3 号窗", "逢集 8:00—12:00", "0479-2510001")


@pytest.fixture
def town(served: Served, make_desk: Callable[..., Desk]) -> Desk:
    made = make_desk("town", TOWN)
    publish_towns(served, item_code(made))
    seeded(served)
    sync(made)
    return made


@pytest.fixture
def editor(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "bian", "编辑", PASSWORD, "编辑部", frozenset({Role.EDITOR}))
    with logged_in(served, "bian") as client:
        yield client


def said(editor: httpx.Client, what: str, **typed: str) -> str:
    """Press a button of the first adjustment that is listed; the page that follows."""
    text = editor.get("/catalogue/local").text
    form = text.partition(f'action="/catalogue/local/{what}"')[2].partition("</form>")[0]
    fields = {
        part.partition('"')[0]: part.partition('value="')[2].partition('"')[0] for part in form.split('name="')[1:]
    }
    return editor.post(f"/catalogue/local/{what}", data=fields | typed).text


def test_reviewed_it_reaches_villages_papers_and_pages(
    town: Desk, editor: httpx.Client, served: Served, make_desk: Callable[..., Desk]
) -> None:
    village, other, code = make_desk("village"), make_desk("other", OTHER_TOWN), item_code(town)
    town.adjustments.propose(code, SAID)
    assert town.adjustments.view(code).state == "waiting"
    sync(town), sync(village)
    assert "3 号窗" not in text_of(village.papers.guide(code).pdf)
    assert "洪格尔苏木人民政府" in editor.get("/catalogue/local").text
    assert "已核准" in said(editor, "publish")
    for desk in (town, village, other):
        sync(desk)
    view = town.adjustments.view(code)
    assert (view.state, view.said) == ("in_force", SAID)
    told = text_of(village.papers.guide(code).pdf)
    for words in ("便民大厅 3 号窗（本苏木调整）", "12 个工作日（本苏木调整）", "逢集 8:00—12:00", "0479-2510001"):
        assert words in told
    assert "本苏木调整" not in text_of(other.papers.guide(code).pdf)
    number = village.register(full_draft(village)).intake_no
    assert str(village.case(number).case.promised) == "2026-12-10"  # the twelfth working day
    page = httpx.get(f"{served.address}/items/{code}").text
    assert "便民大厅 3 号窗（本苏木调整）" in page
    assert "承诺时限 12 个工作日（本苏木调整）" in page
    assert "（本苏木调整）" in text_of(httpx.get(f"{served.address}/items/{code}/guide.pdf?place={POINT}").content)
    same_after_rebuild(village)
    assert "已恢复" in said(editor, "back")
    sync(village), sync(town)
    assert "3 号窗" not in text_of(village.papers.guide(code).pdf)
    assert town.adjustments.view(code).state == "none"


def test_a_refusal_comes_back_with_its_reason(town: Desk, editor: httpx.Client, make_desk: Callable[..., Desk]) -> None:
    code = item_code(town)
    town.adjustments.propose(code, SAID)
    sync(town)
    assert "已退回" in said(editor, "refuse", reasons="窗口已经拆了")
    sync(town)
    view = town.adjustments.view(code)
    assert (view.state, view.reasons, view.said) == ("refused", "窗口已经拆了", SAID)
    town.close()
    town = make_desk("town", TOWN)
    assert town.adjustments.view(code).reasons == "窗口已经拆了"
    town.adjustments.propose(code, msgspec.structs.replace(SAID, place="二楼"))
    assert town.adjustments.view(code).state == "waiting"


def test_only_points_that_are_named_take_it_in(
    town: Desk, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    village, code = make_desk("village"), item_code(town)
    town.adjustments.propose(code, Adjustment(proxy_points=(SIBLING,)))
    sync(town)
    said(editor, "publish")
    sync(village), sync(town)
    with pytest.raises(RefusedError) as refused:
        village.register(full_draft(village))
    assert "不在本代办点收件" in refused.value.problems[0].text
    assert "不在本代办点收件" in next(one.refusal for one in village.items() if one.item.task_code == code)
    assert town.register(full_draft(town, person=called("牧甲"))).intake_no


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"promised_limit": Limit(31, Unit.WORKDAY)}, "promised_limit"),
        ({"promised_limit": Limit(0, Unit.INSTANT)}, "promised_limit"),
        ({"enquiry_phone": "没有"}, "enquiry_phone"),
        ({"place": "一\n二"}, "place"),
        ({"proxy_points": ("152523101200",)}, "proxy_points"),
    ],
)
def test_what_may_not_be_said(town: Desk, changed: dict[str, object], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        town.adjustments.propose(item_code(town), Adjustment(**changed))
    assert [one.field for one in refused.value.problems] == [field]


def test_only_what_was_devolved_and_only_its_own_township(
    town: Desk, editor: httpx.Client, make_desk: Callable[..., Desk]
) -> None:
    village, code = make_desk("village"), item_code(town)
    other = next(one.item.task_code for one in town.items() if not town.adjustments.is_ours(one.item.task_code))
    with pytest.raises(RefusedError):
        town.adjustments.propose(other, SAID)
    sync(village)
    with pytest.raises(RefusedError):
        village.adjustments.propose(code, SAID)
    forge(village, code)
    sync(village)
    assert "没有等待核准的调整" in editor.get("/catalogue/local").text


def forge(village: Desk, code: str) -> None:
    """What a village's desk may write into its log of its township's item."""
    from desk.log.local_events import Adjusted, subject
    from desk.store.entries import Fact

    told = Adjusted(code, f"{TOWN}-ZF", SAID, "别人")
    with village.store.write() as db:
        for kind in ("local.proposed", "local.published"):
            village.session.append(db, Fact(kind, subject(code, f"{TOWN}-ZF"), told))
    village.session.refresh()
    assert "3 号窗" not in text_of(village.papers.guide(code).pdf)


def clerk(served: Served, account: str, org: str) -> httpx.Client:
    guard.add_clerk(served.centre, account, "娜仁", PASSWORD, org, frozenset({Role.CLERK}))
    return logged_in(served, account)


def typed(client: httpx.Client, code: str, **fields: object) -> httpx.Response:
    return client.post(f"/local/{code}", data=hidden(client, f"/local/{code}") | fields)


def test_the_townships_own_people_ask_on_the_centres_page(
    town: Desk, editor: httpx.Client, served: Served, make_desk: Callable[..., Desk]
) -> None:
    village, code = make_desk("village"), item_code(town)
    with clerk(served, "naren", "洪格尔苏木人民政府") as own:
        assert 'href="/local"' in own.get("/cases").text
        assert "最低生活保障审核确认" in own.get("/local").text
        wrong = typed(own, code, promised_limit="40个工作日", place="便民大厅 3 号窗", enquiry_phone="没有")
        assert wrong.status_code == 409
        assert all(words in wrong.text for words in ("不能比旗里公布的长", "咨询电话", 'value="便民大厅 3 号窗"'))
        bad = typed(own, code, promised_limit="很快", place="二楼")
        assert (bad.status_code, "承诺时限请写成" in bad.text) == (409, True)
        fields = {"promised_limit": "12个工作日", "place": "便民大厅 3 号窗", "enquiry_phone": "0479-2510001"}
        assert "已报旗里核准" in typed(own, code, **fields).text
        assert typed(own, code, **fields).status_code == 409  # the same again
        for desk in (town, village):
            sync(desk)
        assert town.adjustments.view(code).state == "waiting"
        assert "3 号窗" not in text_of(village.papers.guide(code).pdf)  # nothing of it is in force
        assert "3 号窗" not in httpx.get(f"{served.address}/items/{code}").text
        assert "娜仁" in editor.get("/catalogue/local").text
        assert "已退回" in said(editor, "refuse", reasons="窗口已经拆了")
        sync(town)
        assert town.adjustments.view(code).reasons == "窗口已经拆了"
        assert "窗口已经拆了" in own.get("/local").text
        assert "已报旗里核准" in typed(own, code, **fields).text
        assert "已核准" in said(editor, "publish")
        sync(town), sync(village)
        assert town.adjustments.view(code).state == "in_force"
        assert "便民大厅 3 号窗（本苏木调整）" in text_of(village.papers.guide(code).pdf)
        assert "已核准，正在用" in own.get("/local").text
        assert "已报旗里核准" in typed(own, code, points=[SIBLING]).text  # what is empty is as the banner has it
        town.adjustments.propose(code, SAID)  # at the desk meanwhile: the last that was handed in waits
        sync(town)
        assert "逢集" in editor.get("/catalogue/local").text
        same_after_rebuild(town), same_after_rebuild(village)


def test_nobody_else_asks_for_a_township(town: Desk, editor: httpx.Client, served: Served) -> None:
    code = item_code(town)
    other = next(one.item.task_code for one in town.items() if not town.adjustments.is_ours(one.item.task_code))
    with clerk(served, "naren", "洪格尔苏木人民政府") as own, clerk(served, "bureau", "综合窗口") as bureau:
        assert own.get(f"/local/{other}").status_code == 404
        assert bureau.get("/local").status_code == bureau.get(f"/local/{code}").status_code == 404
        assert 'href="/local"' not in bureau.get("/cases").text
        assert bureau.post(f"/local/{code}", data=hidden(own, f"/local/{code}")).status_code == 403
    with pytest.raises(RefusedError):
        asking_local.propose(served.centre, "bureau", "娜仁", TOWN[:9], code, SAID)
    with pytest.raises(RefusedError):
        asking_local.propose(served.centre, "naren", "娜仁", OTHER_TOWN[:9], code, SAID)
    assert "没有等待核准的调整" in editor.get("/catalogue/local").text
