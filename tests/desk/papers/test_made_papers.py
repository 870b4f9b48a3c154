"""Papers of the organ and of the office, when their time has come."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import HERDER, Served, SetClock, full_draft, move, sync
from counter_steps import same_after_rebuild, text_of
from office import stood

from desk.app.open_desk import Desk
from desk.errors import RefusedError
from desk.folds.case import State
from desk.log.events import Accepted, Act, SupplementAsked
from desk.papers import paper_list
from desk.store.snapshots import CaseQuery, DraftMaterial


class TestOtherPapers:
    def test_the_organs_papers_come_only_after_the_organ_acted(
        self, desk: Desk, served: Served, tell: SetClock
    ) -> None:
        number = desk.register(full_draft(desk)).intake_no
        assert [key for key, _ in paper_list.offered(desk.case(number).case)] == ["entrusted", "rating-slip"]
        with pytest.raises(RefusedError, match="还不能出"):
            desk.papers.case_paper(number, "accepted")
        sync(desk)
        _, seen = served.centre.case(number)
        told = Accepted("乌兰", "综合窗口", "苏左受字〔2026〕9号")
        served.centre.act("wulan", "case.accepted", number, told, seen)
        stood(served, number, "case.extended", Act("乌兰", "综合窗口", "依法"))
        move(served, number, "case.refused")
        sync(desk)
        view = desk.case(number)
        offered = dict(paper_list.offered(view.case))
        assert list(offered) == ["entrusted", "accepted", "extended", "decided", "rating-slip"]
        for key, title in offered.items():
            paper = desk.papers.case_paper(number, key)
            said = text_of(paper.pdf)
            assert title.partition("（")[0] in said
            assert HERDER.id_number not in said
            tell.at += dt.timedelta(minutes=2)  # drawn anew it would tell another minute
            assert desk.papers.case_paper(number, key).pdf == paper.pdf
        said = text_of(desk.papers.case_paper(number, "accepted").pdf)
        assert "苏左受字〔2026〕9号" in said
        assert "副本" in said
        assert "不予" in text_of(desk.papers.case_paper(number, "decided").pdf)
        assert desk.case(number).case.state is State.REFUSED

    def test_missing_papers_are_promised_and_supplements_told_completely(self, desk: Desk, served: Served) -> None:
        draft = full_draft(desk)
        ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次带来"))
        number = desk.register(full_draft(desk, 1, materials=ticks)).intake_no
        assert "下次带来" in text_of(desk.papers.case_paper(number, "promised").pdf)
        sync(desk)
        _, seen = served.centre.case(number)
        asked = SupplementAsked("乌兰", "综合窗口", ("诊断书", "户口本复印件"))
        served.centre.act("wulan", "case.supplement_asked", number, asked, seen)
        sync(desk)
        said = text_of(desk.papers.case_paper(number, "supplement").pdf)
        assert "诊断书" in said
        assert "户口本复印件" in said

    @pytest.mark.parametrize("key", list(paper_list.FORMS))
    def test_a_paper_filled_in_by_hand_is_kept_and_numbered(self, desk: Desk, key: str) -> None:
        typed = {one.key: f"{one.name}的<b>内容</b>" for one in paper_list.FORMS[key].asked}
        said = text_of(desk.papers.form(key, typed).pdf)
        assert paper_list.FORMS[key].title in said
        assert "<b>" in said
        with pytest.raises(RefusedError):
            desk.papers.form(key, {})
        same_after_rebuild(desk)

    def test_the_months_results_name_nobody(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        said = text_of(desk.papers.results(desk.cases(CaseQuery()), "2026-11").pdf)
        assert "公示" in said
        assert HERDER.name not in said
        assert "共 1 件，不逐件列出" in said
        assert "最低生活保障" not in said  # one in a village is known to everybody there
        for at in range(2, 6):
            desk.register(full_draft(desk, at))
        said = text_of(desk.papers.results(desk.cases(CaseQuery()), "2026-11").pdf)
        assert said.count("最低生活保障审核确认") == 5
