"""The book of people: names that sound alike, merging, looking at a number."""

from __future__ import annotations

import pytest
from conftest import HERDER, full_draft
from counter_steps import same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.errors import RefusedError
from desk.log.events import Person
from desk.store.snapshots import CaseQuery


class TestPeople:
    def test_another_spelling_is_found_and_two_records_become_one_and_two_again(self, desk: Desk) -> None:
        one = Person("额尔敦其其格", "111", "152523195603020027")
        other = Person("额尔登其其格", "111", "152523197108150018")
        for at, person in enumerate((one, other)):
            desk.register(full_draft(desk, at, person))
        found = desk.people.search("额尔敦其其格")
        assert [(row.name, row.alike) for row in found] == [("额尔敦其其格", False), ("额尔登其其格", True)]
        kept, gone = found
        assert [row.id for row in desk.people.view(kept.id).doubles] == [gone.id]
        desk.people.merge(kept.id, gone.id, "户口本核对")
        assert [row.id for row in desk.people.search("额尔登")] == [kept.id]
        assert desk.people.view(kept.id).row.cases == 2
        assert desk.count_cases(CaseQuery(person_id=kept.id)) == 2
        again = desk.register(full_draft(desk, 9, other)).intake_no
        assert desk.case(again).case.collected.applicant_id == kept.id
        same_after_rebuild(desk)
        with pytest.raises(RefusedError):
            desk.people.merge(gone.id, kept.id)
        desk.people.unmerge(gone.id)
        assert {row.id for row in desk.people.search("额尔")} == {kept.id, gone.id}
        same_after_rebuild(desk)

    def test_an_alias_finds_the_person(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        person_id = desk.people.search("altqqg")[0].id
        desk.people.add_alias(person_id, "阿勒坦其其格")
        assert desk.people.search("阿勒坦")[0].id == person_id
        with pytest.raises(RefusedError):
            desk.people.add_alias(person_id, "阿勒坦其其格")
        desk.people.drop_alias(person_id, "阿勒坦其其格")
        assert desk.people.view(person_id).aliases == ()

    def test_a_full_number_is_shown_only_for_a_reason_that_is_kept(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        person_id = desk.people.search("altqqg")[0].id
        with pytest.raises(RefusedError, match="原因"):
            desk.people.reveal(person_id, " ")
        assert desk.people.reveal(person_id, "核对身份证").replace(" ", "") == HERDER.id_number
        view = desk.people.view(person_id)
        assert [(one.officer, one.reasons) for one in view.seen] == [("苏和", "核对身份证")]
        held = text_of(desk.papers.held_about(view, desk.cases(CaseQuery(person_id=person_id))).pdf)
        assert "核对身份证" in held
