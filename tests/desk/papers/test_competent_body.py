"""Guide, notice and receipt name who is competent for the point that prints them; where no body is published all is as
before."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from banner import HERE, THERE, publish_towns, redraft, seeded, stands
from conftest import Served, full_draft, item_code, sync
from counter_steps import same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.centre.node import bodies, publishing
from desk.law.bodies.body import Post
from desk.law.catalogue import load

ELSEWHERE = "152523101200"  # a gacha of 查干敖包镇


@pytest.fixture
def towns(served: Served, desk: Desk) -> Served:
    """The banner's bodies, two of whose towns have their own telephones; dibao is every town's own."""
    publish_towns(served, item_code(desk))
    seeded(served)
    for code, place, phone in ((HERE, "洪格尔街 1 号", "0479-2511111"), (THERE, "敖包路 8 号", "0479-2522222")):
        posts = (Post("副镇长", holder="巴图", in_charge=True),)
        body = msgspec.structs.replace(stands(served, code), address=place, enquiry_phone=phone, posts=posts)
        redraft(served, msgspec.structs.replace(body, hours="工作日 9:00—17:00", complaint_phone="0479-2512345"))
    bodies.publish(served.centre, "bian")
    return served


def papers(desk: Desk) -> tuple[str, str, str]:
    """What guide, notice and receipt say."""
    sync(desk)
    draft = full_draft(desk)
    guide, notice = desk.papers.guide(draft.task_code), desk.papers.advance_notice(draft)
    receipt = desk.papers.receipt(desk.register(draft).intake_no)
    return text_of(guide.pdf), text_of(notice.pdf), text_of(receipt.pdf)


def test_a_herder_of_another_town_gets_that_towns_name_and_telephones(
    towns: Served, desk: Desk, make_desk: Callable[..., Desk]
) -> None:
    for said in papers(make_desk("there", ELSEWHERE)):
        assert "查干敖包镇人民政府" in said
        assert "敖包路 8 号" in said
        assert "0479-2522222" in said
        assert "工作日 9:00—17:00" in said
        assert "0479-2512345" in said
        assert "洪格尔苏木人民政府" not in said
        assert "0479-2511111" not in said
    for said in papers(desk):
        assert "洪格尔苏木人民政府" in said
        assert "0479-2511111" in said
        assert "查干敖包镇" not in said
    same_after_rebuild(desk)


def test_the_case_itself_names_the_body(towns: Served, make_desk: Callable[..., Desk]) -> None:
    other = make_desk("there", ELSEWHERE)
    sync(other)
    number = other.register(full_draft(other)).intake_no
    ref = other.case(number).case.collected.item
    assert (ref.body, ref.org_name) == (THERE, "查干敖包镇人民政府")
    sync(other)
    case, _ = towns.centre.case(number)
    assert towns.centre.lies(case).body == THERE


def test_where_nobody_is_competent_no_other_town_is_named(towns: Served, make_desk: Callable[..., Desk]) -> None:
    farm = make_desk("farm", "152523400498")  # a park, which has no people's government
    said = papers(farm)[0]
    assert "机构名录里没有这个苏木乡镇的人民政府" in said
    assert "洪格尔苏木人民政府" not in said


def test_the_sample_names_no_other_town_and_neither_does_an_item_of_before(
    served: Served, make_desk: Callable[..., Desk]
) -> None:
    seeded(served)
    other = make_desk("there", ELSEWHERE)
    code = item_code(other, "临时救助")
    sync(other)
    assert "查干敖包镇人民政府" in text_of(other.papers.guide(code).pdf)
    seed = load.seed()
    before = [one for one in seed.items if one.task_code == code]
    changed = {"exercised_by": None, "version": before[0].version + 1, "place": "洪格尔苏木政府一楼"}
    item = msgspec.structs.replace(before[0], **changed)
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="9", items=(item,)))
    sync(other)
    said = text_of(other.papers.guide(code).pdf)
    assert "实施这个事项的机构不管这个地方" in said
    assert "洪格尔苏木" not in said


def test_without_bodies_papers_say_what_the_item_says(served: Served, desk: Desk) -> None:
    item = desk.item(item_code(desk))
    before = papers(desk)
    assert item.org_name in before[0]
    assert "承办机关" not in before[1] + before[2]
    publish_towns(served, item.task_code)  # it says who exercises it; yet there is no register
    guide, notice, receipt = papers(desk)
    assert item.org_name in guide
    assert "承办机关" not in notice + receipt
