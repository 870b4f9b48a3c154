"""A notice of the organ that is given again is another paper, never the former one's bytes."""

from __future__ import annotations

import datetime as dt

from conftest import PASSWORD, Served, SetClock, full_draft, sync
from counter_steps import text_of

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.log import events
from desk.store.snapshots import DraftMaterial


def said(served: Served, number: str, kind: str, data: events.Data) -> None:
    served.centre.act("chief", kind, number, data, served.centre.case(number)[1])


def test_a_supplement_asked_again_is_printed_as_it_was_asked(desk: Desk, served: Served) -> None:
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    asked = events.SupplementAsked("巴图", "民政局", ("残疾证复印件",))
    said(served, number, "case.supplement_asked", asked)
    sync(desk)
    first = desk.papers.case_paper(number, "supplement")
    desk.handling.add_materials(number, (events.TakenMaterial("asked-0", "残疾证复印件", copies=1),))
    sync(desk)
    again = events.SupplementAsked("巴图", "民政局", ("户口簿变更页",), approved_by="巴图")
    said(served, number, "case.supplement_asked", again)
    sync(desk)
    second = desk.papers.case_paper(number, "supplement")
    assert second.sha256 != first.sha256
    assert "户口簿变更页" in text_of(second.pdf)
    assert "残疾证复印件" not in text_of(second.pdf)
    assert desk.papers.kept(first.sha256).pdf == first.pdf
    assert desk.papers.case_paper(number, "supplement").pdf == second.pdf


def test_a_second_special_procedure_has_its_own_notice(desk: Desk, served: Served, tell: SetClock) -> None:
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "综合窗口", frozenset({Role.CHIEF}))
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    said(served, number, "case.accepted", events.Accepted("巴图", "民政局"))
    papers = []
    for why in ("专家评审", "现场核查"):
        until = tell.at.date() + dt.timedelta(10)
        said(served, number, "case.suspended", events.Act("巴图", "民政局", why, until=until))
        sync(desk)
        papers.append(desk.papers.case_paper(number, "suspended"))
        said(served, number, "case.resumed", events.Act("巴图", "民政局"))
    assert ["专家评审" in text_of(one.pdf) for one in papers] == [True, False]
    assert "现场核查" in text_of(papers[1].pdf)


def test_a_promise_names_what_is_still_missing(desk: Desk) -> None:
    first, second, *rest = full_draft(desk).materials
    ticks = (*rest, *(DraftMaterial(one.code, missing="下次") for one in (first, second)))
    number = desk.register(full_draft(desk, materials=ticks)).intake_no
    names = {one.code: one.name for one in desk.case(number).case.materials}
    both = text_of(desk.papers.case_paper(number, "promised").pdf)
    desk.handling.add_materials(number, (events.TakenMaterial(first.code, names[first.code], originals=1),))
    left = text_of(desk.papers.case_paper(number, "promised").pdf)
    assert names[first.code][:8] in both
    assert names[first.code][:8] not in left
    assert names[second.code] in left
