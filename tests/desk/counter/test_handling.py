"""What happens to a case at the counter after it was taken in: hand-over, rating, supplements."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import HERDER, Served, SetClock, called, full_draft, sync
from counter_steps import same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.counter.handling import brought
from desk.errors import RefusedError
from desk.folds.case import State
from desk.log.events import Accepted, Act, SupplementAsked
from desk.log.events import Served as ServedResult
from desk.store.snapshots import CaseQuery, DraftMaterial


class TestHandOver:
    def test_the_result_comes_back_is_handed_over_and_rated(self, desk: Desk, granted: str) -> None:
        assert [one.intake_no for one in desk.trips.results()] == [granted]
        assert desk.trips.arrived((granted,)) == 1
        assert desk.today().to_hand_over == 1
        desk.handling.serve(granted, ServedResult(recipient="阿拉坦其其格", how="直接送达", documents=("低保证",)))
        desk.handling.rate(granted, 4, "很快")
        case = desk.case(granted).case
        assert (case.state, case.served.recipient, case.rated.score) == (State.SERVED, "阿拉坦其其格", 4)
        assert "很快" not in "".join(line.note for line in case.history)
        note = text_of(desk.papers.served_note(granted).pdf)
        assert "送达回证" in note
        assert "低保证" in note
        assert HERDER.id_number not in note
        same_after_rebuild(desk)

    def test_someone_else_needs_a_reason(self, desk: Desk, granted: str) -> None:
        with pytest.raises(RefusedError, match="他人代领"):
            desk.handling.serve(granted, ServedResult(recipient="那顺", relation="子女"))
        desk.handling.serve(granted, ServedResult(recipient="那顺", relation="子女", reasons="本人卧病"))

    def test_one_case_one_rating(self, desk: Desk, granted: str) -> None:
        desk.handling.rate(granted, 1)
        with pytest.raises(RefusedError, match="已经评价"):
            desk.handling.rate(granted, 5)
        with pytest.raises(RefusedError):
            desk.handling.rate(granted, 6)
        assert desk.case(granted).case.rated.score == 1

    def test_only_what_is_done_with_is_rated(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        with pytest.raises(RefusedError, match="还没有办完"):
            desk.handling.rate(number, 5)
        assert desk.case(number).case.rated is None


class TestRatingsInFigures:
    """Nobody at the desk learns what one herder gave: whole months, and by fives."""

    @staticmethod
    def given(desk: Desk, served: Served, tell: SetClock, marks: list[int]) -> None:
        for mark in marks:
            number = desk.register(
                full_draft(desk, person=called("巴图" + "甲乙丙丁戊己庚辛壬癸"[desk.count_cases(CaseQuery())]))
            ).intake_no
            sync(desk)
            for kind, data in (("case.accepted", Accepted("乌兰", "局")), ("case.granted", Act("乌兰", "局", "符合"))):
                served.centre.act("wulan", kind, number, data, served.centre.case(number)[1])
            sync(desk)
            desk.handling.rate(number, mark)

    @staticmethod
    def shown(desk: Desk, since: dt.date, until: dt.date) -> tuple[dict[str, int], int, int]:
        view = desk.figures.view(since, until)
        return {one.name: one.number for one in view.ratings if one.number}, view.held_back, view.rated

    def test_nothing_before_a_month_has_five(self, desk: Desk, served: Served, tell: SetClock) -> None:
        year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
        self.given(desk, served, tell, [5, 4, 4, 1])
        assert self.shown(desk, *year) == ({}, 4, 4)
        assert "还有 4 个评价没有显示" in text_of(desk.papers.figures(desk.figures.view(*year)).pdf)
        self.given(desk, served, tell, [5])
        five = {"非常满意": 2, "满意": 2, "非常不满意": 1}
        assert self.shown(desk, *year) == (five, 0, 5)
        self.given(desk, served, tell, [2])
        assert self.shown(desk, *year) == (five, 1, 6)
        day = tell.at.date()
        assert self.shown(desk, day, day)[0] == five  # a day is counted with its month
        tell.at += dt.timedelta(31)
        self.given(desk, served, tell, [3, 3, 3, 3])
        assert self.shown(desk, *year) == (five, 5, 10)
        assert self.shown(desk, tell.at.date(), tell.at.date())[0] == {}


class TestSupplements:
    def test_what_was_asked_for_is_brought_and_goes_to_the_centre_again(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        _, seen = served.centre.case(number)
        asked = SupplementAsked("乌兰", "综合窗口", ("诊断书",))
        served.centre.act("wulan", "case.supplement_asked", number, asked, seen)
        sync(desk)
        assert [need.why for need in desk.today().needs] == ["supplement"]
        late = brought(desk.case(number).case.materials[0], 1, 1)
        desk.handling.add_materials(number, (late,))
        assert desk.case(number).case.state is State.SUPPLEMENTED
        sync(desk)
        assert served.centre.case(number)[0].state is State.ARRIVED
        sync(desk)
        assert desk.case(number).case.state is State.ARRIVED
        assert len(set(served.centre.case(number)[0].case_no.split())) == 1

    def test_a_material_that_may_follow_is_added_without_moving_the_case(self, desk: Desk) -> None:
        draft = full_draft(desk)
        ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次带来"))
        number = desk.register(full_draft(desk, 1, materials=ticks)).intake_no
        (missing,) = [one for one in desk.case(number).case.materials if one.missing]
        desk.handling.add_materials(number, (brought(missing, 0, 1),))
        case = desk.case(number).case
        assert case.state is State.COLLECTED
        assert not [one for one in case.materials if one.missing]
        with pytest.raises(RefusedError):
            desk.handling.add_materials(number, ())
