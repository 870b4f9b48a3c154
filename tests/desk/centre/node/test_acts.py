"""What the law does not allow is refused by the centre itself, whoever asks: not by a page alone."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from conftest import HERDER, PASSWORD, POINT, Served, SetClock, full_draft, item_code, sync
from office import publish_bands

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.folds.case import State
from desk.log import events
from desk.log.office_events import CardRaised, ComplaintMade, Disclosing, DisclosureAsked, LotDrawn, Said
from desk.store.snapshots import DraftMaterial

LICENCE = "动物防疫条件合格证核发"  # its regime knows an extension
APPROVED = events.Act("巴图", "农牧局", "案情复杂", "行政许可法§42", approved_by="局长")


@pytest.fixture
def licence(desk: Desk, served: Served) -> str:
    """A licence that was accepted; there are a clerk, `wulan`, and a chief, `chief`."""
    item = desk.item(item_code(desk, LICENCE))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    number = desk.register(full_draft(desk, 7, task_code=item.task_code, materials=ticks, fields={})).intake_no
    sync(desk)
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    said(served, number, "case.accepted", events.Accepted("乌兰", "农牧局"))
    return number


def said(served: Served, number: str, kind: str, data: events.Data, author: str = "wulan") -> None:
    """A move without any page."""
    served.centre.act(author, kind, number, data, served.centre.case(number)[1])


def refused(served: Served, number: str, kind: str, data: events.Data, author: str = "wulan") -> str:
    """The words of a refusal; nothing was written."""
    _, before = served.centre.case(number)
    with pytest.raises(RefusedError) as caught:
        said(served, number, kind, data, author)
    assert served.centre.case(number)[1] == before
    return caught.value.sentences()


def test_an_extension_is_the_chiefs_with_approval_once_and_in_time(
    served: Served, licence: str, tell: SetClock
) -> None:
    assert "首席代表" in refused(served, licence, "case.extended", APPROVED)
    nobody = msgspec.structs.replace(APPROVED, approved_by="")
    assert "负责人批准" in refused(served, licence, "case.extended", nobody, "chief")
    silent = msgspec.structs.replace(APPROVED, reasons=" ")
    assert "理由" in refused(served, licence, "case.extended", silent, "chief")
    at = tell.at
    tell.at += dt.timedelta(120)
    assert "已经过了" in refused(served, licence, "case.extended", APPROVED, "chief")
    tell.at = at
    said(served, licence, "case.extended", APPROVED, "chief")
    assert "已经延期过一次" in refused(served, licence, "case.extended", APPROVED, "chief")


def test_an_extension_is_only_where_the_law_knows_one(served: Served, desk: Desk, licence: str) -> None:
    number = desk.register(full_draft(desk)).intake_no  # a benefit
    sync(desk)
    said(served, number, "case.accepted", events.Accepted("乌兰", "民政局"))
    assert "没有规定延期" in refused(served, number, "case.extended", APPROVED, "chief")


def test_a_chief_who_left_approves_nothing(served: Served, licence: str) -> None:
    guard.disable_clerk(served.centre, "chief")
    assert "首席代表" in refused(served, licence, "case.extended", APPROVED, "chief")


def test_a_second_supplement_is_the_chiefs_and_carries_a_name(served: Served, desk: Desk, licence: str) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    asked = events.SupplementAsked("乌兰", "民政局", ("居民户口簿",))
    empty = msgspec.structs.replace(asked, missing=())
    past = msgspec.structs.replace(asked, until=dt.date(2020, 1, 1))
    assert "要补的材料" in refused(served, number, "case.supplement_asked", empty)
    assert "今天以前" in refused(served, number, "case.supplement_asked", past)
    said(served, number, "case.supplement_asked", asked)
    said(served, number, "case.arrived", events.Arrived("", "中心", "window", note="补正材料交到中心窗口：居民户口簿"))
    assert "首席代表" in refused(served, number, "case.supplement_asked", asked)
    assert "由谁同意" in refused(served, number, "case.supplement_asked", asked, "chief")
    said(served, number, "case.supplement_asked", msgspec.structs.replace(asked, approved_by="巴图"), "chief")
    assert served.centre.case(number)[0].state is State.SUPPLEMENT_ASKED


def test_a_decision_names_a_band_of_its_item(served: Served, desk: Desk) -> None:
    publish_bands(served)
    sync(desk)
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    said(served, number, "case.accepted", events.Accepted("乌兰", "民政局"))
    decided = events.Act("乌兰", "民政局", "不符合")
    assert "请选裁量档次" in refused(served, number, "case.refused", decided)
    for wrong in ("b3", "b1", "b1 从重"):
        assert "没有这一档" in refused(served, number, "case.refused", msgspec.structs.replace(decided, band=wrong))
    said(served, number, "case.refused", msgspec.structs.replace(decided, band="b1 从轻"))
    assert served.centre.case(number)[0].state is State.REFUSED


def test_a_band_is_named_only_where_the_item_has_some(served: Served, licence: str) -> None:
    band = events.Act("乌兰", "农牧局", "符合条件", band="b1 从轻")
    assert "没有这一档" in refused(served, licence, "case.granted", band)


def test_a_special_procedure_has_an_end_that_is_ahead(served: Served, licence: str) -> None:
    hearing = events.Act("乌兰", "农牧局", "听证", "行政许可法§45")
    assert "到哪一天为止" in refused(served, licence, "case.suspended", hearing)
    past = msgspec.structs.replace(hearing, until=dt.date(2020, 1, 1))
    assert "今天以前" in refused(served, licence, "case.suspended", past)


@pytest.mark.parametrize("kind", ["case.refused", "case.returned", "case.withdrawn", "case.voided"])
def test_what_ends_a_case_against_somebody_has_reasons(served: Served, licence: str, kind: str) -> None:
    assert "理由" in refused(served, licence, kind, events.Act("乌兰", "农牧局"))


# -- the office's records ----------------------------------------------------------------------------------------


def refused_step(served: Served, kind: str, subject: str, data: msgspec.Struct, author: str = "boss") -> str:
    """The words of a refusal of a step that no page asked for."""
    with pytest.raises(RefusedError) as caught:
        served.centre.say(author, kind, subject, data)
    return caught.value.sentences()


def test_a_request_for_disclosure_is_answered_as_the_law_says(served: Served) -> None:
    due, subject = dt.date(2026, 12, 22), "disclosure:00aa"
    guard.add_clerk(served.centre, "head", "巴图", PASSWORD, "办公室", frozenset({Role.CHIEF}))
    asked = DisclosureAsked("SQ1", "ABCD2345", "巴图", HERDER.id_number, "13800000000", "补贴名单", due=due)
    assert "联系方式" in refused_step(served, "disclosure.asked", subject, msgspec.structs.replace(asked, phone=""))
    served.centre.say("", "disclosure.asked", subject, asked)
    today = served.centre.today()
    said = Disclosing("巴图", "办公室", "写明")
    named = msgspec.structs.replace(said, day=today, due=due)
    assert "不归您的岗位" in refused_step(served, "disclosure.registered", subject, named, "nobody")
    assert "待登记" in refused_step(served, "disclosure.extended", subject, said, "head")
    wrong = msgspec.structs.replace(named, due=dt.date(2027, 1, 1))
    assert "算出" in refused_step(served, "disclosure.registered", subject, wrong, "head")
    served.centre.say("head", "disclosure.registered", subject, named)
    assert "承办部门" in refused_step(served, "disclosure.assigned", subject, Disclosing("巴图"), "head")
    served.centre.say("head", "disclosure.assigned", subject, msgspec.structs.replace(said, org="民政局"))
    late = msgspec.structs.replace(said, approved="主任", until=dt.date(2027, 6, 1))
    assert "20 个工作日" in refused_step(served, "disclosure.extended", subject, late, "head")
    for verdict, words in (("open", "先审查后公开"), ("no", "先审查后公开"), ("maybe", "答复方式")):
        answer = msgspec.structs.replace(said, verdict=verdict)
        assert words in refused_step(served, "disclosure.replied", subject, answer, "head")
    assert "不能这样办" in refused_step(served, "disclosure.answered", subject, said, "head")
    served.centre.say("head", "disclosure.replied", subject, msgspec.structs.replace(said, verdict="none"))
    assert "不能这样办" in refused_step(served, "disclosure.replied", subject, said, "head")


def test_a_card_is_not_judged_by_whoever_explained_it(served: Served) -> None:
    subject = "card:00aa"
    card = CardRaised("over", "red", "1", "民政局", POINT, "", "超期", "迟了", dt.date(2026, 12, 1))
    served.centre.say("", "card.raised", subject, card)
    assert "不能这样办" in refused_step(served, "card.closed", subject, Said("巴图", verdict="done"))
    served.centre.say("boss", "card.explained", subject, Said("巴图", text="下雪路断"))
    assert "另一名监察员" in refused_step(served, "card.answered", subject, Said("巴图", verdict="accepted"))
    assert "处理意见" in refused_step(served, "card.answered", subject, Said("其木格", verdict="x"), "other")


def test_a_complaint_is_called_back_before_it_is_closed(served: Served) -> None:
    subject = "complaint:00aa"
    served.centre.say("", "complaint.made", subject, ComplaintMade("TS1", "c", "complaint", "窗口没有人"))
    assert "不能这样办" in refused_step(served, "complaint.closed", subject, Said("巴图"))
    served.centre.say("boss", "complaint.answered", subject, Said("巴图", text="已道歉"))
    assert "请先回访" in refused_step(served, "complaint.closed", subject, Said("巴图"))
    assert "回访结果" in refused_step(served, "complaint.called_back", subject, Said("巴图", verdict="x"))


def test_a_draw_is_closed_when_every_file_was_scored(served: Served) -> None:
    drawn = LotDrawn("评查", "1", "2026-11-01", "2026-11-24", "", "", 9, ("1", "2"), "白", "")
    served.centre.say("bai", "lot.drawn", "lot:00aa", drawn)
    assert "还有 2 件没有评分" in refused_step(served, "lot.closed", "lot:00aa", Said("白", text="合格"))
